/** Views, policies and sequences. */
import type { View } from "../../../src/model/view.ts";
import { column, id, key, schema, table } from "../../support/converge/tables.ts";
import { a, type Case, type Columns, n, only } from "./case.ts";

const view = (sql: string, materialized = false): View => ({
  name: "v",
  definition: { sql },
  materialized,
});
const viewed = (it: View | null, columns: Columns = [a, n], ...others: readonly View[]) =>
  schema([table("t", [id, ...columns], [key()])], { views: it ? [it, ...others] : [] });

export const ofViews: readonly Case[] = [
  {
    what: "a view comes",
    from: viewed(null),
    to: viewed(view(`SELECT "a" FROM "t"`)),
    kinds: ["createView"],
  },
  {
    what: "a view goes",
    from: viewed(view(`SELECT "a" FROM "t"`)),
    to: viewed(null),
    kinds: ["dropView"],
  },
  {
    what: "a view asks something else",
    from: viewed(view(`SELECT "a" FROM "t"`)),
    to: viewed(view(`SELECT "n" FROM "t"`)),
    kinds: ["dropView", "createView"],
  },
  {
    what: "a view asks the same in other words",
    from: viewed(view(`SELECT "a" FROM "t"`)),
    to: viewed(view(`select  a from t`)),
    kinds: [],
  },
  {
    what: "what a view reads is of another type",
    from: viewed(view(`SELECT "n" FROM "t"`)),
    to: viewed(view(`SELECT "n" FROM "t"`), [a, column("n", "bigint")]),
    kinds: ["dropView", "alterColumn", "createView"],
    only,
  },
  {
    what: "the table and the columns that a view reads are renamed, and it asks the same in other words",
    from: schema([table("t", [id, a, n], [key()])], {
      views: [view(`SELECT "id", lower("a") AS "low" FROM "t" WHERE "t"."n" IN (1, 2)`)],
    }),
    to: schema([table("things", [id, column("b"), n], [key()])], {
      views: [view(`select id, lower(b) as low from things where n in (1, 2)`)],
    }),
    kinds: ["renameTable", "renameColumn"],
    renames: true,
    only,
  },
  {
    what: "a table is renamed with a column that a view gives, and another schema has one of its name",
    from: schema([table("t", [id, a], [key()]), table({ schema: "app", name: "t" }, [id, a])], {
      views: [
        view(`SELECT "id", "a" FROM "t"`),
        { ...view(`SELECT "id" FROM "app"."t"`), name: "w" },
      ],
    }),
    to: schema(
      [table("things", [id, column("b")], [key()]), table({ schema: "app", name: "t" }, [id, a])],
      {
        views: [
          view(`SELECT "id", "b" FROM "things"`),
          { ...view(`SELECT "id" FROM "app"."t"`), name: "w" },
        ],
      },
    ),
    kinds: ["dropView", "renameTable", "renameColumn", "createView"],
    renames: true,
    only,
  },
  {
    what: "what a view gives by its name is renamed",
    from: viewed(view(`SELECT "a" FROM "t"`)),
    to: viewed(view(`SELECT "b" FROM "t"`), [column("b"), n]),
    kinds: ["dropView", "renameColumn", "createView"],
    renames: true,
    only,
  },
  {
    what: "a view that another one reads asks something else",
    from: viewed(view(`SELECT "a" FROM "t"`), [a, n], {
      ...view(`SELECT "a" FROM "v"`),
      name: "w",
    }),
    to: viewed(view(`SELECT "a", "n" FROM "t"`), [a, n], {
      ...view(`SELECT "a" FROM "v"`),
      name: "w",
    }),
    kinds: ["dropView", "dropView", "createView", "createView"],
  },
  {
    what: "views of one name come in two schemas, one over the other",
    from: schema([table({ schema: "app", name: "t" }, [id])]),
    to: schema([table({ schema: "app", name: "t" }, [id])], {
      views: [
        view(`SELECT "id" FROM "app"."v"`),
        { ...view(`SELECT "id" FROM "app"."t"`), name: { schema: "app", name: "v" } },
      ],
    }),
    kinds: ["createView", "createView"],
    only,
  },
  {
    what: "a table becomes a view, and another view reads it",
    from: schema([table("t", [id, a], [key()]), table("u", [id, a])], {
      views: [view(`SELECT "a" FROM "u"`)],
    }),
    to: viewed(
      { ...view(`SELECT "id", "a" FROM "t"`), name: "u" },
      [a],
      view(`SELECT "a" FROM "u"`),
    ),
    kinds: ["dropView", "dropTable", "createView", "createView"],
  },
  {
    what: "a view becomes a materialized one",
    from: viewed(view(`SELECT "a" FROM "t"`)),
    to: viewed(view(`SELECT "a" FROM "t"`, true)),
    kinds: ["dropView", "createView"],
    only,
  },
];

const protectedBy = (sql: string | null, columns: Columns = [a]) =>
  schema([
    table("t", [id, ...columns], [key()], {
      policies:
        sql === null
          ? []
          : [{ name: "p", as: "permissive", for: "all", to: ["public"], using: { sql } }],
      rowSecurity: { enabled: sql !== null, forced: false },
    }),
  ]);
/** A policy of `t`, and the table `u` with `column`. */
const reading = (sql: string, column: Columns[number]) =>
  schema([...protectedBy(sql).tables, table("u", [id, column])]);
const counter = (options = {}) => schema([], { sequences: [{ name: "s", options }] });

export const ofPostgres: readonly Case[] = [
  {
    what: "a policy comes",
    from: protectedBy(null),
    to: protectedBy("true"),
    kinds: ["rowSecurity", "createPolicy"],
  },
  {
    what: "a policy goes",
    from: protectedBy("true"),
    to: protectedBy(null),
    kinds: ["dropPolicy", "rowSecurity"],
  },
  {
    what: "a policy says something else",
    from: protectedBy(`"a" = 'x'`),
    to: protectedBy(`"a" = 'y'`),
    kinds: ["alterPolicy"],
  },
  {
    what: "what a policy reads is of another type",
    from: protectedBy(`"a" = '1'`),
    to: protectedBy(`"a" = 1`, [column("a", "integer")]),
    kinds: ["dropPolicy", "alterColumn", "createPolicy"],
  },
  {
    what: "a policy reads a table that goes",
    from: schema([
      ...protectedBy(`EXISTS (SELECT FROM "u" WHERE "u"."id" = "t"."id")`).tables,
      table("u", [id]),
    ]),
    to: protectedBy("true"),
    kinds: ["dropPolicy", "dropTable", "createPolicy"],
  },
  {
    what: "a policy reads a view that asks something else",
    from: {
      ...protectedBy(`"id" IN (SELECT "id" FROM "v")`),
      views: [view(`SELECT "id" FROM "t"`)],
    },
    to: {
      ...protectedBy(`"id" IN (SELECT "id" FROM "v")`),
      views: [view(`SELECT "id", "a" FROM "t"`)],
    },
    kinds: ["dropPolicy", "dropView", "createView", "createPolicy"],
  },
  {
    what: "a column of another table is renamed that a policy reads",
    from: reading(`EXISTS (SELECT FROM "u" WHERE "u"."c" = "t"."a")`, column("c")),
    to: reading(`EXISTS (SELECT FROM "u" WHERE "u"."b" = "t"."a")`, column("b")),
    kinds: ["dropPolicy", "renameColumn", "createPolicy"],
    renames: true,
  },
  {
    what: "a policy reads a view that gives what is renamed",
    from: {
      ...reading(`"id" IN (SELECT "c" FROM "v")`, column("c", "integer")),
      views: [view(`SELECT "c" FROM "u"`)],
    },
    to: {
      ...reading(`"id" IN (SELECT "b" FROM "v")`, column("b", "integer")),
      views: [view(`SELECT "b" FROM "u"`)],
    },
    kinds: ["dropPolicy", "dropView", "renameColumn", "createView", "createPolicy"],
    renames: true,
  },
  {
    what: "a column of another table is renamed that a policy reads, which is to say something else",
    from: reading(`EXISTS (SELECT FROM "u" WHERE "u"."a" = "t"."a")`, a),
    to: reading(`EXISTS (SELECT FROM "u" WHERE "u"."b" <> "t"."a")`, column("b")),
    kinds: ["dropPolicy", "renameColumn", "createPolicy"],
    renames: true,
  },
  {
    what: "a table and a column are renamed, the policy changes, and it reads a column of that name elsewhere",
    from: reading(`EXISTS (SELECT FROM "u" WHERE "u"."a" = "t"."a")`, a),
    to: schema([
      ...protectedBy(`EXISTS (SELECT FROM "u" WHERE "u"."a" <> "r"."b")`, [column("b")]).tables.map(
        (it) => ({ ...it, name: "r" }),
      ),
      table("u", [id, a]),
    ]),
    kinds: ["dropPolicy", "renameTable", "renameColumn", "createPolicy"],
    renames: true,
  },
  { what: "a sequence comes", from: schema([]), to: counter(), kinds: ["createSequence"] },
  {
    what: "a sequence changes",
    from: counter(),
    to: counter({ increment: "5" }),
    kinds: ["alterSequence"],
  },
  { what: "a sequence goes", from: counter(), to: schema([]), kinds: ["dropSequence"] },
  {
    what: "a sequence goes, and a table of its name comes",
    from: counter(),
    to: schema([table("s", [id])]),
    kinds: ["dropSequence", "createTable"],
  },
];
