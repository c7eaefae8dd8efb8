import { resolve } from "node:path";
import { openFolder } from "../../adopt/folder.ts";
import { refuseTwins } from "../../adopt/names.ts";
import { otherSystems } from "../../adopt/other-systems.ts";
import { type Adoption, adoption } from "../../adopt/plan.ts";
import { loadSystem, systemNames } from "../../adopt/registry.ts";
import type { OldHistory, System } from "../../adopt/system.ts";
import { dialectNameOf } from "../../dialects/registry.ts";
import { tableRows } from "../../dialects/table-rows.ts";
import { list } from "../../errors/words.ts";
import { fail } from "../../errors.ts";
import { confirmChange } from "../guard.ts";
import { type ImportedFiles, planFiles } from "../import-files.ts";
import { carryOut } from "../import-mark.ts";
import { importDocument, tellImport } from "../import-output.ts";
import { dialectsOf, folderOf, importProject, tablesOf } from "../import-project.ts";
import { waysBackFor } from "../import-ways-back.ts";
import { printJson } from "../output.ts";
import type { GlobalOptions, Project } from "../project.ts";
import { type Session, withSession } from "../session.ts";

export interface ImportOptions extends GlobalOptions {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly versionPath?: string;
  /** The old tool's table, where it is not called as usual. */
  readonly table?: string;
  /** Of a baseline: the tool that made the database. */
  readonly from?: string;
  readonly yes?: boolean;
}

/** `mig import`: another tool's history as revisions, and the database marked as that tool left it. */
export async function importHistory(
  name: string,
  path: string | undefined,
  options: ImportOptions,
): Promise<void> {
  if (name === "baseline") return (await import("./import-baseline.ts")).baseline(path, options);
  const system = (await loadSystem(name)) ?? failSystem(name);
  if (options.from !== undefined)
    fail("WRONG_USAGE", { message: "--from names the tool of a baseline: `mig import baseline`" });
  const { project, newFiles, drizzle } = await importProject(name, options);
  const history = await readHistory(project, { system, name, path: folderOf(path, drizzle) });
  refuseOtherDialect(project, history);
  refuseOdd(history, options);
  const { files, undrafted } = await filesOf(project, { system, name, history }, options);
  const environment = project.environment();
  const dryRun = options.dryRun ?? false;
  if (!dryRun) await confirmChange(environment, "import", options);
  await withSession(project, { readOnly: dryRun }, async (session) => {
    const tables = tablesOf(options.table, drizzle) ?? system.tables;
    const found = await readTable(session, { ...system, tables }, history);
    if (options.table !== undefined && !found.hasTable)
      fail("IMPORT_TABLE", { table: options.table }, { state: "nothing was changed" });
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
    message: `mig imports no system "${name}"; there are ${list([...systemNames, "baseline"], "and")}`,
  });
}

async function readHistory(
  project: Project,
  { system, name, path }: { system: System; name: string; path: string },
): Promise<OldHistory> {
  const folder = openFolder(resolve(path), project.root, project.loader);
  const history = await system.read(folder, {
    dialects: dialectsOf(project),
    root: project.root,
  });
  if (history.revisions.length === 0)
    fail("IMPORT_EMPTY", { folder: folder.shown, system: name, expected: system.expected });
  refuseTwins(history.revisions);
  const { problems, warnings } = folder.oddities();
  const odd = history.revisions.flatMap(({ problem }) => problem ?? []);
  return {
    ...history,
    problems: [...problems, ...odd, ...(history.problems ?? []), ...otherSystems(folder, name)],
    warnings: [...warnings, ...history.warnings],
  };
}

/** Before the database is asked. */
function refuseOdd({ problems = [] }: OldHistory, { force = false }: ImportOptions): void {
  const [problem] = problems;
  if (problem && !force) throw problem.within({ state: "nothing was changed" });
}

/** What was found of the old table. */
export interface FoundTable extends Adoption {
  /** Null where no tool kept one. */
  readonly table: string | null;
  readonly hasTable: boolean;
}

async function readTable(
  session: Session,
  system: System,
  history: OldHistory,
): Promise<FoundTable> {
  const { rowsAreHeads = false } = system;
  for (const at of system.tables) {
    const rows = await tableRows(session, at);
    if (rows === null) continue;
    const table = at.schema === undefined ? at.name : `${at.schema}.${at.name}`;
    const from = { table: at.name, rowsAreHeads };
    return { ...adoption(history, system.runs(rows), from), table, hasTable: true };
  }
  const table = system.tables.at(-1)?.name ?? "";
  return { ...adoption(history, [], { table, rowsAreHeads }), table, hasTable: false };
}
