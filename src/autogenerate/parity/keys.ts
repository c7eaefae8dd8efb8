/** The keys of a table that both schemas have: primary key, uniques, foreign keys. */
import type { ForeignKey, Index, ObjectName, SchemaTable } from "../../model/schema.ts";
import type { Disparity } from "./disparity.ts";

type Tables = { readonly postgresql: SchemaTable; readonly sqlite: SchemaTable };
/** What a key is, by what it is on: `email`, `(org_id, email)`. */
type Keys = ReadonlyMap<string, string>;

export function compareKeys(table: string, tables: Tables): readonly Disparity[] {
  const on = (read: (table: SchemaTable) => Keys) =>
    [read(tables.postgresql), read(tables.sqlite)] as const;
  return [
    ...compare(table, "primary key", on(primaryKeys)),
    ...compare(table, "unique", on(uniques)),
    ...compare(table, "foreign key", on(foreignKeys)),
  ];
}

function compare(
  table: string,
  what: Disparity["what"],
  [postgresql, sqlite]: readonly [Keys, Keys],
): readonly Disparity[] {
  return [...new Set([...postgresql.keys(), ...sqlite.keys()])].flatMap((columns) => {
    const one = postgresql.get(columns) ?? null;
    const other = sqlite.get(columns) ?? null;
    return one === other
      ? []
      : [{ name: `${table}.${columns}`, what, postgresql: one, sqlite: other }];
  });
}

function primaryKeys({ constraints }: SchemaTable): Keys {
  const keys = constraints.flatMap((it) => (it.kind === "primaryKey" ? [listed(it.columns)] : []));
  return new Map(keys.map((columns) => [columns, columns]));
}

/** To both databases a unique index is what a unique constraint is. */
function uniques({ name, constraints, indexes }: SchemaTable): Keys {
  const keys = constraints.flatMap((it) =>
    it.kind === "unique" ? [[listed(it.columns), it.nullsNotDistinct] as const] : [],
  );
  const indexed = indexes
    .filter(({ unique }) => unique)
    .map((it) => [indexText(it, name), it.nullsNotDistinct] as const);
  return new Map(
    [...keys, ...indexed].map(([on, notDistinct]) => [
      on,
      notDistinct ? `${on}, NULLs not distinct` : on,
    ]),
  );
}

function indexText({ columns, where }: Index, table: ObjectName): string {
  const parts = columns.map(({ of }) => (typeof of === "string" ? of : plain(of.sql, table)));
  return `${listed(parts)}${where === undefined ? "" : " where …"}`;
}

/** An expression without what the databases write differently: quotes, blanks, the name of the table. */
function plain(sql: string, table: ObjectName): string {
  const own = typeof table === "string" ? table : table.name;
  const text = sql.replace(/["`\s]/g, "").toLowerCase();
  return text.replaceAll(`${own.toLowerCase()}.`, "");
}

function foreignKeys({ constraints }: SchemaTable): Keys {
  const keys = constraints.filter((it) => it.kind === "foreignKey");
  return new Map(keys.map((it) => [listed(it.columns), targetText(it)]));
}

function targetText({ table, references, onDelete, onUpdate }: ForeignKey): string {
  const target = `${typeof table === "string" ? table : table.name} ${listed(references)}`;
  return [
    target,
    ...(onDelete && onDelete !== "no action" ? [`on delete ${onDelete}`] : []),
    ...(onUpdate && onUpdate !== "no action" ? [`on update ${onUpdate}`] : []),
  ].join(" ");
}

function listed(columns: readonly string[]): string {
  return columns.length === 1 ? (columns[0] ?? "") : `(${columns.join(", ")})`;
}
