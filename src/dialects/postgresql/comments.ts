/** COMMENT ON, by itself and behind what makes something. https://www.postgresql.org/docs/current/sql-comment.html */
import type { CommentTarget } from "../../operations/kinds/objects.ts";
import { beside, qualified, quote, string, table } from "./write.ts";

/** Null takes the comment away. */
export function commentOn(target: CommentTarget, text: string | null): string {
  return `COMMENT ON ${bearer(target)} IS ${text === null ? "NULL" : string(text)}`;
}

/** The comments of what was just made, where it has any. */
export function comments(
  ...of: readonly (readonly [target: CommentTarget, text: string | null | undefined])[]
): readonly string[] {
  return of.flatMap(([target, text]) => (text === undefined ? [] : [commentOn(target, text)]));
}

function bearer(on: CommentTarget): string {
  if ("table" in on) return partOfTable(on);
  if ("view" in on)
    return `${on.materialized ? "MATERIALIZED VIEW" : "VIEW"} ${qualified(on.view)}`;
  if ("enum" in on) return `TYPE ${qualified(on.enum)}`;
  if ("sequence" in on) return `SEQUENCE ${qualified(on.sequence)}`;
  if ("schema" in on) return `SCHEMA ${quote(on.schema)}`;
  if ("extension" in on) return `EXTENSION ${quote(on.extension)}`;
  return `ROLE ${quote(on.role)}`;
}

function partOfTable(on: Extract<CommentTarget, { table: unknown }>): string {
  if ("column" in on) return `COLUMN ${table(on.table)}.${quote(on.column)}`;
  if ("constraint" in on) return `CONSTRAINT ${quote(on.constraint)} ON ${table(on.table)}`;
  if ("index" in on) return `INDEX ${qualified(beside(on.table, on.index))}`;
  if ("policy" in on) return `POLICY ${quote(on.policy)} ON ${table(on.table)}`;
  return `TABLE ${table(on.table)}`;
}
