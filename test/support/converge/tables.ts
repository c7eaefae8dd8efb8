/** Wanted schemas, written briefly: as reading Drizzle's objects gives them. */
import type { ColumnType } from "../../../src/model/column-type.ts";
import { emptySchema } from "../../../src/model/empty-schema.ts";
import type {
  Column,
  Constraint,
  ForeignKey,
  Index,
  ObjectName,
  Schema,
  SchemaTable,
} from "../../../src/model/schema.ts";

export function schema(tables: readonly SchemaTable[], more: Partial<Schema> = {}): Schema {
  const folders = tables.flatMap(({ name }) => (typeof name === "string" ? [] : [name.schema]));
  const namespaces = [...new Set(folders)].map((name) => ({ name }));
  return { ...emptySchema, namespaces, tables, ...more };
}

/** A table of columns, and of what else it has. */
export function table(
  name: ObjectName,
  columns: readonly Column[],
  parts: readonly (Constraint | Index)[] = [],
  more: Partial<SchemaTable> = {},
): SchemaTable {
  return {
    name,
    columns,
    constraints: parts.filter((it): it is Constraint => "kind" in it),
    indexes: parts.filter((it): it is Index => !("kind" in it)),
    policies: [],
    rowSecurity: { enabled: false, forced: false },
    ...more,
  };
}

export function column(
  name: string,
  type: ColumnType["kind"] | ColumnType = "text",
  more: Partial<Column> = {},
): Column {
  return {
    name,
    type: typeof type === "string" ? ({ kind: type } as ColumnType) : type,
    ...more,
  };
}

/** `id integer primary key`, as almost every table has it. */
export const id = column("id", "integer", { notNull: true });

export function key(columns: readonly string[] = ["id"], name = "t_pkey"): Constraint {
  return { kind: "primaryKey", name, derivedName: true, columns };
}

export function unique(name: string, columns: readonly string[]): Constraint {
  return { kind: "unique", name, columns };
}

export function check(name: string, sql: string): Constraint {
  return { kind: "check", name, expression: { sql } };
}

export function reference(
  name: string,
  column: string,
  to: string,
  more: Partial<ForeignKey> = {},
): Constraint {
  return { kind: "foreignKey", name, columns: [column], table: to, references: ["id"], ...more };
}

export function index(
  name: string,
  columns: readonly Index["columns"][number]["of"][],
  more: Partial<Index> = {},
): Index {
  return { name, columns: columns.map((of) => ({ of })), ...more };
}

export const varchar = (length?: number): ColumnType => ({
  kind: "varchar",
  ...(length !== undefined && { length }),
});

export const array = (of: ColumnType): ColumnType => ({ kind: "array", of, dimensions: 1 });
