/** What a database looks like: plain readonly data, in the words that both databases share. */
import type { ColumnType } from "./column-type.ts";
import type { Grant, Policy, Role, RowSecurity } from "./security.ts";
import type { Identity, Sequence } from "./sequence.ts";
import type { View } from "./view.ts";

export type DialectName = "postgresql" | "sqlite";

/** Both databases; a per-dialect value names each of them. */
export const dialectNames = ["postgresql", "sqlite"] as const satisfies readonly DialectName[];

/** Something in the default schema or in a named one. */
export type ObjectName = string | { readonly schema: string; readonly name: string };

export type TableName = ObjectName;

/** SQL text of one dialect: an expression, a predicate, a default. */
export interface Expression {
  readonly sql: string;
}

/** A value that a dialect writes as a literal. */
export type Literal = string | number | bigint | boolean | null | Date | Uint8Array;

/** Storage parameters, by their names. */
export type Parameters = Readonly<Record<string, string | number | boolean>>;

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull?: boolean;
  readonly default?: Literal | Expression;
  readonly identity?: Identity;
  /** SQLite: a number that was once given is never given again. */
  readonly autoIncrement?: boolean;
  readonly generated?: Generated;
  readonly collation?: ObjectName;
  readonly comment?: string;
}

/** A column that is computed from the others of its row. */
export interface Generated {
  readonly as: Expression;
  /** Kept with the row; else computed when it is read. */
  readonly stored: boolean;
}

export type ForeignKeyAction = "cascade" | "restrict" | "no action" | "set null" | "set default";

/** When a constraint is checked that may wait for the end of the transaction: with each statement unless told, or not. */
export type Deferrable = "immediate" | "deferred";

interface Named {
  readonly name: string;
  /** Of a wanted object: Drizzle made the name up, so that the same thing may have another one in the database. */
  readonly derivedName?: boolean;
  readonly comment?: string;
}

export interface PrimaryKey extends Named {
  readonly kind: "primaryKey";
  readonly columns: readonly string[];
  /** Columns that its index holds besides. */
  readonly include?: readonly string[];
  readonly deferrable?: Deferrable;
}

export interface Unique extends Named {
  readonly kind: "unique";
  readonly columns: readonly string[];
  /** Columns that its index holds besides. */
  readonly include?: readonly string[];
  /** Two NULLs count as equal. */
  readonly nullsNotDistinct?: boolean;
  readonly deferrable?: Deferrable;
}

export interface ForeignKey extends Named {
  readonly kind: "foreignKey";
  readonly columns: readonly string[];
  readonly table: TableName;
  readonly references: readonly string[];
  readonly onDelete?: ForeignKeyAction;
  readonly onUpdate?: ForeignKeyAction;
  readonly deferrable?: Deferrable;
  /** Rows that exist were not checked. */
  readonly notValid?: boolean;
}

export interface Check extends Named {
  readonly kind: "check";
  readonly expression: Expression;
  /** Rows that exist were not checked. */
  readonly notValid?: boolean;
}

export type Constraint = PrimaryKey | Unique | ForeignKey | Check;

/** One column of an index, or one expression. */
export interface IndexColumn {
  readonly of: string | Expression;
  readonly order?: "asc" | "desc";
  readonly nulls?: "first" | "last";
  readonly operatorClass?: string;
  readonly collation?: ObjectName;
}

export interface Index {
  readonly name: string;
  /** As for constraints. */
  readonly derivedName?: boolean;
  readonly columns: readonly IndexColumn[];
  readonly unique?: boolean;
  /** Only the rows for which this holds are indexed. */
  readonly where?: Expression;
  /** `btree` when absent. */
  readonly method?: string;
  /** Columns that the index holds besides. */
  readonly include?: readonly string[];
  readonly nullsNotDistinct?: boolean;
  readonly with?: Parameters;
  readonly comment?: string;
}

/** A table by itself, as CREATE TABLE makes it. */
export interface Table {
  readonly name: TableName;
  readonly columns: readonly Column[];
  readonly constraints: readonly Constraint[];
  readonly comment?: string;
  /** SQLite: values must be of their column's type. https://www.sqlite.org/stricttables.html */
  readonly strict?: boolean;
  /** SQLite: rows are stored by their primary key. https://www.sqlite.org/withoutrowid.html */
  readonly withoutRowid?: boolean;
}

/** A table with all that belongs to it. */
export interface SchemaTable extends Table {
  readonly indexes: readonly Index[];
  readonly policies: readonly Policy[];
  readonly rowSecurity: RowSecurity;
}

export interface Enum {
  readonly name: ObjectName;
  readonly values: readonly string[];
  readonly comment?: string;
}

export interface Extension {
  readonly name: string;
  readonly schema?: string;
  readonly version?: string;
  readonly comment?: string;
}

/** A schema of PostgreSQL: a folder of tables. */
export interface Namespace {
  readonly name: string;
  readonly comment?: string;
}

/** A whole database. */
export interface Schema {
  readonly namespaces: readonly Namespace[];
  readonly extensions: readonly Extension[];
  readonly roles: readonly Role[];
  readonly enums: readonly Enum[];
  readonly sequences: readonly Sequence[];
  readonly tables: readonly SchemaTable[];
  readonly views: readonly View[];
  readonly grants: readonly Grant[];
}

/** True for SQL text, false for a literal. */
export function isExpression(value: Literal | Expression | undefined): value is Expression {
  return typeof value === "object" && value !== null && "sql" in value;
}

/** `name` as people write it, for messages. */
export function displayName(name: ObjectName): string {
  return typeof name === "string" ? name : `${name.schema}.${name.name}`;
}
