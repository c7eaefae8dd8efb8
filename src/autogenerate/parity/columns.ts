/** The columns of a table that both schemas have. */
import type { Column, Enum, SchemaTable } from "../../model/schema.ts";
import { keyOf, pair, same } from "../compare/pair.ts";
import type { Disparity } from "./disparity.ts";
import { goTogether, lengthOf, textOn } from "./types.ts";

type Tables = { readonly postgresql: SchemaTable; readonly sqlite: SchemaTable };

export function compareColumns(
  table: string,
  { postgresql, sqlite }: Tables,
  enums: readonly Enum[],
): readonly Disparity[] {
  const columns = pair(postgresql.columns, sqlite.columns, ({ name }) => name);
  const at = (column: Column) => ({ name: `${table}.${column.name}`, what: "column" as const });
  return [
    ...columns.removed.map((it) => ({
      ...at(it),
      postgresql: typeOn("postgresql", it),
      sqlite: null,
    })),
    ...columns.added.map((it) => ({ ...at(it), postgresql: null, sqlite: typeOn("sqlite", it) })),
    ...columns.kept.flatMap(([one, other]) => {
      const name = `${table}.${one.name}`;
      return [
        ...compareTypes(name, one, other),
        ...compareNulls(name, nullability(postgresql, one), nullability(sqlite, other)),
        ...compareValues(
          name,
          enumValues(one, enums) ?? checkedValues(postgresql, one),
          checkedValues(sqlite, other),
        ),
      ];
    }),
  ];
}

function typeOn(dialect: "postgresql" | "sqlite", { type }: Column): string {
  return textOn(dialect, type);
}

function compareTypes(name: string, one: Column, other: Column): readonly Disparity[] {
  const postgresql = typeOn("postgresql", one);
  const sqlite = typeOn("sqlite", other);
  const lengths = [lengthOf(postgresql), lengthOf(sqlite)];
  const sameLength = lengths.includes(null) || lengths[0] === lengths[1];
  if (goTogether(one.type, other.type) && sameLength) return [];
  return [{ name, what: "type", postgresql, sqlite }];
}

/** A primary key takes no NULLs, said or not. */
function nullability({ constraints }: SchemaTable, { name, notNull }: Column): string {
  const isKey = constraints.some((it) => it.kind === "primaryKey" && it.columns.includes(name));
  return notNull || isKey ? "NOT NULL" : "NULL";
}

function compareNulls(name: string, postgresql: string, sqlite: string): readonly Disparity[] {
  return postgresql === sqlite ? [] : [{ name, what: "nullability", postgresql, sqlite }];
}

/** Values that one side does not restrict may be those of the other. */
function compareValues(
  name: string,
  postgresql: readonly string[] | null,
  sqlite: readonly string[] | null,
): readonly Disparity[] {
  if (postgresql === null || sqlite === null) return [];
  if (same(postgresql.toSorted(), sqlite.toSorted())) return [];
  return [{ name, what: "values", postgresql: postgresql.join(", "), sqlite: sqlite.join(", ") }];
}

function enumValues({ type }: Column, enums: readonly Enum[]): readonly string[] | null {
  if (type.kind !== "enum") return null;
  return enums.find(({ name }) => keyOf(name) === keyOf(type.name))?.values ?? null;
}

/** `status IN ('saved', 'applied')`, as the whole of a check. */
function checkedValues({ constraints }: SchemaTable, { name }: Column): readonly string[] | null {
  const text = "'(?:[^']|'')*'";
  const list = new RegExp(
    `^\\(*(?:[^\\s()]+\\.)?["\`]?${name.replace(/\W/g, "\\$&")}["\`]?\\s+in\\s*\\((\\s*${text}(?:\\s*,\\s*${text})*\\s*)\\)+$`,
    "i",
  );
  for (const it of constraints) {
    const [, values] = it.kind === "check" ? (list.exec(it.expression.sql.trim()) ?? []) : [];
    if (values !== undefined)
      return [...values.matchAll(/'((?:[^']|'')*)'/g)].map(([, one = ""]) =>
        one.replaceAll("''", "'"),
      );
  }
  return null;
}
