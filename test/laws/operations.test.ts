/** What holds of every operation, wherever it fits. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { DialectName, ObjectName, Schema, SchemaTable } from "../../src/model/schema.ts";
import { distinctPrivileges } from "../../src/operations/apply/grants.ts";
import { grantsOf } from "../../src/operations/apply/privileges.ts";
import { apply } from "../../src/operations/apply.ts";
import { describe as describeOperation } from "../../src/operations/describe.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { record } from "../../src/operations/record.ts";
import { reverse } from "../../src/operations/reverse.ts";
import { makeScript } from "../support/arbitrary-calls.ts";
import { arbitraryOf } from "../support/arbitrary-chance.ts";
import { makeOperation } from "../support/arbitrary-operation.ts";
import { laterOn, makeScene, textOf } from "../support/arbitrary-schema.ts";

const texts = { postgresql: postgresql.text, sqlite: sqlite.text };

interface Case {
  readonly schema: Schema;
  readonly operation: Operation;
}

const cases = (dialect: DialectName): fc.Arbitrary<Case> =>
  arbitraryOf((chance) => {
    const make = (schema: Schema) => makeOperation(chance, schema, dialect);
    const { schema } = laterOn(chance, makeScene(chance, dialect), 3, make);
    return { schema, operation: make(schema) };
  });

/** Columns keep their order; lists of which the order means nothing get one. */
function inOrder(schema: Schema): Schema {
  const sorted = <Item extends { readonly name: ObjectName }>(list: readonly Item[]) =>
    list.toSorted((a, b) => (textOf(a.name) < textOf(b.name) ? -1 : 1));
  const inTable = (table: SchemaTable): SchemaTable => ({
    ...table,
    constraints: sorted(table.constraints),
    indexes: sorted(table.indexes),
    policies: sorted(table.policies),
  });
  return {
    namespaces: sorted(schema.namespaces),
    extensions: sorted(schema.extensions),
    roles: sorted(schema.roles),
    enums: sorted(schema.enums),
    sequences: sorted(schema.sequences),
    tables: sorted(schema.tables.map(inTable)),
    views: sorted(schema.views),
    grants: grantsOf(distinctPrivileges(schema.grants)),
  };
}

function frozen<Value>(value: Value): Value {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const member of Object.values(value)) frozen(member);
  }
  return value;
}

describe.each(["postgresql", "sqlite"] as const)("an operation for %s", (dialect) => {
  test("is undone by its reverse, and applying it changes nothing that is there", () => {
    fc.assert(
      fc.property(cases(dialect), ({ schema, operation }) => {
        const before = frozen(schema);
        const reversal = reverse(frozen(operation), before);
        if (reversal.kind === "irreversible") throw new Error(reversal.why);
        const back = reversal.operations.reduce(apply, frozen(apply(before, operation)));
        expect(inOrder(back)).toEqual(inOrder(before));
      }),
      { numRuns: 400 },
    );
  });

  test("has a line for people", () => {
    fc.assert(
      fc.property(cases(dialect), ({ operation }) => {
        expect(describeOperation(operation)).toMatch(/^[-+~>] \S/);
      }),
      { numRuns: 150 },
    );
  });

  test("is plain data when it is recorded, unless it holds work", () => {
    fc.assert(
      fc.property(arbitraryOf(makeScript), (script) => {
        const { operations } = record(script, { dialect, text: texts[dialect], args: {} });
        for (const { operation } of operations) {
          expect(describeOperation(operation)).toMatch(/^[-+~>] \S/);
          if (operation.kind === "run") continue;
          expect(structuredClone(operation)).toStrictEqual(operation);
        }
      }),
      { numRuns: 150 },
    );
  });
});
