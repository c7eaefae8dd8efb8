/** Expressions: names, literals, calls, and operators with Python's precedence. */
import { type Cursor, Unreadable } from "./cursor.ts";
import type { Argument, Expression } from "./tree.ts";

/** The loosest first: https://docs.python.org/3/reference/expressions.html#operator-precedence */
const levels: readonly (readonly string[])[] = [
  ["or"],
  ["and"],
  ["==", "!=", "<", ">", "<=", ">=", "in", "is"],
  ["|"],
  ["^"],
  ["&"],
  ["<<", ">>"],
  ["+", "-"],
  ["*", "/", "//", "%", "@"],
];
const notLevel = 2;

/** Words that begin or go on with what is outside of the subset. */
const words = new Set(
  "if elif else for while try except finally raise assert del global lambda await async yield and or not in is import from with as def class return".split(
    " ",
  ),
);

/** Throws Unreadable. */
export function expression(cursor: Cursor): Expression {
  const found = binary(cursor, 0);
  if (["if", "for", ":="].some((text) => cursor.sees(text))) throw new Unreadable("a condition");
  return found;
}

/** An expression, or several with commas between them, which are a tuple. */
export function expressions(cursor: Cursor): Expression {
  const { from } = cursor.next;
  const first = expression(cursor);
  if (!cursor.sees(",")) return first;
  const items = [first];
  while (cursor.takes(",") && canBegin(cursor)) items.push(expression(cursor));
  return { kind: "list", items, from, to: cursor.end };
}

function canBegin(cursor: Cursor): boolean {
  const { kind, text } = cursor.next;
  return kind !== "newline" && kind !== "end" && !["=", ")", ":"].includes(text);
}

function binary(cursor: Cursor, level: number): Expression {
  const { from } = cursor.next;
  if (level === notLevel && cursor.takes("not")) {
    const of = binary(cursor, level);
    return { kind: "unary", operator: "not", of, from, to: cursor.end };
  }
  const operators = levels[level];
  if (operators === undefined) return unary(cursor);
  let left = binary(cursor, level + 1);
  for (let found = operator(cursor, operators); found; found = operator(cursor, operators)) {
    const right = binary(cursor, level + 1);
    left = { kind: "binary", operator: found, left, right, from, to: cursor.end };
  }
  return left;
}

function operator(cursor: Cursor, operators: readonly string[]): string | null {
  if (operators.includes("in") && cursor.takes("not")) {
    cursor.expect("in");
    return "not in";
  }
  const found = operators.find((text) => cursor.takes(text)) ?? null;
  return found === "is" && cursor.takes("not") ? "is not" : found;
}

function unary(cursor: Cursor): Expression {
  const { from } = cursor.next;
  const sign = ["-", "+", "~"].find((text) => cursor.takes(text));
  if (sign !== undefined)
    return { kind: "unary", operator: sign, of: unary(cursor), from, to: cursor.end };
  let found = atom(cursor);
  for (;;) {
    if (cursor.takes(".")) {
      const { text: name } = cursor.expectKind("name");
      found = { kind: "attribute", of: found, name, from, to: cursor.end };
    } else if (cursor.takes("(")) {
      const args = list(cursor, ")", argument);
      found = { kind: "call", of: found, args, from, to: cursor.end };
    } else if (cursor.sees("[") || cursor.sees("**")) {
      throw new Unreadable("a subscript or a power");
    } else {
      return found;
    }
  }
}

function argument(cursor: Cursor): Argument {
  const { place } = cursor;
  const { kind, text } = cursor.take();
  if (kind === "name" && cursor.takes("=")) return { name: text, value: expression(cursor) };
  cursor.return(place);
  return { name: null, value: expression(cursor) };
}

/** Up to `close`, with commas between. */
function list<Item>(cursor: Cursor, close: string, item: (cursor: Cursor) => Item): Item[] {
  const items: Item[] = [];
  while (!cursor.takes(close)) {
    items.push(item(cursor));
    if (!cursor.takes(",")) {
      cursor.expect(close);
      break;
    }
  }
  return items;
}

function atom(cursor: Cursor): Expression {
  const { kind, text, from, to } = cursor.take();
  switch (kind) {
    case "string":
      return strings(cursor, text, from);
    case "number":
      return { kind: "number", text: text.replaceAll("_", ""), from, to };
    case "name":
      return word(text, { from, to });
    case "operator":
      if (text === "(") return parenthesized(cursor, from);
      if (text === "[") {
        return { kind: "list", items: list(cursor, "]", expression), from, to: cursor.end };
      }
      if (text === "{") return braces(cursor, from);
      throw new Unreadable(text);
    default:
      throw new Unreadable(kind);
  }
}

/** Strings side by side are one. */
function strings(cursor: Cursor, first: string, from: number): Expression {
  let value = first;
  while (cursor.next.kind === "string") value += cursor.take().text;
  return { kind: "string", value, from, to: cursor.end };
}

const constants = new Map<string, boolean | null>([
  ["None", null],
  ["True", true],
  ["False", false],
]);

function word(name: string, place: { from: number; to: number }): Expression {
  const value = constants.get(name);
  if (value !== undefined) return { kind: "constant", value, ...place };
  if (words.has(name)) throw new Unreadable(name);
  return { kind: "name", name, ...place };
}

function parenthesized(cursor: Cursor, from: number): Expression {
  if (cursor.takes(")")) return { kind: "list", items: [], from, to: cursor.end };
  const inner = expressions(cursor);
  cursor.expect(")");
  return { ...inner, from, to: cursor.end };
}

function braces(cursor: Cursor, from: number): Expression {
  const entries: (readonly [Expression, Expression])[] = [];
  const items: Expression[] = [];
  list(cursor, "}", () => {
    const key = expression(cursor);
    if (cursor.takes(":")) entries.push([key, expression(cursor)]);
    else items.push(key);
  });
  if (items.length > 0) return { kind: "list", items, from, to: cursor.end };
  return { kind: "dict", entries, from, to: cursor.end };
}
