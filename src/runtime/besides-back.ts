/** Functions and triggers on a way back: what came goes, what went comes, what was replaced is what it was. */
import type { Drafted } from "../autogenerate/render/render.ts";
import type { Besides } from "../dialects/reflection.ts";

export interface BesidesBack {
  /** Before the schema is changed back, which may need the functions and is not to fire the triggers. */
  readonly first: readonly Drafted[];
  /** After it: the tables are there again, and nothing needs the functions any more. */
  readonly last: readonly Drafted[];
}

/** What leads from `after` back to `before`. */
export function besidesBack(before: readonly Besides[], after: readonly Besides[]): BesidesBack {
  const came = without(after, before);
  const went = without(before, after);
  // A function may be in use, so that it is replaced and never dropped where its signature stays.
  const stays = new Set(went.filter(isFunction).map(({ remove }) => remove));
  return {
    first: [
      ...went.filter(isFunction).map(make),
      ...came.filter((it) => !isFunction(it)).map(drop),
    ],
    last: [
      ...came.filter((it) => isFunction(it) && !stays.has(it.remove)).map(drop),
      ...went.filter((it) => !isFunction(it)).map(make),
    ],
  };
}

/** One line for each that `one` and `other` do not share. */
export function besidesApart(
  one: readonly Besides[],
  other: readonly Besides[],
): readonly string[] {
  const apart = [...without(one, other), ...without(other, one)];
  return [...new Set(apart.map(({ kind, name }) => `~ ${kind} ${name}`))];
}

function without(all: readonly Besides[], others: readonly Besides[]): readonly Besides[] {
  const known = new Set(others.map(({ sql }) => sql));
  return all.filter(({ sql }) => !known.has(sql));
}

function isFunction({ kind }: Besides): boolean {
  return kind !== "trigger";
}

function make({ sql }: Besides): Drafted {
  return { operation: { kind: "execute", sql }, remarks: [] };
}

function drop({ remove }: Besides): Drafted {
  return { operation: { kind: "execute", sql: remove }, remarks: [] };
}
