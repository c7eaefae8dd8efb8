/** The header that people write at the top of SQL files: `-- Author: Ada`. */
import { isoTime } from "../revisions/doc-comment.ts";

export interface CommentHeader {
  readonly description: string | null;
  readonly author: string | null;
  readonly date: string | null;
  readonly version: string | null;
  readonly depends: readonly string[];
}

/** What the leading comments of `text` say. */
export function commentHeader(text: string): CommentHeader {
  const fields = new Map<string, string>();
  for (const line of text.split("\n")) {
    if (line.trim() === "") continue;
    if (!line.trimStart().startsWith("--")) break;
    const [, key, value] = /^\s*--\s*([A-Za-z][A-Za-z ]*?)\s*:\s*(.*?)\s*$/.exec(line) ?? [];
    if (key === undefined || !value || fields.has(key.toLowerCase())) continue;
    fields.set(key.toLowerCase(), value);
  }
  const first = (...keys: string[]) => keys.flatMap((key) => fields.get(key) ?? [])[0] ?? null;
  return {
    description: first("description", "migration"),
    author: first("author"),
    date: isoTime(first("date", "created") ?? undefined),
    version: first("version"),
    depends: namesOf(first("depends", "depends on", "dependencies")),
  };
}

function namesOf(value: string | null): readonly string[] {
  if (value === null || /^(?:none|n\/a|-)$/i.test(value)) return [];
  return value
    .split(",")
    .map((name) => name.trim())
    .filter(Boolean);
}
