import { fail } from "../errors.ts";
import { failToParse, locationOf, take } from "./cursor.ts";
import { readDoc } from "./doc-comment.ts";
import { readUsualHeader } from "./header-usual.ts";
import { type Header, type HeaderName, type HeaderValues, headerNames } from "./header-values.ts";
import { readLiteral } from "./literal.ts";
import { skipToken, skipTrivia, startOfModule, type TokenCursor } from "./tokens.ts";
import { skipAnnotation, skipAssertedType } from "./type-text.ts";

const names = headerNames.join("|");
const declaration = new RegExp(
  `(?:export\\s+(?:const|let|var)\\s+|(?:module\\s*\\.\\s*)?exports\\s*\\.\\s*)(${names})(?![\\w$])`,
  "y",
);
const nextDeclarator = new RegExp(`,\\s*(${names})(?![\\w$])`, "y");
/** Imports are most of what stands before a header: one match instead of a token for each word. */
const importStatement = /import\s[^"'`;/()]*(?:"[^"\n\r]*"|'[^'\n\r]*')/y;
/** What tsc puts at the top of a CommonJS file, before the values. */
const unset = /(?:exports\s*\.\s*[\w$]+\s*=\s*)+(?:void 0|undefined)\s*;/y;
/** What would carry an expression on behind a literal, even on the next line. */
const continuation = /[-+*/%.?([`<>=&|^]|(?:in|instanceof)\b/y;

/**
 * The header of a TypeScript or JavaScript file, read without running it: only what stands at the top level counts,
 * nothing in a comment, string or function. Throws HEADER_NOT_LITERAL, HEADER_INVALID and FILE_DOES_NOT_PARSE.
 */
export function readModuleHeader(file: string, text: string): Header {
  return readUsualHeader(text) ?? readAnyHeader(file, text);
}

/** The same for every way of writing one, token by token. */
export function readAnyHeader(file: string, text: string): Header {
  const cursor = startOfModule(file, text);
  const values: HeaderValues = {};
  let end = text.length;
  while (cursor.at < end) {
    skipTrivia(cursor);
    if (cursor.at >= end) break;
    if (!readStatement(cursor, values)) skipToken(cursor);
    else if (isComplete(values)) end = Math.min(end, endOfNames(cursor, values));
  }
  const [unclosed] = cursor.open;
  if (unclosed && !isComplete(values)) failToParse(cursor, "this bracket has no end", unclosed.at);
  return { values, ...readDoc(cursor.doc) };
}

function isComplete(values: HeaderValues): boolean {
  return values.revision !== undefined && values.downRevision !== undefined;
}

/** A header stands at the top: the rest of a file is read only as far as it holds the name of a value not seen yet. */
function endOfNames({ text, at }: TokenCursor, values: HeaderValues): number {
  const left = headerNames.filter((name) => !values[name] && text.includes(name, at));
  return Math.max(at, ...left.map((name) => text.lastIndexOf(name)));
}

function readStatement(cursor: TokenCursor, values: HeaderValues): boolean {
  if (cursor.open.length > 0 || /[\w$.]/.test(cursor.text[cursor.at - 1] ?? "")) return false;
  if (take(cursor, importStatement) || take(cursor, unset)) return true;
  const from = cursor.at;
  let name = takeName(cursor, declaration);
  while (name) {
    readValue(cursor, name, values);
    name = takeName(cursor, nextDeclarator);
  }
  return cursor.at > from;
}

function takeName(cursor: TokenCursor, pattern: RegExp): HeaderName | undefined {
  const found = take(cursor, pattern)?.[1];
  return headerNames.find((name) => name === found);
}

function readValue(cursor: TokenCursor, name: HeaderName, values: HeaderValues): void {
  const at = cursor.at - name.length;
  skipTrivia(cursor);
  if (take(cursor, /:/y)) skipAnnotation(cursor);
  skipTrivia(cursor);
  if (!take(cursor, /=(?!=)/y)) return;
  const literal = readLiteral(cursor);
  if (!literal || !isWhole(cursor)) failNotLiteral(cursor, name, at);
  if (values[name]) {
    fail("HEADER_INVALID", { name, why: "is there twice" }, { location: locationOf(cursor, at) });
  }
  // A doc comment further down belongs to something else.
  cursor.doc ??= "";
  values[name] = { name, value: literal.value, at };
}

/** True if nothing but types follows the literal, to the end of the statement. */
function isWhole(cursor: TokenCursor): boolean {
  let newLine = skipTrivia(cursor);
  while (take(cursor, /(?:as|satisfies)\b/y)) newLine = skipAssertedType(cursor);
  const next = cursor.text[cursor.at];
  if (newLine) {
    continuation.lastIndex = cursor.at;
    return !continuation.test(cursor.text);
  }
  return next === undefined || next === ";" || next === ",";
}

function failNotLiteral(cursor: TokenCursor, name: HeaderName, at: number): never {
  // A string or an array without an end is no computed value; skipping what is there tells them apart.
  if (cursor.at < cursor.text.length) skipToken(cursor);
  else failToParse(cursor, `\`${name}\` has no end`, at);
  fail("HEADER_NOT_LITERAL", { name }, { location: locationOf(cursor, at) });
}
