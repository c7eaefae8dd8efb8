/** The text of a CREATE TABLE and where its parts stand in it. */
import type { Token } from "./tokens.ts";

/** From `start` up to `end`, in characters of the text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A text that parts stand in. */
export interface Source {
  readonly sql: string;
  /** Those of its tokens that mean something. */
  readonly tokens: readonly Token[];
}

/** What a table is made of. */
export interface TableParts {
  readonly columns: readonly ColumnText[];
  readonly constraints: readonly ConstraintText[];
  readonly strict: boolean;
  readonly withoutRowid: boolean;
}

/** A CREATE TABLE and its parts. */
export interface TableText extends Source, TableParts {
  /** The table's name. */
  readonly name: Span;
  /** From the opening to behind the closing parenthesis. */
  readonly body: Span;
}

/** The definition of a column. */
export interface ColumnText {
  /** What the spans are of. */
  readonly source: Source;
  readonly name: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly type: Span | null;
  readonly constraints: readonly ConstraintText[];
}

/** What a constraint says; to the grammar of SQLite, defaults and collations are constraints. */
export type ConstraintKind =
  | "primaryKey"
  | "notNull"
  | "null"
  | "unique"
  | "check"
  | "default"
  | "collate"
  | "foreignKey"
  | "generated";

/** A constraint of a column or of the table. */
export interface ConstraintText {
  /** What the span is of. */
  readonly source: Source;
  readonly kind: ConstraintKind;
  readonly name: string | null;
  readonly span: Span;
  /** What it lists, for a constraint of the table. */
  readonly columns: readonly string[];
}

/** The text of a part. */
export function textOf({ sql }: Source, { start, end }: Span): string {
  return sql.slice(start, end);
}
