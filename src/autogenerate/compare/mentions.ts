/** Whether a piece of SQL may speak of something. */
import type { ObjectName } from "../../model/schema.ts";
import { localName } from "../../operations/apply/names.ts";

/**
 * Of one of `names`: as a word, quoted or not. It may say yes where a string or another table's column has the same name;
 * then something is made anew that could have stayed, and no more.
 */
export function mentions(sql: string, names: readonly string[]): boolean {
  return names.length > 0 && areAmong(wordsOf(sql), names);
}

/** The words of a piece of SQL, where they are to be looked at more than once. */
export function wordsOf(sql: string): ReadonlySet<string> {
  return new Set(sql.match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu)?.map(unquoted));
}

/** Whether one of `names` is among `words`. */
export function areAmong(words: ReadonlySet<string>, names: readonly string[]): boolean {
  return names.some((name) => words.has(name) || words.has(name.toLowerCase()));
}

/** The names in a piece of SQL, in small letters, each with the one before its dot where there is one: `a.b.c` is a.b and b.c. */
export function pathsOf(sql: string): ReadonlySet<string> {
  const paths = new Set<string>();
  let before: string | null = null;
  for (const [, word = "", dot] of sql.matchAll(
    /('(?:[^']|'')*'|"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*)(\s*\.)?/gu,
  )) {
    if (word.startsWith("'")) continue;
    const name = unquoted(word).toLowerCase();
    if (before !== null) paths.add(pathOf(before, name));
    else if (dot === undefined) paths.add(name);
    before = dot === undefined ? null : name;
  }
  return paths;
}

export function pathOf(schema: string, name: string): string {
  return JSON.stringify([schema.toLowerCase(), name.toLowerCase()]);
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase();
}

/** Of a value of one of `types`, as PostgreSQL spells it: `'new'::app.state`. */
export function casts(sql: string, types: readonly ObjectName[]): boolean {
  if (types.length === 0) return false;
  const to = sql.matchAll(
    /::\s*(?:(?:"(?:[^"]|"")+"|[\p{L}\p{N}_$]+)\.)?("(?:[^"]|"")+"|[\p{L}\p{N}_$]+)/gu,
  );
  const names = new Set([...to].map(([, name = ""]) => unquoted(name)));
  return types.some((type) => names.has(localName(type)));
}
