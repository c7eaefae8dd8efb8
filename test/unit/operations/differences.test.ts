/** The lines of `mig check`: one for each thing that differs, with what it was and what it is to be. */
import { expect, test } from "vitest";
import { diff } from "../../../src/autogenerate/diff.ts";
import { rules } from "../../../src/dialects/postgresql/rules.ts";
import type { Schema } from "../../../src/model/schema.ts";
import { describeDifferences } from "../../../src/operations/describe/differences.ts";
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
} from "../../support/converge/tables.ts";

function lines(from: Schema, to: Schema): readonly string[] {
  return describeDifferences(diff(from, to, { rules, made: () => true }).operations, from);
}

const t = (columns: Parameters<typeof table>[1], parts: Parameters<typeof table>[2] = []) =>
  schema([table("t", [id, ...columns], parts)]);

test("each change of a table is a line", () => {
  const from = t([
    column("a", varchar(20)),
    column("b", "integer", { default: 0 }),
    column("gone", "text", { notNull: true }),
  ]);
  const to = t([
    column("a", varchar(50), { notNull: true }),
    column("b", "integer", { default: 1 }),
    column("c", { kind: "timestamp", precision: 3, timezone: true }, { notNull: true }),
  ]);
  expect(lines(from, to)).toEqual([
    "+ column t.c: timestamp(3) with time zone, not null",
    "~ column t.a: varchar(20) -> varchar(50)",
    "~ column t.a: nullable -> not null",
    "~ column t.b: default 0 -> 1",
    "- column t.gone",
  ]);
});

test("what changes is one line, though it is dropped and added", () => {
  const from = t(
    [column("a")],
    [key(["id"], "t_pkey"), check("c", "a > 'a'"), index("i", ["a"]), reference("f", "id", "t")],
  );
  const to = t(
    [column("a")],
    [
      key(["id", "a"], "t_pkey"),
      check("c", "a > 'b'"),
      index("i", ["a"], { unique: true, where: { sql: "a <> ''" } }),
      reference("f", "id", "t", { onDelete: "cascade" }),
      unique("u", ["a"]),
    ],
  );
  expect(lines(from, to)).toEqual([
    "~ constraint f on t: (id) references t (id) -> (id) references t (id) on delete cascade",
    "~ index i on t: (a) -> unique (a), where a <> ''",
    "~ constraint t_pkey on t: primary key (id) -> primary key (id, a)",
    "~ constraint c on t: check (a > 'a') -> check (a > 'b')",
    "+ constraint u on t: unique (a)",
  ]);
});

test("what only goes away for a moment is no difference", () => {
  const view = { name: "v", definition: { sql: `SELECT "a" FROM "t"` }, materialized: false };
  const parts = [
    check("c", `"a" IS NOT NULL`),
    index("i", ["id"], { where: { sql: "a IS NULL" } }),
  ];
  const from = { ...t([column("a")], parts), views: [view] };
  const to = { ...t([column("a", "integer")], parts), views: [view] };
  expect(lines(from, to)).toEqual(["~ column t.a: text -> integer"]);
});

test("identities, computed columns and defaults say what they were", () => {
  const from = t([
    column("a", "integer", { notNull: true }),
    column("b", "text", { generated: { as: { sql: "lower(c)" }, stored: true } }),
    column("c", "text", { default: "x" }),
  ]);
  const to = t([
    column("a", "integer", {
      notNull: true,
      identity: { generated: "always", options: { increment: "2" } },
    }),
    column("b", "text", { generated: { as: { sql: "upper(c)" }, stored: true } }),
    column("c", "text", { default: { sql: "now()::text" } }),
  ]);
  expect(lines(from, to)).toEqual([
    "~ column t.b: text, generated as lower(c) -> text, generated as upper(c)",
    "~ column t.a: identity none -> always (increment 2)",
    '~ column t.c: default "x" -> now()::text',
  ]);
});
