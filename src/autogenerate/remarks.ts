/** What a reader of a draft has to know before it runs: sentences that stand above an operation. */
import { displayName, type Schema } from "../model/schema.ts";
import { itemNamed } from "../operations/apply/lists.ts";
import { localName } from "../operations/apply/names.ts";
import type { Operation } from "../operations/operation.ts";
import { keyOf } from "./compare/pair.ts";

/**
 * A table that goes from one schema and comes in another may be one that moves. Nobody asked, so it is said: by operation.
 */
export function remarksOnMoves(operations: readonly Operation[]): readonly (readonly string[])[] {
  const names = operations.flatMap((it) => (it.kind === "createTable" ? [it.table.name] : []));
  // Of those that are called the same, the first one.
  const made = new Map(names.toReversed().map((name) => [localName(name), name]));
  return operations.map((operation) => {
    if (operation.kind !== "dropTable") return [];
    const { table } = operation;
    const twin = made.get(localName(table));
    if (twin === undefined) return [];
    const [from, to] = [displayName(table), displayName(twin)];
    const schema = JSON.stringify(typeof twin === "string" ? "public" : twin.schema);
    return [
      `${to} is made below: if ${from} is to move there with its rows, write op.moveTable(…, ${schema}) in the place of both`,
    ];
  });
}

/**
 * What a view loses that is only made anew: indexes on columns that it may no longer have, and what `notes` name of it, its
 * triggers.
 */
export function remarksOnViews(
  operations: readonly Operation[],
  { views }: Schema,
  notes: readonly { readonly object: string }[],
): readonly (readonly string[])[] {
  const made = new Set(
    operations.flatMap((it) => (it.kind === "createView" ? [keyOf(it.view.name)] : [])),
  );
  const indexed = new Set(
    operations.flatMap((it) => (it.kind === "createIndex" ? [it.index.name] : [])),
  );
  return operations.map((operation) => {
    if (operation.kind !== "dropView" || !made.has(keyOf(operation.name))) return [];
    const view = displayName(operation.name);
    const { indexes = [] } = itemNamed(views, operation.name) ?? {};
    const lost = indexes.filter(({ name }) => !indexed.has(name));
    const triggers = notes.filter((it) => it.object.startsWith(`${view}.`));
    const gone = [
      ...lost.map(({ name }) => `index ${name}`),
      ...triggers.map(({ object }) => object),
    ];
    return gone.map((it) => `LOSES ${it}, which goes along with ${view}: make it again below`);
  });
}

/** What rows that exist have against an operation, counted by the database. */
export interface Concern {
  readonly kind: string;
  readonly table: string;
  readonly what: string;
  readonly count: number;
}

/** `concern` in words. */
export function remarkOn({ kind, table, what, count }: Concern): string {
  const rows = `${count} row${count === 1 ? "" : "s"} of ${table}`;
  const says = sentences[kind];
  return says === undefined ? `look at ${rows} first` : says({ rows, what, table, count });
}

type Sentence = (it: Counted) => string;

interface Counted {
  readonly rows: string;
  readonly what: string;
  readonly table: string;
  readonly count: number;
}

const sentences: Readonly<Record<string, Sentence>> = {
  "rows lost": ({ rows }) => `LOSES DATA: ${rows} will be gone`,
  "values lost": ({ rows, what }) => `LOSES DATA: ${rows} have a value in ${what}`,
  "values changed": ({ rows, what }) =>
    `CHANGES DATA: ${what} of ${rows} is more than the new type holds, and is rounded or cut`,
  "value gone": ({ rows, what }) =>
    `FAILS as it is: ${rows} hold ${JSON.stringify(what)}. Say what becomes of it, { map: { … } }`,
  "no value": ({ rows, what }) =>
    `FAILS as it is: ${rows} have no value for ${what}. Give it a default, or say { backfill: sql\`…\` }`,
  nulls: ({ rows, what }) =>
    `FAILS as it is: ${what} is NULL in ${rows}. Say { backfill: sql\`…\` }, or correct them before`,
  unfit: ({ rows, what }) =>
    `FAILS as it is: ${what} of ${rows} does not convert. Say { using: sql\`…\` }, or correct them before`,
  "perhaps unfit": ({ rows, what }) =>
    `FAILS as it is: ${what} of some of ${rows} does not convert. Say { using: sql\`…\` }, or correct them before`,
  duplicates: ({ rows, what }) => `FAILS as it is: ${rows} share their values (${what})`,
  orphans: ({ rows, what }) => `FAILS as it is: ${rows} refer to nothing (${what})`,
  violations: ({ rows, what }) => `FAILS as it is: ${rows} do not satisfy ${what}`,
  rewrites: ({ what, ...of }) =>
    `SLOW: ${what} rewrites all of ${about(of)}, and nobody reads or writes it meanwhile`,
  "blocks writes": ({ what, ...of }) =>
    `SLOW: ${what} is built while nobody writes to ${about(of)}. See { concurrently: true }`,
  "reads all": ({ what, ...of }) =>
    `SLOW: ${what} is checked while nobody writes to ${about(of)}. See { notValid: true } and validateConstraint`,
};

/** Of big tables only the server's estimate is known. */
function about({ table, count }: Pick<Counted, "table" | "count">): string {
  return `${table} (about ${count} rows)`;
}
