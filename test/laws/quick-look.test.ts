/** The quick look at tables says yes only where the thorough comparison finds nothing to do. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff } from "../../src/autogenerate/diff.ts";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { canonical } from "../../src/dialects/postgresql/normalise-canonical.ts";
import { settledTables } from "../../src/dialects/postgresql/normalise-quick.ts";
import { value } from "../../src/dialects/postgresql/write.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { canonicalTable } from "../../src/dialects/sqlite/normalise-canonical.ts";
import { isSurely } from "../../src/dialects/sqlite/normalise-quick.ts";
import { valueText } from "../../src/dialects/sqlite/write.ts";
import { emptySchema } from "../../src/model/empty-schema.ts";
import type { Expression, Literal, Schema, SchemaTable } from "../../src/model/schema.ts";
import { apply } from "../../src/operations/apply.ts";
import { arbitraryOf } from "../support/arbitrary-chance.ts";
import { makeOperation } from "../support/arbitrary-operation.ts";
import { laterOn, makeScene, textOf } from "../support/arbitrary-schema.ts";

const surroundings = { version: 180000, schema: "public", users: {} };

const databases = {
  postgresql: {
    dialect: postgresql,
    reflected: (schema: Schema) => withTexts(canonical(schema, surroundings), value),
    settled: (now: SchemaTable, wanted: SchemaTable) =>
      settledTables(only(now), only(wanted), "public").size > 0,
  },
  sqlite: {
    dialect: sqlite,
    reflected: (schema: Schema) =>
      withTexts({ ...schema, tables: schema.tables.map(canonicalTable) }, valueText),
    settled: isSurely,
  },
};

function only(table: SchemaTable): Schema {
  return { ...emptySchema, tables: [table] };
}

/** Databases tell defaults as texts. */
function withTexts(schema: Schema, textFor: (value: Literal | Expression) => string): Schema {
  const tables = schema.tables.map((table) => ({
    ...table,
    columns: table.columns.map((column) =>
      column.default === undefined
        ? column
        : { ...column, default: { sql: textFor(column.default) } },
    ),
  }));
  return { ...schema, tables };
}

describe.each(["postgresql", "sqlite"] as const)("on %s", (name) => {
  const { dialect, reflected, settled } = databases[name];
  const cases = arbitraryOf((chance) => {
    const make = (schema: Schema) => makeOperation(chance, schema, name);
    const { schema } = laterOn(chance, makeScene(chance, name), 3, make);
    return { before: schema, after: apply(schema, make(schema)) };
  });

  test("a yes is right, and both answers are given", () => {
    const said = { yes: 0, no: 0 };
    fc.assert(
      fc.property(cases, ({ before, after }) => {
        const [current, desired] = [reflected(before), reflected(after)];
        for (const wanted of after.tables) {
          const isIt = ({ name }: SchemaTable) => textOf(name) === textOf(wanted.name);
          const [now, to] = [current.tables.find(isIt), desired.tables.find(isIt)];
          if (!now || !to) continue;
          const yes = settled(now, wanted);
          said[yes ? "yes" : "no"] += 1;
          if (!yes) continue;
          const options = { rules: dialect.rules, made: () => true };
          expect(diff(only(now), only(structuredClone(to)), options).operations).toEqual([]);
        }
      }),
      { numRuns: 1000 },
    );
    expect(said.yes).toBeGreaterThan(100);
    expect(said.no).toBeGreaterThan(100);
  });
});
