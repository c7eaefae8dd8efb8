/**
 * Whether a piece of SQL may speak of one of `names`: as a word, quoted or not. It may say yes where a string or another
 * table's column has the same name; then something is made anew that could have stayed, and no more.
 */
export function mentions(sql: string, names: readonly string[]): boolean {
  if (names.length === 0) return false;
  const words = new Set(sql.match(/"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu)?.map(unquoted));
  return names.some((name) => words.has(name) || words.has(name.toLowerCase()));
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word.toLowerCase();
}
