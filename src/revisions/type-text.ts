import { take } from "./cursor.ts";
import { skipToken, skipTrivia, type TokenCursor } from "./tokens.ts";

/** Skip the type of a declaration, up to its `=`. */
export function skipAnnotation(cursor: TokenCursor): void {
  skipType(cursor, ({ sign }) => sign === "=");
}

/** Skip the type behind `as` or `satisfies`, to where the statement ends; true if that is the end of a line. */
export function skipAssertedType(cursor: TokenCursor): boolean {
  return skipType(
    cursor,
    ({ sign, newLine }) => ";,".includes(sign) || (newLine && !"|&.[<".includes(sign)),
  );
}

interface Place {
  readonly sign: string;
  readonly newLine: boolean;
}

function skipType(cursor: TokenCursor, ends: (place: Place) => boolean): boolean {
  let angles = 0;
  for (let isFirst = true; ; isFirst = false) {
    const newLine = skipTrivia(cursor) && !isFirst;
    const sign = cursor.text[cursor.at];
    if (sign === undefined) return newLine;
    if (take(cursor, /=>/y)) continue;
    if (angles === 0 && cursor.open.length === 0 && ends({ sign, newLine })) return newLine;
    if (sign === "<") angles++;
    if (sign === ">") angles--;
    skipToken(cursor);
  }
}
