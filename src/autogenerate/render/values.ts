/** Names, values and options, as a revision writes them. */
import {
  type Expression,
  isExpression,
  type Literal,
  type ObjectName,
  type Parameters,
} from "../../model/schema.ts";
import { type Code, type Members, string } from "./code.ts";

export function name(it: ObjectName): Code {
  if (typeof it === "string") return string(it);
  return {
    members: [
      ["schema", string(it.schema)],
      ["name", string(it.name)],
    ],
  };
}

export function strings(values: readonly string[]): Code {
  return { list: values.map(string) };
}

export function value(it: Literal | Expression): Code {
  return isExpression(it) ? { sql: it.sql } : literal(it);
}

function literal(it: Literal): Code {
  if (typeof it === "string") return string(it);
  if (typeof it === "bigint") return `${it}n`;
  if (typeof it === "number") return Object.is(it, -0) ? "-0" : String(it);
  if (it instanceof Date) return date(it);
  if (it instanceof Uint8Array) return { call: "Uint8Array.of", args: [...it].map(String) };
  return String(it);
}

function date(it: Date): Code {
  const time = it.getTime();
  return `new Date(${Number.isNaN(time) ? "NaN" : string(it.toISOString())})`;
}

export function parameters(it: Parameters): Code {
  const entries = Object.entries(it);
  return { members: entries.map(([key, value]) => [key, literal(value)] as const) };
}

type Option = Code | boolean | null | undefined;

/** The options that are given: false counts as not, as it says what is so anyway. */
export function options(given: Readonly<Record<string, Option>>): Members {
  const there = Object.entries(given).filter(([, it]) => it !== undefined && it !== false);
  return { members: there.map(([key, it]) => [key, plain(it ?? null)] as const) };
}

function plain(it: Code | boolean | null): Code {
  return typeof it === "boolean" || it === null ? String(it) : it;
}

/** `args` and, unless there are none, `given` behind them. */
export function withOptions(
  args: readonly Code[],
  given: Readonly<Record<string, Option>>,
): readonly Code[] {
  const last = options(given);
  return last.members.length > 0 ? [...args, last] : args;
}

export function text(it: string | undefined): Code | undefined {
  return it === undefined ? undefined : string(it);
}

export function sql(it: Expression | undefined): Code | undefined {
  return it && { sql: it.sql };
}
