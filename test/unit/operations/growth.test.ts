/** What an operation costs does not depend on how many tables there are: counted in names that are read, not in time. */
import { describe, expect, test } from "vitest";
import type { Schema, SchemaTable, Table } from "../../../src/model/schema.ts";
import { apply, emptySchema } from "../../../src/operations/apply.ts";
import { describeDifferences } from "../../../src/operations/describe/differences.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { reverse } from "../../../src/operations/reverse.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);
/** Whoever looks for a table from the start of a list passes all others. */
const backwards = (count: number) => numbers(count).reverse();
const integer = { kind: "integer" } as const;
const only = { concurrently: false, ifNotExists: false, only: false };
const ifExists = { concurrently: false, ifExists: false };

function bare(name: string): Table {
  const id = { name: "id", type: integer, notNull: true };
  return { name, columns: [id, { name: "title", type: { kind: "text" } }], constraints: [] };
}

/** A schema of `count` tables that count how often somebody asks one of them for its name. */
function counted(count: number): { readonly schema: Schema; readonly reads: () => number } {
  let reads = 0;
  const tables = numbers(count).map((at): SchemaTable => {
    const rest = { indexes: [], policies: [], rowSecurity: { enabled: false, forced: false } };
    return Object.defineProperty({ ...bare(""), ...rest }, "name", {
      enumerable: true,
      get: () => {
        reads += 1;
        return `t${at}`;
      },
    });
  });
  return { schema: { ...emptySchema, tables }, reads: () => reads };
}

/** An operation for each of `count` tables. */
const drafts: Readonly<Record<string, (at: number) => Operation>> = {
  createTable: (at) => ({
    kind: "createTable",
    table: bare(`new${at}`),
    options: { ifNotExists: false },
  }),
  dropTable: (at) => ({ kind: "dropTable", table: `t${at}`, ifExists: true }),
  alterTable: (at) => ({
    kind: "alterTable",
    table: `t${at}`,
    changes: [{ kind: "addColumn", column: { name: "note", type: { kind: "text" } } }],
  }),
  createIndex: (at) => ({
    kind: "createIndex",
    table: `t${at}`,
    index: { name: `t${at}_title`, columns: [{ of: "title" }] },
    ...only,
  }),
  dropIndex: (at) => ({
    kind: "dropIndex",
    table: `t${at}`,
    name: "none",
    ...ifExists,
    ifExists: true,
  }),
  comment: (at) => ({ kind: "comment", on: { table: `t${at}` }, text: "said" }),
  createView: (at) => ({
    kind: "createView",
    view: { name: `v${at}`, definition: { sql: "SELECT 1" }, materialized: true },
    orReplace: false,
  }),
  rowSecurity: (at) => ({ kind: "rowSecurity", table: `t${at}`, enabled: true }),
};

/** How many names are read for each of `count` tables when each has its operation. */
function readsEach(count: number, run: (schema: Schema, at: number) => Schema): number {
  const { schema, reads } = counted(count);
  backwards(count).reduce(run, schema);
  return reads() / count;
}

describe.each(Object.entries(drafts))("%s, an operation for each table", (_, operation) => {
  test("is applied", () => {
    const each = (count: number) => readsEach(count, (so, at) => apply(so, operation(at)));
    expect(each(600)).toBeLessThanOrEqual(each(60) + 1);
  });

  test("is undone", () => {
    const each = (count: number) =>
      readsEach(count, (so, at) => {
        const it = operation(at);
        const after = apply(so, it);
        const back = reverse(it, so);
        if (back.kind === "reversible") back.operations.reduce(apply, after);
        return after;
      });
    expect(each(600)).toBeLessThanOrEqual(each(60) + 1);
  });
});

test("differences are said", () => {
  const each = (count: number) => {
    const { schema, reads } = counted(count);
    const operations = Object.values(drafts).flatMap((make) => backwards(count).map(make));
    const lasting = operations.filter(({ kind }) => kind !== "dropTable");
    describeDifferences(lasting, schema);
    return reads() / count;
  };
  expect(each(600)).toBeLessThanOrEqual(each(60) + 1);
});
