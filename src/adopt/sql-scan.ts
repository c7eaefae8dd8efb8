/** Looking for words of SQL without being misled by strings and comments. */

/** Strings, names, dollar quotes and comments, also one in another. A string without end reaches to the end of the text. */
const quoted =
  /\b[eE]'(?:[^'\\]|''|\\[\s\S])*(?:'|$)|'(?:[^']|'')*(?:'|$)|"(?:[^"]|"")*(?:"|$)|--[^\n]*|\/\*(?:(?!\/\*|\*\/)[\s\S]|\/\*(?:(?!\*\/)[\s\S])*\*\/)*\*\/|\/\*[\s\S]*?(?:\*\/|$)|\$((?:[A-Za-z_]\w*)?)\$[\s\S]*?(?:\$\1\$|$)/g;

/** `text` with blanks for all that is quoted or a comment; every line and place stays where it is. */
export function blanked(text: string): string {
  return text.replace(quoted, (part) => part.replace(/[^\n]/g, " "));
}

/** The same, with the names in double quotes left in. */
export function withNames(text: string): string {
  return text.replace(quoted, (part) =>
    part.startsWith('"') ? part : part.replace(/[^\n]/g, " "),
  );
}

/** `text` without the parts from `from` to `to`. */
export function without(
  text: string,
  parts: readonly { readonly from: number; readonly to: number }[],
): string {
  let left = "";
  let at = 0;
  for (const { from, to } of parts) {
    left += text.slice(at, from);
    at = to;
  }
  return left + text.slice(at);
}
