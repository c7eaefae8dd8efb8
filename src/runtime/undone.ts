import type { LogRow } from "../dialects/dialect.ts";

/** When each run that applied a revision was rolled back, by the names of the runs; ISO 8601, UTC. `log` is oldest first. */
export function rolledBackAt(log: readonly LogRow[]): ReadonlyMap<string, string> {
  const applied = new Map<string, LogRow>();
  const found = new Map<string, string>();
  for (const row of log.filter(({ success }) => success)) {
    const { direction, revision, startedAt } = row;
    if (direction === "up") applied.set(revision, row);
    if (direction !== "down") continue;
    const undone = applied.get(revision);
    if (undone !== undefined) found.set(undone.run, startedAt);
    applied.delete(revision);
  }
  return found;
}
