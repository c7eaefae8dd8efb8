/** Contents in one way of writing them, so that they can be compared. */
import type { Contents } from "../support/contents.ts";

/** Texts in one way of writing them. The indexes of constraints have none, and are what the constraints say. */
export function shown({ schema, ...others }: Contents): Contents {
  const written = Object.entries(schema).filter(([, sql]) => sql !== null);
  return {
    ...others,
    schema: Object.fromEntries(written.map(([name, sql]) => [name, plain(sql ?? "")])),
  };
}

/** A definition without what SQLite itself writes in another way: blanks, quotes, and how it begins. */
export function plain(sql: string): string {
  return sql
    .replace(/^create table (?:if not exists )?/i, "CREATE TABLE ")
    .replace(/"([a-z_]\w*)"/gi, "$1")
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]|\*\/) ?/g, "$1")
    .trim();
}
