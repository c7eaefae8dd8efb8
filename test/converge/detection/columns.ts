/** Columns. */
import { array, column, varchar } from "../../support/converge/tables.ts";
import { a, type Case, type Columns, n, only, t } from "./case.ts";

/** A column that becomes another one. */
const becomes = (what: string, from: Columns[number], to: Columns[number]): Case => ({
  what,
  from: t([from]),
  to: t([to]),
  kinds: ["alterColumn"],
});

const numbered = column("n", "integer", {
  notNull: true,
  identity: { generated: "always", options: {} },
});

export const ofColumns: readonly Case[] = [
  { what: "a column comes", from: t([]), to: t([a]), kinds: ["addColumn"] },
  { what: "a column goes", from: t([a]), to: t([]), kinds: ["dropColumn"] },
  {
    what: "a column is renamed",
    from: t([column("mail")]),
    to: t([column("email")]),
    kinds: ["renameColumn"],
    renames: true,
  },
  { what: "columns stand in another order", from: t([a, n]), to: t([n, a]), kinds: [] },
  becomes("a column may no longer be null", a, column("a", "text", { notNull: true })),
  becomes("a column may be null", column("a", "text", { notNull: true }), a),
  becomes("varchar is longer", column("a", varchar(10)), column("a", varchar(20))),
  becomes("varchar has no length any more", column("a", varchar(10)), column("a", varchar())),
  becomes("a default comes", a, column("a", "text", { default: "x" })),
  becomes(
    "a default changes",
    column("a", "text", { default: "x" }),
    column("a", "text", { default: "it's" }),
  ),
  becomes("a default goes", column("a", "text", { default: "x" }), a),
  becomes(
    "a default of false changes",
    column("a", "boolean", { default: true }),
    column("a", "boolean", { default: false }),
  ),
  {
    ...becomes(
      "a numeric has another precision",
      column("a", { kind: "numeric", precision: 8, scale: 2 }),
      column("a", { kind: "numeric", precision: 10, scale: 2 }),
    ),
    only,
  },
  {
    ...becomes(
      "a numeric has no precision any more",
      column("a", { kind: "numeric", precision: 10, scale: 2 }),
      column("a", "numeric"),
    ),
    only,
  },
  { ...becomes("integer becomes bigint", n, column("n", "bigint")), only },
  { ...becomes("text becomes integer", a, column("a", "integer")), only },
  { ...becomes("json becomes jsonb", column("a", "json"), column("a", "jsonb")), only },
  {
    ...becomes(
      "timestamp(3) becomes timestamp",
      column("a", { kind: "timestamp", precision: 3 }),
      column("a", "timestamp"),
    ),
    only,
  },
  {
    ...becomes(
      "timestamp becomes timestamptz",
      column("a", "timestamp"),
      column("a", { kind: "timestamp", timezone: true }),
    ),
    only,
  },
  {
    ...becomes(
      "a list of integers becomes one of bigints",
      column("a", array({ kind: "integer" })),
      column("a", array({ kind: "bigint" })),
    ),
    only,
  },
  {
    ...becomes(
      "a list of varchars gets a length",
      column("a", array(varchar())),
      column("a", array(varchar(20))),
    ),
    only,
  },
  { ...becomes("text becomes a list", a, column("a", array({ kind: "text" }))), only },
  {
    ...becomes(
      "a column numbers itself",
      column("n", "integer", { notNull: true }),
      column("n", "integer", { notNull: true, identity: { generated: "always", options: {} } }),
    ),
    only,
  },
  {
    ...becomes(
      "an identity changes",
      column("n", "integer", { notNull: true, identity: { generated: "always", options: {} } }),
      column("n", "integer", {
        notNull: true,
        identity: { generated: "byDefault", options: { increment: "5" } },
      }),
    ),
    only,
  },
  {
    ...becomes(
      "the sequence of an identity gets a name",
      column("n", "integer", { notNull: true, identity: { generated: "always", options: {} } }),
      column("n", "integer", {
        notNull: true,
        identity: { generated: "always", name: "numbers", options: {} },
      }),
    ),
    only,
  },
  {
    what: "the sequence of an identity has any name",
    from: t([numbered]),
    to: t([numbered]),
    kinds: [],
    only,
    byHand: "ALTER SEQUENCE t_n_seq RENAME TO odd",
  },
  {
    ...becomes(
      "serial becomes identity",
      column("n", "serial", { notNull: true }),
      column("n", "integer", { notNull: true, identity: { generated: "byDefault", options: {} } }),
    ),
    only,
  },
  {
    ...becomes(
      "an identity becomes serial",
      column("n", "integer", { notNull: true, identity: { generated: "byDefault", options: {} } }),
      column("n", "serial", { notNull: true }),
    ),
    only,
  },
  {
    what: "a computed column says something else",
    from: t([a, column("g", "text", { generated: { as: { sql: `lower("a")` }, stored: true } })]),
    to: t([a, column("g", "text", { generated: { as: { sql: `upper("a")` }, stored: true } })]),
    kinds: ["dropColumn", "addColumn"],
  },
  {
    what: "a column becomes a computed one",
    from: t([a, column("g")]),
    to: t([a, column("g", "text", { generated: { as: { sql: `upper("a")` }, stored: true } })]),
    kinds: ["dropColumn", "addColumn"],
  },
  {
    what: "a computed column becomes a plain one",
    from: t([a, column("g", "text", { generated: { as: { sql: `upper("a")` }, stored: true } })]),
    to: t([a, column("g")]),
    kinds: ["alterColumn"],
  },
  {
    what: "what a computed column reads is of another type",
    from: t([n, column("g", "integer", { generated: { as: { sql: `"n" + 1` }, stored: true } })]),
    to: t([
      column("n", "bigint"),
      column("g", "integer", { generated: { as: { sql: `"n" + 1` }, stored: true } }),
    ]),
    kinds: ["dropColumn", "alterColumn", "addColumn"],
    only,
  },
  {
    what: "comments and collations are there",
    from: t([a]),
    to: t([a]),
    kinds: [],
    only,
    byHand: `COMMENT ON TABLE t IS 'x'; COMMENT ON COLUMN t.a IS 'y'; ALTER TABLE t ALTER a TYPE text COLLATE "C"`,
  },
];
