/** Putting the rows of an old table and the files of its folder together. */
import { error, type MigError } from "../errors.ts";
import { withNames } from "./sql-scan.ts";
import type { OldHistory, OldRevision, OldRun } from "./system.ts";

/** A run of one of the revisions. */
export interface ToldRun {
  readonly revision: OldRevision;
  readonly run: OldRun;
  /** False where the file is not what ran. */
  readonly sameText: boolean;
}

export interface Adoption {
  /** In the order in which they ran. */
  readonly runs: readonly ToldRun[];
  /** The ids of the revisions that count as applied. */
  readonly applied: ReadonlySet<string>;
  /** What stops the import unless it is forced. */
  readonly problems: readonly MigError[];
  readonly warnings: readonly string[];
}

/** What the rows of `table` say of the files. */
export function adoption(
  { revisions, warnings, problems = [] }: OldHistory,
  runs: readonly OldRun[],
  { table, rowsAreHeads }: { readonly table: string; readonly rowsAreHeads: boolean },
): Adoption {
  const byKey = new Map(revisions.flatMap((each) => each.keys.map((key) => [key, each] as const)));
  const matched = runs.map((run) => ({
    run,
    revision: run.keys.flatMap((key) => byKey.get(key) ?? [])[0],
  }));
  const told = matched
    .flatMap(({ run, revision }) => (revision ? [toldRun(run, revision)] : []))
    .toSorted((a, b) => order(a.run).localeCompare(order(b.run)));
  const lost = matched.filter(({ revision }) => !revision).map(({ run }) => run);
  const said = appliedIds(revisions, told, table);
  const applied = rowsAreHeads ? idsOf(withAncestors(revisions, said)) : said;
  return {
    runs: told,
    applied,
    problems: [
      ...problems,
      ...lostProblem(lost, table),
      ...changedProblem(told, applied, table),
      ...gapProblem(revisions, applied, table),
    ],
    warnings: [
      ...warnings,
      ...lost
        .filter((run) => !counts(run))
        .map(
          ({ shown }) => `${shown} is in ${table} and has no file: left out, for it did not stay`,
        ),
    ],
  };
}

function toldRun(run: OldRun, revision: OldRevision): ToldRun {
  const { checksums } = revision;
  const comparable =
    run.checksum !== null && checksums.some((it) => it.length === run.checksum?.length);
  return { run, revision, sameText: !comparable || checksums.includes(run.checksum.toLowerCase()) };
}

/** Rows without a time stay in their order, before the others. */
function order({ at }: OldRun): string {
  return at ?? "";
}

function counts({ success, rolledBack }: OldRun): boolean {
  return success && !rolledBack;
}

function appliedIds(
  revisions: readonly OldRevision[],
  told: readonly ToldRun[],
  table: string,
): ReadonlySet<string> {
  const last = new Map(told.map(({ revision, run }) => [revision.id, counts(run)]));
  // What made the table ran before there was one to say so.
  const makes = creationOf(table);
  const isImplied = ({ id, body }: OldRevision) =>
    told.length > 0 && !last.has(id) && makes.test(withNames(body.up));
  const ids = revisions.filter((each) => last.get(each.id) || isImplied(each)).map(({ id }) => id);
  return new Set(ids);
}

/** Whichever schema the file names: the table was found by now. */
function creationOf(table: string): RegExp {
  const name = table.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
  return new RegExp(
    `\\bCREATE\\s+TABLE\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?(?:"?\\w+"?\\s*\\.\\s*)?"?${name}"?(?!\\w|"?\\s*\\.)`,
    "i",
  );
}

function lostProblem(lost: readonly OldRun[], table: string): MigError[] {
  const rows = lost.filter(counts).map(({ shown }) => shown);
  return rows.length > 0 ? [error("IMPORT_ROW_WITHOUT_FILE", { table, rows })] : [];
}

function changedProblem(
  told: readonly ToldRun[],
  applied: ReadonlySet<string>,
  table: string,
): MigError[] {
  const changed = told.filter(
    ({ sameText, revision, run }) => !sameText && counts(run) && applied.has(revision.id),
  );
  const files = [...new Set(changed.map(({ revision }) => revision.from))];
  return files.length > 0 ? [error("IMPORT_CHECKSUM", { table, files })] : [];
}

/** What did not run although something that follows it did. */
function gapProblem(
  revisions: readonly OldRevision[],
  applied: ReadonlySet<string>,
  table: string,
): MigError[] {
  const below = withAncestors(revisions, applied);
  const skipped = revisions.filter((each) => below.has(each) && !applied.has(each.id));
  const later = revisions.findLast(({ id }) => applied.has(id));
  if (skipped.length === 0 || !later) return [];
  const files = skipped.map(({ from }) => from);
  return [error("IMPORT_GAP", { table, files, later: later.from })];
}

function withAncestors(
  revisions: readonly OldRevision[],
  ids: ReadonlySet<string>,
): ReadonlySet<OldRevision> {
  const byName = new Map(
    revisions.flatMap((each) =>
      [each.id, ...each.branchLabels].map((name) => [name, each] as const),
    ),
  );
  const below = new Set(revisions.filter(({ id }) => ids.has(id)));
  // A Set that grows while it is iterated is visited to its end.
  for (const { downRevisions, dependsOn } of below) {
    for (const name of [...downRevisions, ...dependsOn]) {
      const parent = byName.get(name);
      if (parent) below.add(parent);
    }
  }
  return below;
}

function idsOf(revisions: ReadonlySet<OldRevision>): ReadonlySet<string> {
  return new Set([...revisions].map(({ id }) => id));
}
