/** What a draft says of the rows that are there: what is lost, and why it would fail, with counts. */
import { describe, expect, test } from "vitest";
import { remarkOn, remarksOnMoves, remarksOnViews } from "../../src/autogenerate/remarks.ts";
import { emptySchema } from "../../src/model/empty-schema.ts";
import type { Constraint, Schema } from "../../src/model/schema.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { attempt, draft, type Place, reflected } from "../support/converge/converge.ts";
import { onPostgres, onSqlite } from "../support/converge/places.ts";
import {
  check,
  column,
  id,
  index,
  key,
  reference,
  schema,
  table,
  unique,
  varchar,
} from "../support/converge/tables.ts";
import { forEachServer } from "../support/postgres/database.ts";

type On = (work: (place: Place) => Promise<readonly string[]>) => Promise<readonly string[]>;

interface Told {
  readonly from: Schema;
  readonly rows: string;
  readonly to: Schema;
  readonly renames?: boolean;
}

/** The remarks above the draft, one by one. */
const told =
  ({ from, rows, to, renames = false }: Told) =>
  async (place: Place): Promise<readonly string[]> => {
    const { dialect, connection } = place;
    const creation = await draft(place, emptySchema, from);
    expect(await attempt(place, "creating", creation.operations)).toBe(null);
    for (const sql of rows.split(";")) await connection.run(sql);
    const current = await reflected(place);
    const { operations } = await draft(place, current, to, { renames });
    const concerns = await dialect.concerns(operations, current, connection);
    return concerns.flat().map(remarkOn);
  };

const people = (columns: Parameters<typeof table>[1], parts: Parameters<typeof table>[2] = []) =>
  schema([table("people", [id, ...columns], [key(["id"], "people_pkey"), ...parts])]);
const name = column("name");
const three = "INSERT INTO people (id, name) VALUES (1, 'ann'), (2, 'ann'), (3, NULL)";

const common: Readonly<Record<string, Told & { readonly says: readonly string[] }>> = {
  "a column that goes": {
    from: people([name]),
    rows: three,
    to: people([]),
    says: ["LOSES DATA: 2 rows of people have a value in name"],
  },
  "a table that goes": {
    from: schema([...people([name]).tables, table("u", [id])]),
    rows: "INSERT INTO u VALUES (1)",
    to: people([name]),
    says: ["LOSES DATA: 1 row of u will be gone"],
  },
  "NOT NULL over NULLs": {
    from: people([name]),
    rows: three,
    to: people([{ ...name, notNull: true }]),
    says: [
      "FAILS as it is: name is NULL in 1 row of people. Say { backfill: sql`…` }, or correct them before",
    ],
  },
  "a column that has to have a value": {
    from: people([name]),
    rows: three,
    to: people([name, column("born", "text", { notNull: true })]),
    says: [
      "FAILS as it is: 3 rows of people have no value for born. Give it a default, or say { backfill: sql`…` }",
    ],
  },
  "a key that has to have a value": {
    from: schema([table("people", [name])]),
    rows: "INSERT INTO people (name) VALUES ('ann'), (NULL)",
    to: schema([table("people", [name, id], [key(["id"], "people_pkey")])]),
    says: [
      "FAILS as it is: 2 rows of people have no value for id. Give it a default, or say { backfill: sql`…` }",
    ],
  },
  "a unique over duplicates": {
    from: people([name]),
    rows: three,
    to: people([name], [unique("people_name", ["name"])]),
    says: ["FAILS as it is: 2 rows of people share their values (people_name)"],
  },
  "a unique index over duplicates": {
    from: people([name]),
    rows: three,
    to: people([name], [index("people_name", [{ sql: `lower("name")` }], { unique: true })]),
    says: ["FAILS as it is: 2 rows of people share their values (people_name)"],
  },
  "a unique over a new column": {
    from: people([name]),
    rows: three,
    to: people([name, column("code", "text", { default: "x" })], [unique("people_code", ["code"])]),
    says: ["FAILS as it is: 3 rows of people share their values (people_code)"],
  },
  "a check that rows do not satisfy": {
    from: people([name]),
    rows: three,
    to: people([name], [check("people_ann", `"name" <> 'ann'`)]),
    says: ["FAILS as it is: 2 rows of people do not satisfy people_ann"],
  },
  "a foreign key to rows that are not there": {
    from: people([column("boss", "integer")]),
    rows: "INSERT INTO people (id, boss) VALUES (1, 1), (2, 7), (3, NULL)",
    to: people([column("boss", "integer")], [reference("people_boss", "boss", "people")]),
    says: ["FAILS as it is: 1 row of people refer to nothing (people_boss)"],
  },
  "a foreign key to a table that comes": {
    from: people([column("team", "integer")]),
    rows: "INSERT INTO people (id, team) VALUES (1, 1), (2, NULL)",
    to: schema([
      ...people([column("team", "integer")], [reference("people_team", "team", "teams")]).tables,
      table("teams", [id], [key(["id"], "teams_pkey")]),
    ]),
    says: ["FAILS as it is: 1 row of people refer to nothing (people_team)"],
  },
  "text that is no number": {
    from: people([name]),
    rows: "INSERT INTO people (id, name) VALUES (1, '12'), (2, 'x'), (3, NULL)",
    to: people([column("name", "integer")]),
    says: [
      "FAILS as it is: name of 1 row of people does not convert. Say { using: sql`…` }, or correct them before",
    ],
  },
  "rows under a new name": {
    from: people([column("mail")]),
    rows: "INSERT INTO people (id, mail) VALUES (1, 'a'), (2, NULL)",
    to: people([column("email", "text", { notNull: true })]),
    renames: true,
    says: [
      "FAILS as it is: email is NULL in 1 row of people. Say { backfill: sql`…` }, or correct them before",
    ],
  },
  "rows that nothing is wrong with": {
    from: people([name]),
    rows: "INSERT INTO people (id, name) VALUES (1, '1'), (2, '2')",
    to: people(
      [column("name", "integer", { notNull: true })],
      [unique("people_name", ["name"]), check("people_positive", `"name" > 0`)],
    ),
    says: [],
  },
};

const mood = (...values: readonly string[]) => ({
  ...people([column("feels", { kind: "enum", name: "mood" })]),
  enums: [{ name: "mood", values }],
});

const ofPostgres: typeof common = {
  "a value of an enum that goes": {
    from: mood("sad", "glad"),
    rows: "INSERT INTO people VALUES (1, 'sad'), (2, 'sad'), (3, 'glad')",
    to: mood("glad"),
    says: ['FAILS as it is: 2 rows of people hold "sad". Say what becomes of it, { map: { … } }'],
  },
  "text that is no value of an enum": {
    from: people([column("feels")]),
    rows: "INSERT INTO people VALUES (1, 'sad'), (2, 'bad')",
    to: mood("sad"),
    says: [
      "FAILS as it is: feels of 1 row of people does not convert. Say { using: sql`…` }, or correct them before",
    ],
  },
  "numbers that are rounded": {
    from: people([column("size", { kind: "numeric", precision: 8, scale: 2 })]),
    rows: "INSERT INTO people VALUES (1, 1.00), (2, 1.50)",
    to: people([column("size", "integer")]),
    says: [
      "CHANGES DATA: size of 1 row of people is more than the new type holds, and is rounded or cut",
    ],
  },
  "numbers that are too big": {
    from: people([column("size", "bigint")]),
    rows: "INSERT INTO people VALUES (1, 1), (2, 3000000000)",
    to: people([column("size", "integer")]),
    says: [
      "FAILS as it is: size of 1 row of people does not convert. Say { using: sql`…` }, or correct them before",
    ],
  },
  "texts that are too long": {
    from: people([name]),
    rows: "INSERT INTO people VALUES (1, 'ann'), (2, 'annabel')",
    to: people([column("name", varchar(5))]),
    says: [
      "FAILS as it is: name of 1 row of people does not convert. Say { using: sql`…` }, or correct them before",
    ],
  },
  "NULLs that are not distinct": {
    from: people([name]),
    rows: "INSERT INTO people VALUES (1, NULL), (2, NULL), (3, 'a')",
    to: people([name], [{ ...unique("u", ["name"]), nullsNotDistinct: true } as Constraint]),
    says: ["FAILS as it is: 2 rows of people share their values (u)"],
  },
  "a big table": {
    from: people([name, column("size", "integer")]),
    rows: "INSERT INTO people SELECT n, n::text, n FROM generate_series(1, 100100) n; ANALYZE people",
    to: people(
      [column("name", "text", { notNull: true }), column("size", "bigint")],
      [index("people_size", ["size"]), check("people_positive", `"size" > 0`)],
    ),
    says: [
      "SLOW: name NOT NULL is checked while nobody writes to people (about 100100 rows). See { notValid: true } and validateConstraint",
      "SLOW: size rewrites all of people (about 100100 rows), and nobody reads or writes it meanwhile",
      "SLOW: people_positive is checked while nobody writes to people (about 100100 rows). See { notValid: true } and validateConstraint",
      "SLOW: people_size is built while nobody writes to people (about 100100 rows). See { concurrently: true }",
    ],
  },
};

async function tell(cases: typeof common, on: On): Promise<void> {
  const found: Record<string, readonly string[]> = {};
  for (const [what, it] of Object.entries(cases)) found[what] = await on(told(it));
  const expected = Object.entries(cases).map(([what, { says }]) => [what, says]);
  expect(found).toEqual(Object.fromEntries(expected));
}

describe("a draft tells of", () => {
  test("rows on SQLite", () => tell(common, onSqlite));

  forEachServer((server) => {
    test("rows on PostgreSQL", async () => {
      const all = { ...common, ...ofPostgres };
      const { "text that is no number": text, ...others } = all;
      if (text === undefined) throw new Error("there is no such case");
      const on = await onPostgres(server);
      await tell(others, on);
      // Before 16 the server cannot be asked how many.
      const some = server.name === "15" ? "name of some of 2 rows" : "name of 1 row";
      const says = `FAILS as it is: ${some} of people does not convert. Say { using: sql\`…\` }, or correct them before`;
      await tell({ text: { ...text, says: [says] } }, on);
    });
  });

  test("a table that may only have moved", () => {
    const moved = remarksOnMoves([
      { kind: "dropTable", table: "users", ifExists: false },
      {
        kind: "createTable",
        table: table({ schema: "app", name: "users" }, [id]),
        options: { ifNotExists: false },
      },
    ]);
    expect(moved).toEqual([
      [
        'app.users is made below: if users is to move there with its rows, write op.moveTable(…, "app") in the place of both',
      ],
      [],
    ]);
  });

  test("what a view loses that is only made anew", () => {
    const view = { name: "v", definition: { sql: "SELECT 1" }, materialized: true };
    const indexes = [index("v_a", ["a"]), index("v_b", ["b"])];
    const operations: readonly Operation[] = [
      { kind: "dropView", name: "v", materialized: true, ifExists: false },
      { kind: "createView", view, orReplace: false },
      {
        kind: "createIndex",
        table: "v",
        index: index("v_a", ["a"]),
        concurrently: false,
        ifNotExists: false,
        only: false,
      },
    ];
    const current = { ...emptySchema, views: [{ ...view, indexes }] };
    const lost = remarksOnViews(operations, current, [
      { object: "v.touch" },
      { object: "w.touch" },
    ]);
    expect(lost).toEqual([
      [
        "LOSES index v_b, which goes along with v: make it again below",
        "LOSES v.touch, which goes along with v: make it again below",
      ],
      [],
      [],
    ]);
    expect(remarksOnViews(operations.slice(0, 1), current, [])).toEqual([[]]);
  });
});
