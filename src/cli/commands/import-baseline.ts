import { resolve } from "node:path";
import {
  baselineAdoption,
  baselineId,
  baselineRevision,
  listedRows,
  type Tracked,
  trackedBy,
} from "../../adopt/baseline.ts";
import { type OldFolder, openFolder } from "../../adopt/folder.ts";
import { type Tracker, trackerOf, trackers } from "../../adopt/trackers.ts";
import { tableRows } from "../../dialects/table-rows.ts";
import { list } from "../../errors/words.ts";
import { error, fail, type MigError } from "../../errors.ts";
import type { Revision } from "../../revisions/revision.ts";
import {
  differencesFrom,
  draftBaseline,
  type LiveDatabase,
  liveDatabase,
} from "../draft-baseline.ts";
import { confirmChange } from "../guard.ts";
import { planFiles } from "../import-files.ts";
import { carryOut } from "../import-mark.ts";
import { importDocument, tellImport } from "../import-output.ts";
import { tablesOf } from "../import-project.ts";
import { printJson } from "../output.ts";
import { openProject, type Project } from "../project.ts";
import { type Session, withSession } from "../session.ts";
import type { ImportOptions } from "./import.ts";

/** `mig import baseline`: a database as it is becomes the first revision, whatever made it. */
export async function baseline(path: string | undefined, options: ImportOptions): Promise<void> {
  const project = await openProject(options);
  const tracker = options.from === undefined ? null : trackerFor(options.from, options);
  const folder =
    path === undefined ? null : openFolder(resolve(path), project.root, project.loader);
  const dryRun = options.dryRun ?? false;
  if (!dryRun) await confirmChange(project.environment(), "import", options);
  await withSession(project, { readOnly: dryRun }, async (session) => {
    const tracked = tracker && (await readTracked(session, { tracker, folder, options }));
    const without = tracker ? [tracker.table.name, ...tracker.others] : [];
    const live = await liveDatabase(project, session, without);
    const { revision, problems } = await planned({ project, options, session }, live, tracked);
    const adoption = baselineAdoption(revision, tracked, live.left);
    const [problem] = [...adoption.problems, ...problems];
    if (problem && !options.force) throw problem.within({ state: "nothing was changed" });
    const { versionPath } = options;
    const imported = planFiles(project, [revision], {
      system: "baseline",
      ...(versionPath !== undefined && { versionPath }),
    });
    const found = {
      ...adoption,
      problems: [...adoption.problems, ...problems],
      table: tracked?.table ?? null,
      hasTable: tracked !== null,
    };
    const work = { files: imported, newFiles: [], found, dryRun };
    const current = await carryOut(project, session, work);
    const dialect = session.dialect.name;
    const result = { ...work, system: "baseline", dialect, current, undrafted: [] };
    if (options.json) printJson(importDocument(result));
    else tellImport(result);
  });
}

function trackerFor(tool: string, { table }: ImportOptions): Tracker {
  const found = trackerOf(tool);
  if (found === null)
    fail("WRONG_USAGE", {
      message: `--from knows no "${tool}"; there are ${list(Object.keys(trackers), "and")}`,
    });
  const [named] = tablesOf(table, null) ?? [];
  return named ? { ...found, table: named } : found;
}

async function readTracked(
  session: Session,
  {
    tracker,
    folder,
    options,
  }: {
    readonly tracker: Tracker;
    readonly folder: OldFolder | null;
    readonly options: ImportOptions;
  },
): Promise<Tracked> {
  const { from: tool = "" } = options;
  const { table, lock, file } = tracker;
  const listed = folder && file && folder.has(file) ? folder.read(file) : null;
  const rows = listed ? listedRows(listed) : await tableRows(session, table);
  if (rows === null) fail("IMPORT_NO_TABLE", { table: table.name, tool });
  const locks = lock ? await tableRows(session, { name: lock.table }) : null;
  const found = { tool, rows, locks: locks ?? [], files: folder?.names ?? null };
  return { ...trackedBy(tracker, found), ...(listed && { table: listed.shown }) };
}

interface Place {
  readonly project: Project;
  readonly options: ImportOptions;
  readonly session: Session;
}

/** The revision, and what speaks against marking this database with one that is there. */
async function planned(
  { project, options, session }: Place,
  live: LiveDatabase,
  tracked: Tracked | null,
): Promise<{
  readonly revision: ReturnType<typeof baselineRevision>;
  readonly problems: readonly MigError[];
}> {
  const there = project.graph().find(baselineId);
  if (there) {
    const revision = baselineRevision({ up: "", down: "", imports: [] }, tracked, []);
    if (await isAdopted(project, session, there)) return { revision, problems: [] };
    const differences = await differencesFrom(there, live, { project, options, session });
    if (differences.length === 0) return { revision, problems: [] };
    return { revision, problems: [error("BASELINE_DIFFERS", { file: there.file, differences })] };
  }
  const [first] = project.graph().order;
  if (first) fail("BASELINE_HISTORY", { revision: first.id, file: first.file });
  return {
    revision: baselineRevision(draftBaseline(live, session), tracked, live.left),
    problems: [],
  };
}

/** The database has been taken over before, and may have moved on since. */
async function isAdopted(
  project: Project,
  { connection }: Session,
  there: Revision,
): Promise<boolean> {
  const { heads } = await connection.state();
  const graph = project.graph();
  const applied = (heads ?? []).flatMap((id) => graph.find(id) ?? []);
  return graph.ancestors(applied, "all").has(there) || applied.includes(there);
}
