/** Names as the server keeps them. */

/** NAMEDATALEN - 1: https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS */
const nameLimit = 63;

/** `name` cut off as the server cuts it off without an error: by bytes, between two characters. */
export function truncated(name: string): string {
  if (name.length * 3 <= nameLimit || Buffer.byteLength(name) <= nameLimit) return name;
  let end = 0;
  let bytes = 0;
  for (const character of name) {
    bytes += Buffer.byteLength(character);
    if (bytes > nameLimit) break;
    end += character.length;
  }
  return name.slice(0, end);
}
