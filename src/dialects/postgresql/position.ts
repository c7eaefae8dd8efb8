/** Places in SQL. PostgreSQL counts characters from 1, JavaScript UTF-16 units from 0, and people lines and columns. */

/** The index in `text` of the place that a server's error names, or null. */
export function sourceIndex(text: string, failure: unknown): number | null {
  const position = positionOf(failure);
  if (position === null) return null;
  let index = 0;
  for (let seen = 1; seen < position && index < text.length; seen++) {
    index += (text.codePointAt(index) ?? 0) > 0xffff ? 2 : 1;
  }
  return index;
}

/** The place `index` of `text`, as the server would count it. */
export function sourcePosition(text: string, index: number | null): string | undefined {
  return index === null ? undefined : String([...text.slice(0, index)].length + 1);
}

/** "line 2, column 14" of `text`, or null where the error names no place. */
export function lineAndColumn(text: string, failure: unknown): string | null {
  const index = sourceIndex(text, failure);
  if (index === null) return null;
  const before = text.slice(0, index).split("\n");
  return `line ${before.length}, column ${[...(before.at(-1) ?? "")].length + 1}`;
}

function positionOf(failure: unknown): number | null {
  if (!(failure instanceof Error) || !("position" in failure)) return null;
  const position = Number(failure.position);
  return Number.isInteger(position) && position > 0 ? position : null;
}
