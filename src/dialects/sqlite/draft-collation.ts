/** How the values of a column compare, in the text of a table. */
import type { ObjectName } from "../../model/schema.ts";
import type { SchemaObject } from "./catalogue.ts";
import { collationText } from "./column.ts";
import * as edit from "./ddl/edit.ts";
import { indexedColumns } from "./ddl/indexed.ts";
import { type ColumnText, textOf } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import { type Draft, type Making, type Need, need, rewrite } from "./making.ts";

/** The draft whose `column` compares by `collation`; null is how it compares unless told. */
export function alterCollation(
  making: Making,
  so: Draft,
  column: ColumnText,
  collation: ObjectName | null,
): Draft {
  const text = collation === null ? null : collationText(collation);
  const [current] = edit.ofKind(column, "collate");
  const is = current ? textOf(so.table, current.span) : null;
  if (is?.toUpperCase() === text?.toUpperCase()) return so;
  const after = rewrite(making, so, edit.setClause(so.table, column, "collate", text));
  return need(after, ...uniquesOver(making, so, column));
}

/** What was different may be the same to the other collation. */
function uniquesOver(making: Making, { table }: Draft, column: ColumnText): Need[] {
  const apart = table.constraints.filter(({ kind }) => kind === "unique" || kind === "primaryKey");
  const own = column.constraints.filter(({ kind }) => kind === "unique" || kind === "primaryKey");
  const indexes = making.catalogue.filter((it) => it.type === "index" && isOn(it, making.table));
  return [
    ...own.map(() => [column.name]),
    ...apart.map(({ columns }) => columns),
    ...indexes.flatMap(({ sql }) => [indexedColumns(sql ?? "") ?? []]),
  ]
    .filter((columns) => columns.some((name) => sameName(name, column.name)))
    .map((columns) => ({ kind: "unique", constraint: { kind: "unique", name: "", columns } }));
}

function isOn(index: SchemaObject, table: string): boolean {
  return sameName(index.table, table) && /^\s*create\s+unique\s/i.test(index.sql ?? "");
}
