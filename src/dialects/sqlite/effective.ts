/** What of a change is a change here. */
import type { ColumnAlteration, TableChange } from "../../operations/kinds/tables.ts";

/** SQLite keeps no comments and no identity, and has checked every row since there was the constraint. */
export function effective(changes: readonly TableChange[]): readonly TableChange[] {
  return changes.flatMap((change): readonly TableChange[] => {
    if (change.kind === "validateConstraint") return [];
    if (change.kind !== "alterColumn") return [change];
    const { comment: _comment, identity, ...others } = change.to;
    // Whether the column can number its rows has to be looked up.
    const to: ColumnAlteration = identity ? { ...others, identity } : others;
    return Object.keys(to).length > 0 ? [{ ...change, to }] : [];
  });
}
