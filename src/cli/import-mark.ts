/** Carrying an import out: the files written, and the database marked as the other tool left it. */
import type { ToldRun } from "../adopt/plan.ts";
import { adoptedHeads, type EarlierRun, markAdopted } from "../runtime/adopted.ts";
import { checksumOf } from "../runtime/checksum.ts";
import type { FoundTable } from "./commands/import.ts";
import { type ImportedFile, type ImportedFiles, withFiles } from "./import-files.ts";
import type { ImportProject } from "./import-project.ts";
import type { Project } from "./project.ts";
import { runNotes } from "./run-output.ts";
import { runInfo, type Session } from "./session.ts";

interface Work {
  readonly files: ImportedFiles;
  readonly newFiles: ImportProject["newFiles"];
  readonly found: FoundTable;
  readonly dryRun: boolean;
}

/** Gives the heads of the database, or what they would be. */
export async function carryOut(
  project: Project,
  session: Session,
  { files: { files, graph }, newFiles, found, dryRun }: Work,
): Promise<readonly string[]> {
  const { applied } = found;
  const { heads } = await session.connection.state();
  // What cannot be is refused before the first file is written.
  const expected = adoptedHeads({ graph, applied }, heads ?? []);
  if (dryRun) return expected;
  return withFiles(project, { files, newFiles }, () => {
    const info = runInfo(project.environment().name);
    const target = { ...session, versionTable: project.versionTable, info };
    return markAdopted(
      target,
      { graph, applied, runs: earlierRuns(files, found) },
      runNotes.waiting,
    );
  });
}

/** The runs for the log. Where the old tool kept no batches, each is one of its own. */
function earlierRuns(
  files: readonly ImportedFile[],
  { runs, applied }: FoundTable,
): readonly EarlierRun[] {
  const byId = new Map(files.map((file) => [file.old.id, file]));
  const now = new Date().toISOString();
  const told = runs.flatMap((each, at) => {
    const file = byId.get(each.revision.id);
    return file ? logged(each, file, { batch: each.run.batch ?? at + 1, now }) : [];
  });
  // What only counts as applied because later ones did has no row of its own.
  return told.filter(({ revision, direction }) => direction !== "stamp" || applied.has(revision));
}

function logged(
  { run, sameText }: ToldRun,
  { revision }: ImportedFile,
  { batch, now }: { readonly batch: number; readonly now: string },
): EarlierRun[] {
  const own = checksumOf(revision);
  const common = {
    batch,
    revision: revision.id,
    message: run.message ?? revision.message,
    ...(run.message !== undefined && { told: run.message }),
    file: revision.file,
    checksum: sameText ? own : (run.checksum ?? own),
    progress: null,
  };
  // A run with a name of its own is one of several that made the revision: by itself it cannot be undone, as a batch can.
  // One that failed, or that a batch undoes, is a run also where nobody knows when it was.
  const isKnown = run.at !== null || run.batch !== null || !run.success || run.rolledBack;
  const isStamp = !isKnown || run.message !== undefined;
  const direction = isStamp ? ("stamp" as const) : ("up" as const);
  const up = { ...common, direction, startedAt: run.at ?? now, success: run.success, ms: run.ms };
  if (!run.rolledBack) return [{ ...up, error: run.error }];
  const undoneAt = run.rolledBackAt ?? run.at ?? now;
  const down = { ...common, direction: "down" as const, startedAt: undoneAt, success: true };
  return [
    { ...up, error: run.error },
    { ...down, ms: null, error: null },
  ];
}
