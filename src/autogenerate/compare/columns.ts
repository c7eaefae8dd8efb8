/** The columns of a table against those wanted. What Drizzle cannot declare (collations, comments) stays as it is. */

import type { Rules } from "../../model/rules.ts";
import type { Column } from "../../model/schema.ts";
import type { AddColumn, ColumnAlteration, TableChange } from "../../operations/kinds/tables.ts";
import { pair, same } from "./pair.ts";

export interface ColumnChanges {
  readonly added: readonly AddColumn[];
  readonly altered: readonly Extract<TableChange, { kind: "alterColumn" }>[];
  readonly dropped: readonly Extract<TableChange, { kind: "dropColumn" }>[];
  /** Columns that are dropped, or whose type or expression changes: what reads them may have to go away meanwhile. */
  readonly touched: readonly string[];
}

export function compareColumns(
  current: readonly Column[],
  desired: readonly Column[],
  rules: Rules,
): ColumnChanges {
  const { added, removed, kept } = pair(current, desired, (column) => column.name);
  const altered = kept.flatMap(([from, to]) => {
    const change = alteration(from, to, rules);
    return change === null ? [] : [{ kind: "alterColumn", name: to.name, to: change } as const];
  });
  const retyped = altered.filter(({ to }) => to.type !== undefined || to.generated !== undefined);
  return {
    added: added.map((column) => ({ kind: "addColumn", column })),
    altered,
    dropped: removed.map(({ name }) => ({ kind: "dropColumn", name })),
    touched: [...retyped, ...removed].map(({ name }) => name),
  };
}

function alteration(from: Column, to: Column, rules: Rules): ColumnAlteration | null {
  const change: ColumnAlteration = {
    ...typeChange(from, to, rules),
    ...(Boolean(from.notNull) !== Boolean(to.notNull) && { notNull: Boolean(to.notNull) }),
    ...(!same(from.default, to.default) && { default: to.default ?? null }),
    ...(!same(from.identity, to.identity) && { identity: to.identity ?? null }),
    ...(!same(from.generated, to.generated) && { generated: to.generated ?? null }),
    ...(Boolean(from.autoIncrement) !== Boolean(to.autoIncrement) && {
      autoIncrement: Boolean(to.autoIncrement),
    }),
  };
  return Object.keys(change).length === 0 ? null : change;
}

/** PostgreSQL gives a new type its own collation; the column's is said again. */
function typeChange(from: Column, to: Column, rules: Rules): ColumnAlteration {
  if (same(from.type, to.type)) return {};
  const using = rules.using(to.name, from.type, to.type);
  return {
    type: to.type,
    ...(using !== null && { using }),
    ...(from.collation !== undefined && { collation: from.collation }),
  };
}
