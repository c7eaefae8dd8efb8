import { take } from "./cursor.ts";
import { skipTrivia, type TokenCursor } from "./tokens.ts";

/** What the header of a revision may say, if not always in the right place. */
export type Literal = Scalar | readonly Scalar[];
type Scalar = string | number | boolean | null | undefined;

const word = /(?:null|undefined|true|false|void 0)(?![\w$])/y;
const words = new Map<string, Scalar>([
  ["null", null],
  ["true", true],
  ["false", false],
]);
const number = /-?(?:\d[\w.]*|\.\d\w*)/y;
const string =
  /"([^"\\\n\r]*(?:\\(?:\r\n|[\s\S])[^"\\\n\r]*)*)"|'([^'\\\n\r]*(?:\\(?:\r\n|[\s\S])[^'\\\n\r]*)*)'|`([^`\\$]*(?:(?:\\[\s\S]|\$(?!\{))[^`\\$]*)*)`/y;

/** Read a literal behind the cursor: a string, number, word, or an array of these. Null if it is anything else. */
export function readLiteral(cursor: TokenCursor): { readonly value: Literal } | null {
  skipTrivia(cursor);
  return cursor.text[cursor.at] === "[" ? readArray(cursor) : readScalar(cursor);
}

function readArray(cursor: TokenCursor): { readonly value: readonly Scalar[] } | null {
  const values: Scalar[] = [];
  do {
    cursor.at++;
    skipTrivia(cursor);
    if (cursor.text[cursor.at] === "]") break;
    const element = readScalar(cursor);
    if (!element) return null;
    values.push(element.value);
    skipTrivia(cursor);
  } while (cursor.text[cursor.at] === ",");
  if (cursor.text[cursor.at] !== "]") return null;
  cursor.at++;
  return { value: values };
}

function readScalar(cursor: TokenCursor): { readonly value: Scalar } | null {
  const text = take(cursor, string);
  if (text) return { value: unescaped(text[1] ?? text[2] ?? text[3] ?? "") };
  const spelled = take(cursor, word)?.[0];
  if (spelled !== undefined) return { value: words.get(spelled) };
  const digits = take(cursor, number)?.[0];
  return digits === undefined ? null : { value: Number(digits) };
}

const controls = new Map([
  ["n", "\n"],
  ["r", "\r"],
  ["t", "\t"],
  ["b", "\b"],
  ["f", "\f"],
  ["v", "\v"],
  ["0", "\0"],
]);

function unescaped(text: string): string {
  if (!text.includes("\\")) return text;
  const sequence =
    /\\(?:u\{(0*(?:10|[\da-fA-F])?[\da-fA-F]{1,4})\}|u([\da-fA-F]{4})|x([\da-fA-F]{2})|(\r\n|[\s\S]))/g;
  return text.replace(sequence, (_, long, short, byte, character: string) => {
    const code: string | undefined = long ?? short ?? byte;
    if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
    return /[\r\n]/.test(character) ? "" : (controls.get(character) ?? character);
  });
}
