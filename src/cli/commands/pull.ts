import { existsSync, mkdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { diff } from "../../autogenerate/diff.ts";
import { logName } from "../../dialects/bookkeeping.ts";
import { pathsFor } from "../../drizzle/files/find.ts";
import { fail } from "../../errors.ts";
import { differenceDocument } from "../../migrator/difference.ts";
import { describe } from "../../operations/describe.ts";
import { displayPath } from "../../revisions/display-path.ts";
import { type Compared, withComparison } from "../comparing.ts";
import { pullSchema } from "../drizzle-kit.ts";
import { note, print, printJson, warn } from "../output.ts";
import { type GlobalOptions, openProject, type Project } from "../project.ts";
import { withSession } from "../session.ts";

interface PullCommandOptions extends GlobalOptions {
  readonly force?: boolean;
}

/** `mig pull`: a Drizzle schema for the database as it is, written by drizzle-kit and compared with the database. */
export async function pull(options: PullCommandOptions): Promise<void> {
  const project = await openProject(options);
  const path = await writePulled(project, options);
  const file = displayPath(path, project.root);
  if (!options.json) print(`wrote ${file}`);
  const whole = { ...options, anywhere: true };
  await withComparison(project, whole, "mig pull", async ({ session, ...compared }) => {
    const { operations } = difference(compared);
    const document = differenceDocument(session.dialect.name, operations, operations.length === 0);
    if (options.json) printJson({ file, ...document });
    else tell(file, operations.map(describe));
  });
}

function difference({ current, desired, options }: Omit<Compared, "session">) {
  return diff(current, desired, options);
}

/** Connect first: mig says better than drizzle-kit what is wrong with a server. */
function writePulled(project: Project, { force = false }: PullCommandOptions): Promise<string> {
  return withSession(project, { readOnly: true }, async ({ dialect, connection }) => {
    const path = targetOf(project, pathsFor(project.config.schema, dialect.name));
    const file = displayPath(path, project.root);
    if (existsSync(path) && !force) fail("SCHEMA_FILE_EXISTS", { file }, { location: file });
    await connection.state();
    const { config, root, versionTable } = project;
    const text = pullSchema({
      root,
      dialect: dialect.name,
      url: project.environment().url,
      schemas: config.schemas ?? ["public"],
      without: [versionTable.name, logName(versionTable.name), ...(config.exclude ?? [])],
    });
    write(path, file, text);
    return path;
  });
}

/** The one file that the config names. */
function targetOf({ root }: Project, paths: readonly string[]): string {
  const [first = "", ...others] = paths;
  const path = resolve(root, first);
  const isFile = /\.[cm]?[jt]s$/.test(path) && !/[*?{[]/.test(first);
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
  if (others.length > 0 || !isFile || isFolder) fail("PULL_TARGET", { paths });
  return path;
}

function write(path: string, file: string, text: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    fail("FILE_UNWRITABLE", { file, why }, { cause });
  }
}

function tell(file: string, differences: readonly string[]): void {
  for (const line of differences) note(line);
  if (differences.length > 0) {
    warn(
      `drizzle-kit did not write all of the database down; correct ${file} until \`mig check\` finds nothing`,
    );
  }
  note("next: mig revision --autogenerate --from-empty -m base && mig stamp head && mig check");
}
