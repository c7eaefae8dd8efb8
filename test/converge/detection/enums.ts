/** Enums, which only PostgreSQL has. */
import type { View } from "../../../src/model/view.ts";
import type { EnumPlan } from "../../support/converge/blueprint.ts";
import {
  array,
  column,
  id,
  index,
  key,
  reference,
  schema,
  table,
} from "../../support/converge/tables.ts";
import { a, type Case, type Columns, n, type Parts, t } from "./case.ts";

const mood = (...values: readonly string[]): EnumPlan => ({ name: "mood", values });
const feeling = (more: Partial<Parameters<typeof column>[2]> = {}) =>
  column("a", { kind: "enum", name: "mood" }, more);
const moody = (
  values: readonly string[],
  columns: Columns,
  parts: Parts = [],
  views: readonly View[] = [],
) => schema([table("t", [id, ...columns], [key(), ...parts])], { enums: [mood(...values)], views });

export const ofEnums: readonly Case[] = [
  {
    what: "a column of a new enum",
    from: t([]),
    to: moody(["sad"], [feeling()]),
    kinds: ["createEnum", "addColumn"],
  },
  {
    what: "a table of an enum goes",
    from: moody(["sad"], [feeling()]),
    to: schema([]),
    kinds: ["dropTable", "dropEnum"],
  },
  {
    what: "an enum has a value more",
    from: moody(["sad"], [feeling()]),
    to: moody(["sad", "ok"], [feeling()]),
    kinds: ["addEnumValue"],
  },
  {
    what: "an enum has a value more in between",
    from: moody(["sad", "glad"], [feeling()]),
    to: moody(["sad", "ok", "glad"], [feeling()]),
    kinds: ["addEnumValue"],
  },
  {
    what: "an enum has a value less",
    from: moody(["sad", "ok"], [feeling()]),
    to: moody(["sad"], [feeling()]),
    kinds: ["alterEnum"],
  },
  {
    what: "a value that is a default goes",
    from: moody(["sad", "ok"], [feeling({ default: "ok" })]),
    to: moody(["sad"], [feeling()]),
    kinds: ["alterEnum", "alterColumn"],
  },
  {
    what: "a new value is a default at once",
    from: moody(["sad"], [feeling()]),
    to: moody(["sad", "ok"], [feeling({ default: "ok" })]),
    kinds: ["alterEnum", "alterColumn"],
  },
  {
    what: "a value goes that a check and an index speak of",
    from: moody(
      ["sad", "ok"],
      [feeling()],
      [
        { kind: "check", name: "c", expression: { sql: `"a" <> 'ok'` } },
        index("i", ["id"], { where: { sql: `"a" = 'sad'` } }),
      ],
    ),
    to: moody(
      ["sad"],
      [feeling()],
      [
        { kind: "check", name: "c", expression: { sql: `"a" = 'sad'` } },
        index("i", ["id"], { where: { sql: `"a" = 'sad'` } }),
      ],
    ),
    kinds: ["dropIndex", "dropConstraint", "alterEnum", "addConstraint", "createIndex"],
  },
  {
    what: "a value goes while a view and a computed column read it",
    from: moody(
      ["sad", "ok"],
      [
        feeling(),
        column("g", "text", {
          generated: { as: { sql: `CASE WHEN "a" IS NULL THEN 'x' END` }, stored: true },
        }),
      ],
      [],
      [{ name: "v", definition: { sql: `SELECT "a" FROM "t"` }, materialized: false }],
    ),
    to: moody(
      ["sad"],
      [
        feeling(),
        column("g", "text", {
          generated: { as: { sql: `CASE WHEN "a" IS NULL THEN 'x' END` }, stored: true },
        }),
      ],
      [],
      [{ name: "v", definition: { sql: `SELECT "a" FROM "t"` }, materialized: false }],
    ),
    kinds: ["dropView", "dropColumn", "alterEnum", "addColumn", "createView"],
  },
  {
    what: "a value goes while a view, a check and a default speak of another one, and no column does",
    from: moody(
      ["sad", "ok"],
      [column("a", "text", { default: { sql: `('ok'::mood)::text` } })],
      [{ kind: "check", name: "c", expression: { sql: `"a" <> ('ok'::mood)::text` } }],
      [{ name: "v", definition: { sql: `SELECT 'ok'::mood AS m` }, materialized: false }],
    ),
    to: moody(
      ["ok"],
      [column("a", "text", { default: { sql: `('ok'::mood)::text` } })],
      [{ kind: "check", name: "c", expression: { sql: `"a" <> ('ok'::mood)::text` } }],
      [{ name: "v", definition: { sql: `SELECT 'ok'::mood AS m` }, materialized: false }],
    ),
    kinds: [
      "dropView",
      "dropConstraint",
      "alterColumn",
      "alterEnum",
      "alterColumn",
      "addConstraint",
      "createView",
    ],
  },
  {
    what: "a list of values that is a default has one less",
    from: moody(
      ["sad", "ok"],
      [column("a", array({ kind: "enum", name: "mood" }), { default: "{sad,ok}" })],
    ),
    to: moody(["ok"], [column("a", array({ kind: "enum", name: "mood" }), { default: "{ok}" })]),
    kinds: ["alterEnum", "alterColumn"],
  },
  {
    what: "an enum gets a value that another one has as a default already",
    from: schema(
      [
        table(
          "t",
          [id, feeling(), column("b", "text", { default: { sql: "'ok'::text || ''" } })],
          [key()],
        ),
      ],
      { enums: [mood("sad")] },
    ),
    to: schema(
      [
        table(
          "t",
          [id, feeling(), column("b", "text", { default: { sql: "'ok'::text || ''" } })],
          [key()],
        ),
      ],
      { enums: [mood("sad", "ok")] },
    ),
    kinds: ["addEnumValue"],
  },
  {
    what: "text becomes an enum",
    from: t([a]),
    to: moody(["1", "2"], [feeling()]),
    kinds: ["createEnum", "alterColumn"],
  },
  {
    what: "an enum becomes text, and goes",
    from: moody(["1", "2"], [feeling()]),
    to: t([a]),
    kinds: ["alterColumn", "dropEnum"],
  },
  {
    what: "an enum goes, and a table of its name comes for the values",
    from: moody(["1", "2"], [feeling()]),
    to: schema([
      table("t", [id, n], [key(), reference("t_mood", "n", "mood")]),
      table("mood", [id, a], [key(["id"], "mood_pkey")]),
    ]),
    kinds: ["addColumn", "dropColumn", "dropEnum", "createTable", "addConstraint"],
  },
  {
    what: "an enum loses a value, and a table that nobody made here has columns of it",
    from: moody(["1", "2"], [feeling()]),
    to: moody(["1"], [feeling()]),
    kinds: ["alterEnum"],
    made: false,
    byHand: `CREATE TABLE by_hand (a mood DEFAULT '1', b mood[] DEFAULT '{1}'); INSERT INTO by_hand DEFAULT VALUES`,
  },
];
