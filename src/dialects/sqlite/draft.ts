/** The text that a table is to have, and what its rows have to satisfy for that. */
import { about, type Change, type Placed, type Subject } from "./arrange.ts";
import type { Catalogue } from "./catalogue.ts";
import { keyOf } from "./column.ts";
import type { TableText } from "./ddl/table.ts";
import { addColumn, alterColumn, dropColumn } from "./draft-columns.ts";
import { addConstraint, dropConstraint, renameConstraint } from "./draft-constraints.ts";
import { refuseUnnumbered } from "./draft-numbers.ts";
import type { Draft, Making } from "./making.ts";

/** `table` after `changes`. */
export function draft(
  subject: Subject,
  catalogue: Catalogue,
  table: TableText,
  changes: readonly Placed[],
): Draft {
  const added = changes.flatMap(({ change: it }) =>
    it.kind === "addConstraint" ? [it.constraint] : [],
  );
  const making: Making = { ...subject, catalogue, key: keyOf(added) };
  const start: Draft = { table, sources: new Map(), needs: [], indexes: [] };
  const end = changes.reduce((so, placed) => asking(so, making, placed), start);
  for (const { change } of changes) {
    if (change.kind === "alterColumn" && change.to.identity)
      refuseUnnumbered(making, end, change.name);
  }
  return end;
}

/** What a change asks of the rows is remembered as its own. */
function asking(so: Draft, making: Making, { change, at }: Placed): Draft {
  const after = apply({ ...making, ...about(making, change) }, so, change);
  const needs = after.needs.map((need) =>
    so.needs.includes(need) ? need : { ...need, change: at },
  );
  return { ...after, needs };
}

function apply(making: Making, so: Draft, change: Change): Draft {
  switch (change.kind) {
    case "addColumn":
      return addColumn(making, so, change);
    case "dropColumn":
      return dropColumn(making, so, change.name);
    case "alterColumn":
      return alterColumn(making, so, change.name, change.to);
    case "addConstraint":
      return addConstraint(making, so, change.constraint);
    case "dropConstraint":
      return dropConstraint(making, so, change.name);
    case "renameConstraint":
      return renameConstraint(making, so, change);
  }
}
