/** How alike two things are, from 0 to 1: so that a rename is asked about, and not taken for a drop and an addition. */
import type { Column, SchemaTable } from "../../model/schema.ts";
import { same } from "../compare/pair.ts";

/** The share of pairs of letters that two names have in common. https://en.wikipedia.org/wiki/Dice-S%C3%B8rensen_coefficient */
export function namesAlike(one: string, other: string): number {
  const [left, right] = [letterPairs(one), letterPairs(other)];
  if (left.length === 0 || right.length === 0) return one === other ? 1 : 0;
  const free = [...right];
  const common = left.filter((it) => {
    const at = free.indexOf(it);
    if (at >= 0) free.splice(at, 1);
    return at >= 0;
  });
  return (2 * common.length) / (left.length + right.length);
}

function letterPairs(name: string): readonly string[] {
  const letters = name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
  return Array.from({ length: Math.max(0, letters.length - 1) }, (_, at) =>
    letters.slice(at, at + 2),
  );
}

/** Tables are alike by their columns. */
export function tablesAlike(one: SchemaTable, other: SchemaTable): number {
  const types = new Map(other.columns.map(({ name, type }) => [name, type]));
  const common = one.columns.filter(
    ({ name, type }) => types.has(name) && same(types.get(name), type),
  );
  const most = Math.max(one.columns.length, other.columns.length, 1);
  return common.length / most;
}

/** Columns of one type are alike, and more so by their names; columns of two types only by their names. */
export function columnsAlike(one: Column, other: Column): number {
  const names = namesAlike(one.name, other.name);
  return same(one.type, other.type) ? 0.5 + names / 2 : names / 2;
}

/** How many of the values both have. */
export function valuesAlike(one: readonly string[], other: readonly string[]): number {
  const common = one.filter((value) => other.includes(value));
  return common.length / Math.max(one.length, other.length, 1);
}
