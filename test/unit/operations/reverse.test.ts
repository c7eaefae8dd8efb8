/** What the laws do not show: which operations a reverse is made of, and what it says is lost. */
import { describe, expect, test } from "vitest";
import type { Schema, SchemaTable } from "../../../src/model/schema.ts";
import { apply, emptySchema } from "../../../src/operations/apply.ts";
import type { Operation, TableChange } from "../../../src/operations/operation.ts";
import { reverse } from "../../../src/operations/reverse.ts";

const text = { kind: "text" } as const;

const posts: SchemaTable = {
  name: "posts",
  columns: [
    { name: "id", type: { kind: "integer" }, notNull: true },
    {
      name: "slug",
      type: text,
      notNull: true,
      default: "none",
      collation: "C",
      comment: "its path",
    },
    { name: "title", type: text },
  ],
  constraints: [
    { kind: "primaryKey", name: "posts_pk", columns: ["id"] },
    { kind: "unique", name: "posts_slug", columns: ["slug"], include: ["title"] },
    { kind: "check", name: "posts_check", expression: { sql: "id > 0" }, notValid: true },
  ],
  indexes: [{ name: "posts_i", columns: [{ of: "title" }], include: ["slug"] }],
  policies: [{ name: "own", as: "permissive", for: "all", to: ["public"], using: { sql: "true" } }],
  rowSecurity: { enabled: true, forced: false },
  comment: "what is written",
};

const schema: Schema = {
  ...emptySchema,
  enums: [{ name: "mood", values: ["sad", "ok"] }],
  sequences: [{ name: "s", options: {} }],
  tables: [
    posts,
    {
      name: "moods",
      columns: [
        { name: "mood", type: { kind: "enum", name: "mood" }, default: "ok" },
        { name: "all", type: { kind: "array", of: { kind: "enum", name: "mood" }, dimensions: 1 } },
      ],
      constraints: [],
      indexes: [],
      policies: [],
      rowSecurity: { enabled: false, forced: false },
    },
  ],
  views: [
    { name: "v", definition: { sql: "SELECT 1" }, materialized: false },
    { name: "m", definition: { sql: "SELECT 1" }, materialized: true },
  ],
  grants: [
    {
      privileges: ["SELECT"],
      on: { table: "posts", columns: ["slug"] },
      to: ["app"],
      grantOption: false,
    },
    { privileges: ["ALL"], on: { table: "v" }, to: ["app"], grantOption: false },
  ],
};

function back(operation: Operation, before = schema) {
  const reversal = reverse(operation, before);
  if (reversal.kind === "irreversible") throw new Error(reversal.why);
  return reversal;
}

function alter(...changes: readonly TableChange[]): Operation {
  return { kind: "alterTable", table: "posts", changes };
}

describe("the reverse of", () => {
  test("dropTable makes all that belonged to the table", () => {
    const { operations, loses } = back({ kind: "dropTable", table: "posts", ifExists: false });
    const { indexes, policies, rowSecurity, constraints, ...table } = posts;
    expect(operations).toEqual([
      {
        kind: "createTable",
        table: { ...table, constraints: constraints.slice(0, 2) },
        options: { ifNotExists: false },
      },
      // A table that is made has no rows, so that PostgreSQL takes every constraint of it for valid.
      alter(
        ...constraints
          .slice(2)
          .map((constraint) => ({ kind: "addConstraint", constraint }) as const),
      ),
      {
        kind: "createIndex",
        table: "posts",
        index: indexes[0],
        concurrently: false,
        ifNotExists: false,
        only: false,
      },
      { kind: "createPolicy", table: "posts", policy: policies[0] },
      { kind: "rowSecurity", table: "posts", ...rowSecurity },
      { kind: "grant", grant: schema.grants[0] },
    ]);
    expect(loses).toEqual(["the rows of posts"]);
  });

  test("dropColumn puts it where it was, with what went along", () => {
    const { operations, loses } = back(alter({ kind: "dropColumn", name: "slug" }));
    expect(operations).toEqual([
      alter(
        { kind: "addColumn", column: posts.columns[1], place: { after: "id" } } as TableChange,
        { kind: "addConstraint", constraint: posts.constraints[1] } as TableChange,
      ),
      {
        kind: "createIndex",
        table: "posts",
        index: posts.indexes[0],
        concurrently: false,
        ifNotExists: false,
        only: false,
      },
      { kind: "grant", grant: schema.grants[0] },
    ]);
    expect(loses).toEqual(["the values of posts.slug"]);
  });

  test("changes of one table is one alterTable, the last change first", () => {
    const { operations } = back(
      alter(
        { kind: "renameColumn", from: "title", to: "heading" },
        { kind: "addColumn", column: { name: "body", type: text } },
        { kind: "dropColumn", name: "heading" },
      ),
    );
    expect(operations).toEqual([
      alter(
        { kind: "addColumn", column: { name: "heading", type: text }, place: { after: "slug" } },
        {
          kind: "addConstraint",
          constraint: { ...posts.constraints[1], include: ["heading"] },
        } as TableChange,
        { kind: "dropColumn", name: "body" },
        { kind: "renameColumn", from: "heading", to: "title" },
      ),
      {
        kind: "createIndex",
        table: "posts",
        index: posts.indexes[0],
        concurrently: false,
        ifNotExists: false,
        only: false,
      },
    ]);
  });

  test("alterColumn says the old default and collation again where the type changes", () => {
    const type = { kind: "varchar", length: 9 } as const;
    const { operations, loses } = back(
      alter({ kind: "alterColumn", name: "slug", to: { type, notNull: false } }),
    );
    expect(operations).toEqual([
      alter({
        kind: "alterColumn",
        name: "slug",
        to: { type: text, collation: "C", default: "none", notNull: true },
      }),
    ]);
    expect(loses).toEqual([
      "the values of posts.slug as they were, where the new type cannot hold them exactly",
    ]);
  });

  test("new values of a column is nothing, and they are lost", () => {
    const { operations, loses } = back(
      alter({ kind: "alterColumn", name: "title", to: { using: { sql: "lower(title)" } } }),
    );
    expect(operations).toEqual([]);
    expect(loses).toEqual(["the values of posts.title as they were"]);
  });

  test("a generated column that became a plain one is the generated one, made anew", () => {
    const generated = { as: { sql: "1" }, stored: true };
    const column = { name: "n", type: { kind: "integer" }, generated } as const;
    const before = apply(schema, alter({ kind: "addColumn", column, place: { before: "slug" } }));
    const { operations, loses } = back(
      alter({ kind: "alterColumn", name: "n", to: { generated: null } }),
      before,
    );
    expect(operations).toEqual([
      alter(
        { kind: "dropColumn", name: "n" },
        { kind: "addColumn", column, place: { after: "id" } },
      ),
    ]);
    expect(loses).toEqual([]);
  });

  test("a primary key leaves the columns nullable that were", () => {
    const bare = apply(schema, alter({ kind: "dropConstraint", name: "posts_pk" }));
    const constraint = { kind: "primaryKey", name: "pk", columns: ["title"] } as const;
    expect(back(alter({ kind: "addConstraint", constraint }), bare).operations).toEqual([
      alter(
        { kind: "dropConstraint", name: "pk" },
        { kind: "alterColumn", name: "title", to: { notNull: false } },
      ),
    ]);
  });

  test("validateConstraint adds the constraint unchecked", () => {
    expect(back(alter({ kind: "validateConstraint", name: "posts_check" })).operations).toEqual([
      alter({ kind: "dropConstraint", name: "posts_check" }, {
        kind: "addConstraint",
        constraint: posts.constraints[2],
      } as TableChange),
    ]);
    expect(back(alter({ kind: "validateConstraint", name: "posts_slug" })).operations).toEqual([]);
  });

  test("addEnumValue makes the type anew, with the columns that are of it", () => {
    const operation: Operation = {
      kind: "addEnumValue",
      name: "mood",
      value: "calm",
      ifNotExists: false,
    };
    const columns = [
      { table: "moods", column: "mood", array: false, default: "ok" },
      { table: "moods", column: "all", array: true },
    ];
    expect(back(operation).operations).toEqual([
      { kind: "alterEnum", name: "mood", values: ["sad", "ok"], columns, map: {} },
    ]);
  });

  test("alterEnum maps back what stood for one value", () => {
    const columns = [{ table: "moods", column: "mood", array: false }];
    const map = { sad: "blue", ok: "fine" };
    const { operations, loses } = back({
      kind: "alterEnum",
      name: "mood",
      values: ["blue", "fine"],
      columns,
      map,
    });
    expect(operations).toEqual([
      {
        kind: "alterEnum",
        name: "mood",
        values: ["sad", "ok"],
        columns: [{ ...columns[0], default: "ok" }],
        map: { blue: "sad", fine: "ok" },
      },
    ]);
    expect(loses).toEqual([]);
  });

  test("alterEnum does not tell apart what came together", () => {
    const { operations, loses } = back({
      kind: "alterEnum",
      name: "mood",
      values: ["ok"],
      columns: [],
      map: { sad: "ok" },
    });
    expect(operations).toEqual([
      { kind: "alterEnum", name: "mood", values: ["sad", "ok"], columns: [], map: {} },
    ]);
    expect(loses).toEqual(["which rows held the value sad of mood"]);
  });

  test("replacing a view makes the old one anew, with its privileges", () => {
    const view = { name: "v", definition: { sql: "SELECT 1, 2" }, materialized: false };
    expect(back({ kind: "createView", view, orReplace: true }).operations).toEqual([
      { kind: "dropView", name: "v", materialized: false, ifExists: false },
      { kind: "createView", view: schema.views[0], orReplace: false },
      { kind: "grant", grant: schema.grants[1] },
    ]);
  });

  test("alterSequence says what the server had set", () => {
    const operation: Operation = {
      kind: "alterSequence",
      name: "s",
      to: { increment: "-2", maxValue: "9" },
    };
    expect(back(operation).operations).toEqual([
      { ...operation, to: { increment: "1", maxValue: "9223372036854775807" } },
    ]);
  });

  test("alterPolicy makes the policy anew where ALTER POLICY cannot take something away", () => {
    const to = { withCheck: { sql: "false" } };
    expect(back({ kind: "alterPolicy", table: "posts", name: "own", to }).operations).toEqual([
      { kind: "dropPolicy", table: "posts", name: "own", ifExists: false },
      { kind: "createPolicy", table: "posts", policy: posts.policies[0] },
    ]);
    const using = { using: { sql: "false" } };
    expect(
      back({ kind: "alterPolicy", table: "posts", name: "own", to: using }).operations,
    ).toEqual([
      { kind: "alterPolicy", table: "posts", name: "own", to: { using: { sql: "true" } } },
    ]);
  });

  test("moveTable leads back to the default schema", () => {
    expect(back({ kind: "moveTable", table: "posts", to: "app" }).operations).toEqual([
      { kind: "moveTable", table: { schema: "app", name: "posts" }, to: "public" },
    ]);
  });

  test("revoke grants what was there, and nothing that was not", () => {
    const revoke = (privilege: string): Operation => ({
      kind: "revoke",
      grant: {
        privileges: [privilege],
        on: { table: "v" },
        to: ["app", "other"],
        grantOption: false,
      },
    });
    expect(back(revoke("SELECT")).operations).toEqual([{ kind: "grant", grant: schema.grants[1] }]);
  });

  test("what found its thing there, or did not, is nothing", () => {
    const operations: readonly Operation[] = [
      {
        kind: "createTable",
        table: { name: "posts", columns: [], constraints: [] },
        options: { ifNotExists: true },
      },
      { kind: "dropTable", table: "nothing", ifExists: true },
      { kind: "dropIndex", table: "posts", name: "nothing", concurrently: false, ifExists: true },
      { kind: "dropView", name: "nothing", materialized: false, ifExists: true },
      { kind: "addEnumValue", name: "mood", value: "ok", ifNotExists: true },
      { kind: "createSequence", sequence: { name: "s", options: {} }, ifNotExists: true },
      { kind: "refreshView", name: "m", concurrently: false },
      { kind: "alterTable", table: "posts", changes: [], recreate: "always" },
    ];
    for (const operation of operations) expect(back(operation).operations).toEqual([]);
  });

  test("what cannot be known is told", () => {
    const operations: readonly Operation[] = [
      { kind: "insert", table: "posts", rows: [] },
      { kind: "execute", sql: "UPDATE posts SET title = ''" },
      { kind: "run", what: "work", work: () => {} },
    ];
    expect(operations.map((operation) => reverse(operation, schema))).toEqual([
      { kind: "irreversible", why: "rows that were inserted cannot be told from others" },
      {
        kind: "irreversible",
        why: "what SQL does is not known; what undoes it has to be written by hand",
      },
      {
        kind: "irreversible",
        why: "what work does is not known; what undoes it has to be written by hand",
      },
    ]);
  });
});
