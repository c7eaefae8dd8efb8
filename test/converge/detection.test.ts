/** What changes is seen, whatever it is, and what only looks like a change is not; each draft leads there and back. */
import { describe, expect, test } from "vitest";
import type { Column, Schema } from "../../src/model/schema.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { lead, type Place } from "../support/converge/converge.ts";
import { onPostgres, onSqlite } from "../support/converge/places.ts";
import { quotedName } from "../support/converge/rows.ts";
import { forEachServer } from "../support/postgres/database.ts";
import type { Case } from "./detection/case.ts";
import { ofColumns } from "./detection/columns.ts";
import { ofConstraints } from "./detection/constraints.ts";
import { ofEnums } from "./detection/enums.ts";
import { ofIndexes } from "./detection/indexes.ts";
import { ofPostgres, ofViews } from "./detection/objects.ts";
import { ofTables } from "./detection/tables.ts";

const common: Readonly<Record<string, readonly Case[]>> = {
  tables: ofTables,
  columns: ofColumns,
  constraints: ofConstraints,
  indexes: ofIndexes,
  views: ofViews,
};

function kindsOf(operations: readonly Operation[]): readonly string[] {
  return operations.flatMap((it) =>
    it.kind === "alterTable" ? it.changes.map(({ kind }) => kind) : [it.kind],
  );
}

/** A value that can become one of most types. */
const values: Readonly<Record<string, string>> = {
  array: "'{}'",
  json: "'{}'",
  enum: "NULL",
  timestamp: "'2026-01-01'",
};

/** A row for each table, and what is done by hand. */
async function prepare({ connection }: Place, { tables }: Schema, byHand = ""): Promise<void> {
  if (byHand !== "") await connection.run(byHand);
  const isGiven = ({ generated, identity, type }: Column) =>
    !generated && !identity && type.kind !== "serial";
  for (const { name, columns } of tables) {
    const given = columns.filter(isGiven);
    const names = given.map((it) => `"${it.name}"`).join(", ");
    const row = given.map(({ type }) => values[type.kind] ?? "'1'").join(", ");
    if (names === "") continue;
    await connection.run(`INSERT INTO ${quotedName(name)} (${names}) VALUES (${row})`);
  }
}

type On = (work: (place: Place) => Promise<readonly string[]>) => Promise<readonly string[]>;

async function detect(cases: readonly Case[], on: On): Promise<void> {
  const found: Record<string, readonly string[]> = {};
  for (const { what, from, to, byHand, ...options } of cases) {
    found[what] = await on(async (place) => {
      const led = lead(place, from, to, {
        ...options,
        prepare: (made) => prepare(place, made, byHand),
      });
      const { operations } = await led.catch((cause) => {
        throw new Error(`${what}: ${cause.message}`, { cause });
      });
      return kindsOf(operations);
    });
  }
  expect(found).toEqual(Object.fromEntries(cases.map(({ what, kinds }) => [what, kinds])));
}

describe("on SQLite", () => {
  test.each(Object.entries(common))("%s", (_, cases) =>
    detect(
      cases.filter(({ only }) => only !== "postgresql"),
      onSqlite,
    ),
  );
});

forEachServer((server) => {
  const all = { ...common, enums: ofEnums, "policies and sequences": ofPostgres };
  test.each(Object.entries(all))("%s", async (_, cases) =>
    detect(
      cases.filter(({ only }) => only !== "sqlite"),
      await onPostgres(server),
    ),
  );
});
