/** What a database looks like: plain readonly data, in the words that both databases share. */
import type { ColumnType } from "./column-type.ts";

export type DialectName = "postgresql" | "sqlite";

/** Both databases; a per-dialect value names each of them. */
export const dialectNames = ["postgresql", "sqlite"] as const satisfies readonly DialectName[];

/** A table, in the default schema or in a named one. */
export type TableName = string | { readonly schema: string; readonly name: string };

/** SQL text of one dialect: an expression, a predicate, a default. */
export interface Expression {
  readonly sql: string;
}

/** A value that a dialect writes as a literal. */
export type Literal = string | number | bigint | boolean | null | Date | Uint8Array;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull?: boolean;
  readonly default?: Literal | Expression;
  /** A column that numbers its rows by itself. */
  readonly identity?: "always" | "byDefault";
}

export type ForeignKeyAction = "cascade" | "restrict" | "no action" | "set null" | "set default";

export interface PrimaryKey {
  readonly kind: "primaryKey";
  readonly name: string;
  readonly columns: readonly string[];
}

export interface Unique {
  readonly kind: "unique";
  readonly name: string;
  readonly columns: readonly string[];
}

export interface ForeignKey {
  readonly kind: "foreignKey";
  readonly name: string;
  readonly columns: readonly string[];
  readonly table: TableName;
  readonly references: readonly string[];
  readonly onDelete?: ForeignKeyAction;
  readonly onUpdate?: ForeignKeyAction;
}

export interface Check {
  readonly kind: "check";
  readonly name: string;
  readonly expression: Expression;
}

export type Constraint = PrimaryKey | Unique | ForeignKey | Check;

export interface Index {
  readonly name: string;
  /** Column names, or expressions. */
  readonly columns: readonly (string | Expression)[];
  readonly unique?: boolean;
  /** Only the rows for which this holds are indexed. */
  readonly where?: Expression;
}

export interface Table {
  readonly name: TableName;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
}

/** True for SQL text, false for a literal. */
export function isExpression(value: Literal | Expression | undefined): value is Expression {
  return typeof value === "object" && value !== null && "sql" in value;
}

/** `table` as people write it, for messages. */
export function displayName(table: TableName): string {
  return typeof table === "string" ? table : `${table.schema}.${table.name}`;
}
