/** What `mig import` tells: of every revision where it came from, and what the old table says of it. */
import { formatDuration, some } from "../errors/words.ts";
import type { DialectName } from "../model/schema.ts";
import type { FoundTable } from "./commands/import.ts";
import type { ImportedFile, ImportedFiles } from "./import-files.ts";
import type { ImportProject } from "./import-project.ts";
import { colours, note, print, warn } from "./output.ts";

interface ImportResult {
  readonly system: string;
  readonly dialect: DialectName;
  readonly dryRun: boolean;
  readonly files: ImportedFiles;
  readonly newFiles: ImportProject["newFiles"];
  readonly found: FoundTable;
  readonly current: readonly string[];
  /** What could not be drafted. */
  readonly undrafted: readonly string[];
}

export function importDocument(result: ImportResult) {
  const { system, dialect, dryRun, files, found, current } = result;
  return {
    system,
    dialect,
    dryRun,
    table: found.hasTable ? found.table : null,
    newFiles: result.newFiles.map(([name]) => name),
    revisions: files.files.map((file) => ({
      revision: file.revision.id,
      downRevision: file.revision.downRevisions,
      dependsOn: file.revision.dependsOn,
      message: file.revision.message,
      from: file.old.from,
      file: file.revision.file,
      written: !file.isThere && !dryRun,
      notes: file.old.notes,
      downgrade: file.downgrade,
      ...stateOf(file, found),
    })),
    warnings: warningsOf(result),
    current,
  };
}

function stateOf({ old }: ImportedFile, { runs, applied }: FoundTable) {
  const run = runs.findLast(({ revision }) => revision.id === old.id)?.run;
  const state = applied.has(old.id)
    ? "applied"
    : run === undefined
      ? "pending"
      : run.rolledBack
        ? "rolled back"
        : "failed";
  return {
    state,
    appliedAt: run?.at ?? null,
    ms: run?.ms ?? null,
    batch: run?.batch ?? null,
    error: run?.error ?? null,
  };
}

function warningsOf({ files, found, undrafted }: ImportResult): readonly string[] {
  const { table, hasTable, problems, warnings } = found;
  return [
    ...undrafted,
    ...(hasTable || table === null
      ? []
      : [`the database has no table ${table}: nothing counts as applied`]),
    ...problems.map(({ message }) => message),
    ...warnings,
    ...oneWay(files),
  ];
}

/** What has no way back, by name unless that is so of all. */
function oneWay({ files }: ImportedFiles): readonly string[] {
  const without = files.filter(({ downgrade }) => downgrade === "none");
  if (without.length === 0) return [];
  const names =
    without.length < files.length ? ` (${some(without.map(({ old }) => old.from))})` : "";
  return [
    `${without.length} of ${files.length} revisions cannot be downgraded: they had nothing to undo them${names}`,
  ];
}

export function tellImport(result: ImportResult): void {
  const { files, found, dryRun, current } = result;
  for (const file of files.files) print(lineOf(file, found));
  for (const warning of warningsOf(result)) warn(warning);
  for (const [name] of result.newFiles) note(`${dryRun ? "would write" : "wrote"} ${name}`);
  const written = files.files.filter(({ isThere }) => !isThere).length;
  const drafted = files.files.filter(({ downgrade }) => downgrade === "drafted").length;
  if (drafted > 0)
    note(`drafted ${drafted} ways back and tried them on an empty database: read them`);
  note(`${dryRun ? "would write" : "wrote"} ${written} of ${files.files.length} revisions`);
  note(`the database ${dryRun ? "would be" : "is"} at ${current.join(", ") || "base"}`);
}

function lineOf(file: ImportedFile, found: FoundTable): string {
  const { state, appliedAt, ms } = stateOf(file, found);
  const when = appliedAt === null ? "" : `  ${appliedAt}`;
  const duration = ms === null ? "" : ` (${formatDuration(ms)})`;
  const { id, message, file: path } = file.revision;
  return `${state.padEnd(11)}  ${colours.yellow(id)}  ${message}  ${colours.dim(`${path}${when}${duration}`)}`;
}
