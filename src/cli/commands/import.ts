import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { openFolder } from "../../adopt/folder.ts";
import { refuseTwins } from "../../adopt/names.ts";
import { type Adoption, adoption, type ToldRun } from "../../adopt/plan.ts";
import { loadSystem, systemNames } from "../../adopt/registry.ts";
import type { OldHistory, System } from "../../adopt/system.ts";
import { dialectNameOf } from "../../dialects/registry.ts";
import { tableRows } from "../../dialects/table-rows.ts";
import { list } from "../../errors/words.ts";
import { fail } from "../../errors.ts";
import { adoptedHeads, type EarlierRun, markAdopted } from "../../runtime/adopted.ts";
import { checksum } from "../../runtime/script-file.ts";
import { confirmChange } from "../guard.ts";
import { type ImportedFile, type ImportedFiles, planFiles, withFiles } from "../import-files.ts";
import { importDocument, tellImport } from "../import-output.ts";
import { folderOf, type ImportProject, importProject, tablesOf } from "../import-project.ts";
import { waysBackFor } from "../import-ways-back.ts";
import { printJson } from "../output.ts";
import type { GlobalOptions, Project } from "../project.ts";
import { runNotes } from "../run-output.ts";
import { runInfo, type Session, withSession } from "../session.ts";

interface ImportOptions extends GlobalOptions {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly versionPath?: string;
  /** The old tool's table, where it is not called as usual. */
  readonly table?: string;
  readonly yes?: boolean;
}

/** `mig import`: another tool's history as revisions, and the database marked as that tool left it. */
export async function importHistory(
  name: string,
  path: string | undefined,
  options: ImportOptions,
): Promise<void> {
  const system = (await loadSystem(name)) ?? failSystem(name);
  const { project, newFiles, drizzle } = await importProject(name, options);
  const history = await readHistory(project, { system, name, path: folderOf(path, drizzle) });
  refuseOtherDialect(project, history);
  const { files, undrafted } = await filesOf(project, { system, name, history }, options);
  const environment = project.environment();
  const dryRun = options.dryRun ?? false;
  if (!dryRun) await confirmChange(environment, "import", options);
  await withSession(project, { readOnly: dryRun }, async (session) => {
    const tables = tablesOf(options.table, drizzle) ?? system.tables;
    const found = await readTable(session, { ...system, tables }, history);
    const [problem] = found.problems;
    if (problem && !options.force) throw problem.within({ state: "nothing was changed" });
    const current = await carryOut(project, session, { files, newFiles, found, dryRun });
    const dialect = session.dialect.name;
    const result = { system: name, dialect, dryRun, files, newFiles, found, current, undrafted };
    if (options.json) printJson(importDocument(result));
    else tellImport(result);
  });
}

interface Source {
  readonly system: System;
  readonly name: string;
  readonly history: OldHistory;
}

/** The files as they will be, with the ways back that the old tool had not. */
async function filesOf(
  project: Project,
  { system, name, history }: Source,
  { versionPath }: ImportOptions,
): Promise<{ readonly files: ImportedFiles; readonly undrafted: readonly string[] }> {
  const options = { system: name, ...(versionPath !== undefined && { versionPath }) };
  const files = planFiles(project, history.revisions, options);
  if (!system.goesUpOnly) return { files, undrafted: [] };
  const { ways, warnings } = await waysBackFor(project, files);
  return {
    files: planFiles(project, history.revisions, { ...options, ways }),
    undrafted: warnings,
  };
}

/** SQL is not translated. */
function refuseOtherDialect(project: Project, { dialect, revisions }: OldHistory): void {
  const { url } = project.environment();
  const wanted = dialectNameOf(url);
  const [first] = revisions;
  if (dialect === undefined || dialect === wanted || first === undefined) return;
  fail("IMPORT_DIALECT", { from: first.from, dialect, wanted });
}

function failSystem(name: string): never {
  fail("WRONG_USAGE", {
    message: `mig imports no system "${name}"; there are ${list(systemNames, "and")}`,
  });
}

async function readHistory(
  project: Project,
  { system, name, path }: { system: System; name: string; path: string },
): Promise<OldHistory> {
  const folder = openFolder(resolve(path), project.root, project.loader);
  const history = await system.read(folder);
  if (history.revisions.length === 0)
    fail("IMPORT_EMPTY", { folder: folder.shown, system: name, expected: system.expected });
  refuseTwins(history.revisions);
  return history;
}

/** What was found of the old table. */
export interface FoundTable extends Adoption {
  readonly table: string;
  readonly hasTable: boolean;
}

async function readTable(
  { connection }: Session,
  system: System,
  history: OldHistory,
): Promise<FoundTable> {
  const { rowsAreHeads = false } = system;
  for (const at of system.tables) {
    const rows = await tableRows(connection, at);
    if (rows === null) continue;
    const table = at.schema === undefined ? at.name : `${at.schema}.${at.name}`;
    const from = { table: at.name, rowsAreHeads };
    return { ...adoption(history, system.runs(rows), from), table, hasTable: true };
  }
  const table = system.tables.at(-1)?.name ?? "";
  return { ...adoption(history, [], { table, rowsAreHeads }), table, hasTable: false };
}

interface Work {
  readonly files: ImportedFiles;
  readonly newFiles: ImportProject["newFiles"];
  readonly found: FoundTable;
  readonly dryRun: boolean;
}

/** Gives the heads of the database, or what they would be. */
async function carryOut(
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
  const own = checksum(readFileSync(revision.path, "utf8"));
  const common = {
    batch,
    revision: revision.id,
    message: revision.message,
    file: revision.file,
    checksum: sameText ? own : (run.checksum ?? own),
    progress: null,
  };
  const direction = run.at === null ? ("stamp" as const) : ("up" as const);
  const up = { ...common, direction, startedAt: run.at ?? now, success: run.success, ms: run.ms };
  if (!run.rolledBack) return [{ ...up, error: run.error }];
  const undoneAt = run.rolledBackAt ?? run.at ?? now;
  const down = { ...common, direction: "down" as const, startedAt: undoneAt, success: true };
  return [
    { ...up, error: run.error },
    { ...down, ms: null, error: null },
  ];
}
