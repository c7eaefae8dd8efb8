import { formatDuration } from "../../errors/words.ts";
import type { DialectName } from "../../model/schema.ts";
import type { DialectReport, Finding } from "../../runtime/testing/finding.ts";
import { colours, note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { testProject } from "../test-project.ts";

interface TestCommandOptions extends GlobalOptions {
  readonly dialect?: DialectName;
  readonly allowHeads?: boolean;
  readonly crash?: boolean;
}

/** `mig test`: the history on databases of this process. Ends with 1 where something was found. */
export async function test({
  dialect,
  allowHeads = false,
  crash = false,
  json = false,
  ...options
}: TestCommandOptions): Promise<number> {
  const project = await openProject(options);
  let started = performance.now();
  const tell = (report: DialectReport) => {
    if (!json) printReport(report, performance.now() - started);
    started = performance.now();
  };
  const dialects = await testProject(
    project,
    {
      ...{ allowHeads, crash, args: options.x ?? {} },
      ...(dialect !== undefined && { dialects: [dialect] }),
    },
    tell,
  );
  if (json) printJson({ dialects });
  return dialects.every(({ findings }) => findings.length === 0) ? 0 : 1;
}

function printReport(
  { dialect, revisions, kills, findings, notes }: DialectReport,
  ms: number,
): void {
  for (const text of notes) note(`${dialect}: ${text}`);
  for (const finding of findings) print(findingText(dialect, finding));
  const found = findings.length === 0 ? colours.green("nothing found") : `${findings.length} found`;
  const ran = `${revisions} revision${revisions === 1 ? "" : "s"} up, down and up again`;
  const killed = kills === undefined ? "" : `, killed ${kills} time${kills === 1 ? "" : "s"}`;
  print(`${dialect}: ${ran}${killed}: ${found} ${colours.dim(`(${formatDuration(ms)})`)}`);
}

function findingText(dialect: DialectName, finding: Finding): string {
  const { message, differences, location, statement, help } = finding;
  return [
    `${colours.red(dialect)}: ${message}`,
    ...[...differences, location, statement].flatMap((line) =>
      line === undefined ? [] : [line.replace(/^/gm, "  ")],
    ),
    ...(help === undefined ? [] : [`${colours.cyan("help:")} ${help}`]),
  ].join("\n");
}
