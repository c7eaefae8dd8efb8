/** Who has which comment. */
import type { CommentRow } from "./object-questions.ts";

export type CommentOf = (
  catalogue: "pg_class" | "pg_constraint" | "pg_type" | "pg_policy",
  id: number,
  part?: number,
) => { readonly comment?: string };

/** Looks up comments; most objects have none. */
export function commentsOf(rows: readonly CommentRow[]): CommentOf {
  const texts = new Map(rows.map((row) => [`${row.catalogue} ${row.id} ${row.part}`, row.text]));
  if (texts.size === 0) return () => ({});
  return (catalogue, id, part = 0) => {
    const comment = texts.get(`${catalogue} ${id} ${part}`);
    return comment === undefined ? {} : { comment };
  };
}
