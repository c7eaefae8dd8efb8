/** A database taken over as it is: one revision that makes it, and what the old tool's table says of how it came about. */
import { error, fail, type MigError } from "../errors.ts";
import type { OldFile } from "./folder.ts";
import type { Adoption } from "./plan.ts";
import { type ModuleBody, type OldRevision, type OldRow, type OldRun, plainRun } from "./system.ts";
import { isHeld, plainNameOf, type Tracker } from "./trackers.ts";

export const baselineId = "baseline";

/** What the tool left, as its table and its folder tell it. */
export interface Tracked {
  readonly tool: string;
  readonly table: string;
  readonly runs: readonly OldRun[];
  readonly problems: readonly MigError[];
  readonly warnings: readonly string[];
}

interface TrackedRows {
  readonly tool: string;
  readonly rows: readonly OldRow[];
  /** Of the table that says whether a run is going on. */
  readonly locks: readonly OldRow[];
  /** The files of its folder; null where none was named. */
  readonly files: readonly string[] | null;
}

export function trackedBy(tracker: Tracker, { tool, rows, locks, files }: TrackedRows): Tracked {
  const table = tracker.table.name;
  const all = rows.map(tracker.run);
  const runs = all
    .filter(({ success, rolledBack }) => success && !rolledBack)
    .toSorted((a, b) => (a.at ?? "").localeCompare(b.at ?? ""));
  const unfinished = all.filter(({ success, rolledBack }) => !success && !rolledBack);
  const isLocked = locks.some((row) => isHeld(row, tracker.lock?.column ?? ""));
  const ran = new Set(runs.map(({ shown }) => plainNameOf(shown)));
  const named = (files ?? []).flatMap((file) => tracker.nameOf(file) ?? []);
  const pending = named.filter((name) => !ran.has(name));
  const known = new Set(named);
  const lost = files === null ? [] : [...ran].filter((name) => !known.has(name));
  return {
    tool,
    table,
    runs,
    problems: [
      ...(isLocked ? [error("IMPORT_LOCKED", { tool, table: tracker.lock?.table ?? "" })] : []),
      ...(unfinished.length > 0
        ? [error("IMPORT_UNFINISHED", { table, rows: unfinished.map(({ shown }) => shown) })]
        : []),
      ...(pending.length > 0 ? [error("IMPORT_PENDING", { tool, files: pending })] : []),
    ],
    warnings: lost.map((name) => `${name} ran, and the folder has no such file`),
  };
}

/** The rows of a file that is a list of names. Throws IMPORT_FILE. */
export function listedRows({ text: json, shown }: OldFile): readonly OldRow[] {
  try {
    const names: unknown = JSON.parse(json);
    if (Array.isArray(names) && names.every((name) => typeof name === "string"))
      return names.map((name) => ({ name }));
  } catch {
    // No JSON at all, which the same error says.
  }
  return fail("IMPORT_FILE", { file: shown, why: "it is no list of names" }, { location: shown });
}

/** The revision that makes what there is. `left` is what of the database it cannot say. */
export function baselineRevision(
  body: ModuleBody,
  tracked: Tracked | null,
  left: readonly string[],
): OldRevision {
  const runs = tracked?.runs ?? [];
  return {
    id: baselineId,
    downRevisions: [],
    dependsOn: [],
    branchLabels: [],
    message:
      tracked === null ? "The database as it was" : `The database as ${tracked.tool} left it`,
    author: null,
    createdAt: runs.findLast(({ at }) => at !== null)?.at ?? null,
    transaction: true,
    body,
    notes: [...runs.map(noteOf), ...left.map((what) => `not in here: ${what}`)],
    from: tracked?.table ?? "the live database",
    fileName: "0000_baseline",
    keys: [],
    checksums: [],
  };
}

function noteOf({ shown, at, batch }: OldRun): string {
  const when = at === null ? "" : `, ${at}`;
  return `ran: ${shown}${when}${batch === null ? "" : `, batch ${batch}`}`;
}

/** All that ran became the baseline. */
export function baselineAdoption(
  revision: OldRevision,
  tracked: Tracked | null,
  warnings: readonly string[],
): Adoption {
  const runs = (tracked?.runs ?? []).map((run) => ({ ...run, message: run.shown }));
  // Where nobody kept a record, the log says that it was stamped now.
  const told = runs.length > 0 ? runs : [{ ...plainRun, keys: [], shown: revision.id }];
  return {
    runs: told.map((run) => ({ revision, run, sameText: true })),
    applied: new Set([revision.id]),
    problems: tracked?.problems ?? [],
    warnings: [
      ...warnings.map((what) => `not in the baseline, to be added with op.execute: ${what}`),
      ...(tracked?.warnings ?? []),
    ],
  };
}
