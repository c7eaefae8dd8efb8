/** A place in a text, as people count: both start at 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** The place of the character at `index`. */
export function positionAt(text: string, index: number): Position {
  const lines = text.slice(0, index).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) ?? "").length + 1 };
}

/** The index of the character at `byte` of the text in UTF-8, which is how oxc counts. */
export function byteToIndex(text: string, byte: number): number {
  return Buffer.from(text).subarray(0, byte).toString().length;
}
