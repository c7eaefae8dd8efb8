/** Tables that come, go and move. */
import {
  column,
  id,
  index,
  key,
  reference,
  schema,
  table,
  unique,
} from "../../support/converge/tables.ts";
import { a, type Case, n, only, type Parts, t } from "./case.ts";

/** What Drizzle names after a table. */
const named = (of: string): NonNullable<Parts> => [
  key(["id"], `${of}_pkey`),
  { ...unique(`${of}_n_unique`, ["n"]), derivedName: true },
  index(`${of}_n_index`, ["n"], { derivedName: true }),
];
/** What it names after a column. */
const ofColumn = (column: string, of: string): NonNullable<Parts> => [
  { ...unique(`b_${of}_unique`, [column]), derivedName: true },
  { ...reference(`b_${of}_b_id_fk`, column, "b"), derivedName: true },
];

export const ofTables: readonly Case[] = [
  {
    what: "a table comes",
    from: t([a]),
    to: schema([...t([a]).tables, table("u", [id])]),
    kinds: ["createTable"],
  },
  {
    what: "a table goes",
    from: schema([...t([a]).tables, table("u", [id])]),
    to: t([a]),
    kinds: ["dropTable"],
  },
  {
    what: "a table is renamed",
    from: t([a]),
    to: schema([table("people", [id, a], [key()])]),
    kinds: ["renameTable"],
    renames: true,
  },
  {
    what: "tables that refer to each other come",
    from: t([]),
    to: schema([
      ...t([]).tables,
      table("x", [id, n], [key(["id"], "x_pkey"), reference("x_y", "n", "y")]),
      table("y", [id, n], [key(["id"], "y_pkey"), reference("y_x", "n", "x")]),
    ]),
    kinds: ["createTable", "createTable", "addConstraint"],
    only,
  },
  {
    what: "tables come with a key to what a unique index guards, and one to itself",
    from: t([]),
    to: schema([
      ...t([]).tables,
      table(
        "x",
        [id, n, column("m", "integer")],
        [
          key(["id"], "x_pkey"),
          index("x_n", ["n"], { unique: true }),
          reference("x_x", "m", "x", { references: ["n"] }),
        ],
      ),
      table(
        "y",
        [id, n],
        [key(["id"], "y_pkey"), reference("y_x", "n", "x", { references: ["n"] })],
      ),
    ]),
    kinds: ["createTable", "createTable", "createIndex", "addConstraint", "addConstraint"],
    only,
  },
  {
    what: "a table comes in a schema that is not there",
    from: t([a]),
    to: schema([...t([a]).tables, table({ schema: "app", name: "u" }, [id])]),
    kinds: ["createSchema", "createTable"],
    only,
  },
  {
    what: "a partitioned table and its partitions are there",
    from: t([a]),
    to: t([a]),
    kinds: [],
    only,
    made: false,
    byHand:
      "CREATE TABLE p (at date) PARTITION BY RANGE (at); CREATE TABLE p2 PARTITION OF p FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
  },
  {
    what: "a table comes with the names of one that was called so once",
    from: schema([table("b", [id, n], named("a"))]),
    to: schema([table("a", [id, n], named("a")), table("b", [id, n], named("b"))]),
    kinds: ["renameIndex", "renameConstraint", "renameConstraint", "createTable", "createIndex"],
    only,
  },
  {
    what: "a table comes with the name of an index of one that was called so once",
    from: schema([table("b", [id, n], named("a"))]),
    to: schema([table("a", [id, n], named("a")), table("b", [id, n], named("b"))]),
    kinds: ["renameIndex", "createTable", "createIndex"],
    only: "sqlite",
  },
  {
    what: "a column comes with the names of one that was called so once",
    from: schema([table("b", [id, column("new", "integer")], [key(), ...ofColumn("new", "old")])]),
    to: schema([
      table(
        "b",
        [id, column("new", "integer"), column("old", "integer")],
        [key(), ...ofColumn("new", "new"), ...ofColumn("old", "old")],
      ),
    ]),
    kinds: ["renameConstraint", "renameConstraint", "addColumn", "addConstraint", "addConstraint"],
    only,
  },
];
