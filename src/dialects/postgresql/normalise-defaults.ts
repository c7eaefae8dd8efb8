/** The common forms of defaults, told apart without asking the server. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Expression, Literal } from "../../model/schema.ts";
import { sameText, type Word, wordsOf } from "./expression.ts";
import { typeFrom } from "./type-from.ts";
import { typeText } from "./types.ts";
import { value } from "./write.ts";

/** True when `wanted` is surely what the server spells as `sql` for a column of `type`. */
export function sameDefault(wanted: Literal | Expression, sql: string, type: ColumnType): boolean {
  const text = value(wanted);
  const pairs = known.get(type) ?? new Map<string, boolean>();
  const pair = `${text}\0${sql}`;
  const same = pairs.get(pair) ?? saySame(text, sql, type);
  known.set(type, pairs.set(pair, same));
  return same;
}

/** Schemas say the same few defaults over and over. */
const known = new WeakMap<ColumnType, Map<string, boolean>>();

function saySame(text: string, sql: string, type: ColumnType): boolean {
  if (sameText(text, sql)) return true;
  const [a, b] = [constant(text, type), constant(sql, type)];
  return a !== null && b !== null && a.text === b.text && (a.kind === b.kind || isNumber(type));
}

interface Constant {
  readonly kind: "string" | "bare";
  readonly text: string;
}

/** One literal, perhaps with a cast to the column's own type: `'light'::character varying`. */
function constant(sql: string, type: ColumnType): Constant | null {
  const words = wordsOf(sql);
  const cast = words.findIndex(({ text }, at) => text === ":" && words[at + 1]?.text === ":");
  const value = cast < 0 ? words : words.slice(0, cast);
  const to = words
    .slice(cast + 2)
    .map(({ text }) => text)
    .join(" ");
  return cast >= 0 && !isOf(to, type) ? null : literalOf(value);
}

function literalOf([first, second, third]: readonly Word[]): Constant | null {
  if (first === undefined || third !== undefined) return null;
  if (second !== undefined)
    return first.text === "-" && isDigits(second)
      ? { kind: "bare", text: `-${second.text}` }
      : null;
  if (first.text.startsWith("'")) return { kind: "string", text: first.text.slice(1, -1) };
  return isDigits(first) ? { kind: "bare", text: first.text } : null;
}

function isDigits({ text }: Word): boolean {
  return /^\d+(?:\.\d+)?$/.test(text);
}

/** Where the value is a number, `'0'` and `0` are one. */
function isNumber({ kind }: ColumnType): boolean {
  return ["smallint", "integer", "bigint", "numeric"].includes(kind);
}

/** True when a cast to `text` is one to `type`, whatever its size: that is applied all the same. */
function isOf(text: string, type: ColumnType): boolean {
  if (type.kind === "array") {
    const of = typeFrom(text);
    return of.kind === "array" && isOf(typeText(of.of), type.of);
  }
  if (type.kind === "enum") return sameText(text, typeText(type));
  const cast = typeFrom(text);
  if (cast.kind !== "raw" || type.kind !== "raw") return cast.kind === type.kind;
  return cast.postgresql === type.postgresql;
}
