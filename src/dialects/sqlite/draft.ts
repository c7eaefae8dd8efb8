/** The text that a table is to have, and what its rows have to satisfy for that. */
import type { Change, Subject } from "./arrange.ts";
import type { Catalogue } from "./catalogue.ts";
import { keyOf } from "./create.ts";
import type { TableText } from "./ddl/table.ts";
import { addColumn, alterColumn, dropColumn } from "./draft-columns.ts";
import { addConstraint, dropConstraint } from "./draft-constraints.ts";
import type { Draft, Making } from "./making.ts";

/** `table` after `changes`. */
export function draft(
  subject: Subject,
  catalogue: Catalogue,
  table: TableText,
  changes: readonly Change[],
): Draft {
  const added = changes.flatMap((it) => (it.kind === "addConstraint" ? [it.constraint] : []));
  const making: Making = { ...subject, catalogue, key: keyOf(added) };
  const start: Draft = { table, sources: new Map(), needs: [], indexes: [] };
  return changes.reduce((so, change) => apply(making, so, change), start);
}

function apply(making: Making, so: Draft, change: Change): Draft {
  switch (change.kind) {
    case "addColumn":
      return addColumn(making, so, change.column);
    case "dropColumn":
      return dropColumn(making, so, change.name);
    case "alterColumn":
      return alterColumn(making, so, change.name, change.to);
    case "addConstraint":
      return addConstraint(making, so, change.constraint);
    case "dropConstraint":
      return dropConstraint(making, so, change.name);
  }
}
