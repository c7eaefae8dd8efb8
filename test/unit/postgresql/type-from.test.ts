import { expect, test } from "vitest";
import { typeFrom } from "../../../src/dialects/postgresql/type-from.ts";
import { typeText } from "../../../src/dialects/postgresql/types.ts";
import type { ColumnType } from "../../../src/model/column-type.ts";
import { createDatabase, forEachServer, session } from "../../support/postgres/database.ts";

const raw = (text: string): ColumnType => ({ kind: "raw", postgresql: text, sqlite: text });

test.each<readonly [text: string, type: ColumnType]>([
  ["character varying(50)", { kind: "varchar", length: 50 }],
  ["varchar", { kind: "varchar" }],
  ["VARCHAR (20)", { kind: "varchar", length: 20 }],
  ["char", { kind: "char", length: 1 }],
  ["character(3)", { kind: "char", length: 3 }],
  ["timestamp(3) with time zone", { kind: "timestamp", precision: 3, timezone: true }],
  ["timestamp (3) with time zone", { kind: "timestamp", precision: 3, timezone: true }],
  ["timestamptz(3)", { kind: "timestamp", precision: 3, timezone: true }],
  ["timestamp without time zone", { kind: "timestamp" }],
  ["timestamp(0)", { kind: "timestamp", precision: 0 }],
  ["time with time zone", { kind: "time", timezone: true }],
  ["numeric(10,2)", { kind: "numeric", precision: 10, scale: 2 }],
  ["numeric(10, 2)", { kind: "numeric", precision: 10, scale: 2 }],
  ["decimal(5)", { kind: "numeric", precision: 5, scale: 0 }],
  ["numeric(3,-2)", { kind: "numeric", precision: 3, scale: -2 }],
  ["int4", { kind: "integer" }],
  ["bigserial", { kind: "bigserial" }],
  ["double precision", { kind: "doublePrecision" }],
  ["float8", { kind: "doublePrecision" }],
  ["bool", { kind: "boolean" }],
  ["text[]", { kind: "array", of: { kind: "text" }, dimensions: 1 }],
  ["integer[3][]", { kind: "array", of: { kind: "integer" }, dimensions: 2 }],
  [
    "character varying(20)[]",
    { kind: "array", of: { kind: "varchar", length: 20 }, dimensions: 1 },
  ],
  ["interval", { kind: "interval" }],
  ["interval(3)", raw("interval(3)")],
  ["interval day to second", raw("interval day to second")],
  ["geometry(Point,4326)", raw("geometry(Point,4326)")],
  ["varbit(5)", raw("bit varying(5)")],
  ['app."My Type"', raw('app."My Type"')],
  ['"char"', raw('"char"')],
  ["constructor", raw("constructor")],
])("%s", (text, type) => {
  expect(typeFrom(text)).toEqual(type);
  expect(typeFrom(typeText(type))).toEqual(type);
});

forEachServer((server) => {
  test("what the server calls a type is the type that was asked for", async () => {
    const asked = [
      "text",
      "varchar(7)",
      "varchar",
      "char",
      "char(4)",
      "smallint",
      "integer",
      "bigint",
      "real",
      "double precision",
      "numeric",
      "numeric(4)",
      "numeric(4,1)",
      "boolean",
      "date",
      "time",
      "time(2)",
      "time with time zone",
      "timestamp",
      "timestamp(6) with time zone",
      "interval",
      "json",
      "jsonb",
      "uuid",
      "bytea",
      "text[]",
      "timestamp(3)[]",
      "varbit(3)",
      "inet",
      "tsvector",
      "int4range",
      '"char"',
      "bpchar",
      "name",
      "bit(3)",
      "numeric(4,1)[][]",
    ];
    const url = await createDatabase(server);
    const columns = asked.map((type, at) => `c${at} ${type}`).join(", ");
    const rows = await session(url, async (client) => {
      await client.query(`CREATE TABLE t (${columns})`);
      const sql =
        "SELECT format_type(atttypid, atttypmod) AS text FROM pg_attribute WHERE attrelid = 't'::regclass AND attnum > 0 ORDER BY attnum";
      return (await client.query<{ text: string }>(sql)).rows;
    });
    // Of how many dimensions a list is the server does not say.
    const wanted = asked.map((type) => typeFrom(type.replace("[][]", "[]")));
    expect(rows.map(({ text }) => typeFrom(text))).toEqual(wanted);
  });
});
