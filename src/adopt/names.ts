/** Names of old files as ids and messages. */
import { createHash } from "node:crypto";
import { fail } from "../errors.ts";
import { targetWords } from "../revisions/revision.ts";
import type { OldRevision } from "./system.ts";

/** `name` as a revision id: what an id cannot hold becomes `_`. */
export function idOf(name: string): string {
  const id = name.replace(/\W/g, "_");
  if (id.length > 128)
    return `${id.slice(0, 115)}_${createHash("sha256").update(name).digest("hex").slice(0, 12)}`;
  return targetWords.includes(id) ? `${id}_` : id;
}

/** `create_users_table` as words. */
export function wordsOf(slug: string): string {
  return slug.replace(/[_-]+/g, " ").trim();
}

/** One line, as a header holds it. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Refuse two files that would become one revision. Throws IMPORT_SAME_ID. */
export function refuseTwins(revisions: readonly OldRevision[]): void {
  const first = new Map<string, string>();
  for (const { id, from } of revisions) {
    const other = first.get(id);
    if (other !== undefined) fail("IMPORT_SAME_ID", { revision: id, files: [other, from] });
    first.set(id, from);
  }
}

/** The ids before each of `ids`, in a history that is a line. */
export function line(ids: readonly string[]): (index: number) => readonly string[] {
  return (index) => ids.slice(Math.max(index - 1, 0), index);
}
