/** What an operation costs does not depend on how many tables there are: counted in names that are read, not in time. */
import { describe, expect, test } from "vitest";
import type { Schema, SchemaTable, Table } from "../../../src/model/schema.ts";
import { apply } from "../../../src/operations/apply.ts";
import { describeDifferences } from "../../../src/operations/describe/differences.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { reverse } from "../../../src/operations/reverse.ts";
import { counted, numbers, tableName } from "../../support/counted.ts";

const integer = { kind: "integer" } as const;
const only = { concurrently: false, ifNotExists: false, only: false };
const ifExists = { concurrently: false, ifExists: false };

function bare(name: string): Table {
  const id = { name: "id", type: integer, notNull: true };
  return { name, columns: [id, { name: "title", type: { kind: "text" } }], constraints: [] };
}

function table(at: number): SchemaTable {
  const rest = { indexes: [], policies: [], rowSecurity: { enabled: false, forced: false } };
  return { ...bare(tableName(at)), ...rest };
}

/** Whoever looks for a table from the start of a list passes all others. */
const backwards = (count: number) => numbers(count).toReversed();

/** An operation for each of `count` tables. */
const drafts: Readonly<Record<string, (at: number) => Operation>> = {
  createTable: (at) => ({
    kind: "createTable",
    table: bare(`new${at}`),
    options: { ifNotExists: false },
  }),
  dropTable: (at) => ({ kind: "dropTable", table: tableName(at), ifExists: true }),
  alterTable: (at) => ({
    kind: "alterTable",
    table: tableName(at),
    changes: [{ kind: "addColumn", column: { name: "note", type: { kind: "text" } } }],
  }),
  createIndex: (at) => ({
    kind: "createIndex",
    table: tableName(at),
    index: { name: `${tableName(at)}_title`, columns: [{ of: "title" }] },
    ...only,
  }),
  dropIndex: (at) => ({
    kind: "dropIndex",
    table: tableName(at),
    name: "none",
    ...ifExists,
    ifExists: true,
  }),
  comment: (at) => ({ kind: "comment", on: { table: tableName(at) }, text: "said" }),
  createView: (at) => ({
    kind: "createView",
    view: { name: `v${at}`, definition: { sql: "SELECT 1" }, materialized: true },
    orReplace: false,
  }),
  rowSecurity: (at) => ({ kind: "rowSecurity", table: tableName(at), enabled: true }),
};

/** How many names are read for each of `count` tables when each has its operation. */
function readsEach(count: number, run: (schema: Schema, at: number) => Schema): number {
  const { schema, reads } = counted(count, table);
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
    const { schema, reads } = counted(count, table);
    const operations = Object.values(drafts).flatMap((make) => backwards(count).map(make));
    const lasting = operations.filter(({ kind }) => kind !== "dropTable");
    describeDifferences(lasting, schema);
    return reads() / count;
  };
  expect(each(600)).toBeLessThanOrEqual(each(60) + 1);
});
