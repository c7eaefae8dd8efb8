import { type Position, positionAt } from "./position.ts";
import { SyntaxProblem } from "./problem.ts";

/** The value of a JSON file. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new SyntaxProblem(why, positionIn(why, text), cause);
  }
}

/** V8 says where it stopped in its message, except at the end of the text. */
function positionIn(why: string, text: string): Position {
  const index = /at position (\d+)/.exec(why)?.[1];
  return positionAt(text, index === undefined ? text.length : Number(index));
}
