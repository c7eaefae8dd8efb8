/** A script for both databases records for each just what it was written from. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Both, each } from "../../src/autogenerate/both/both.ts";
import { renderBoth } from "../../src/autogenerate/both/merge.ts";
import { inStep, together } from "../../src/autogenerate/both/plan.ts";
import { diff } from "../../src/autogenerate/diff.ts";
import { rules as postgresql } from "../../src/dialects/postgresql/rules.ts";
import { rules as sqlite } from "../../src/dialects/sqlite/rules.ts";
import type { ColumnType } from "../../src/model/column-type.ts";
import type { DialectName, Expression, Literal } from "../../src/model/schema.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { arbitraryOf } from "../support/arbitrary-chance.ts";
import { makeOperation } from "../support/arbitrary-operation.ts";
import { after, makeScene } from "../support/arbitrary-schema.ts";
import { bothPairs } from "../support/converge/both.ts";
import { wantedOf } from "../support/converge/wanted.ts";
import { evaluate } from "../support/drafted.ts";

const rules = { postgresql, sqlite };
const names = ["postgresql", "sqlite"] as const;

function writtenFor(operations: Both<readonly Operation[]>) {
  const drafted = each(operations, (all) => all.map((operation) => ({ operation, remarks: [] })));
  return renderBoth(drafted, rules);
}

/** What makes no difference on the database is left out, and types and defaults are as it spells them. */
function spelled(name: DialectName, operations: readonly Operation[]): unknown {
  const said = operations.filter(({ kind }) => !rules[name].needless.has(kind));
  return said.map((it) => canonical(name, it));
}

function canonical(name: DialectName, value: unknown, key = ""): unknown {
  if (Array.isArray(value)) return value.map((it) => canonical(name, it));
  if (key === "default" && value !== null) return rules[name].write(value as Literal | Expression);
  if (typeof value !== "object" || value === null) return value;
  if (key === "type") return rules[name].spell(value as ColumnType);
  const entries = Object.entries(value).filter(
    ([member, it]) => !idle[name].has(member) && (it !== false || !flags.has(member)),
  );
  return Object.fromEntries(entries.map(([member, it]) => [member, canonical(name, it, member)]));
}

/** What a database has no use for. */
const idle: Both<ReadonlySet<string>> = {
  postgresql: new Set(["autoIncrement", "strict", "withoutRowid", "place", "derivedName"]),
  sqlite: new Set(
    "identity comment derivedName include with only concurrently operatorClass nulls notValid".split(
      " ",
    ),
  ),
};

/** False says the same as nothing. */
const flags = new Set(["unique", "nullsNotDistinct", "notValid", "strict", "withoutRowid"]);

function expectOwn(operations: Both<readonly Operation[]>): void {
  const { text, imports } = writtenFor(operations);
  for (const name of names) {
    const recorded = evaluate(text, imports, name);
    expect(spelled(name, recorded), text).toEqual(spelled(name, operations[name]));
  }
}

describe("a script for both", () => {
  test("records the plans of schemas that say the same", () => {
    const law = fc.property(bothPairs, ({ from, to }) => {
      const [current, desired] = [each(from, wantedOf), each(to, wantedOf)];
      const plan = (name: DialectName) => {
        const options = { rules: inStep(rules[name]), made: () => true };
        const { operations } = diff(current[name], desired[name], options);
        return { current: current[name], operations };
      };
      expectOwn(together({ postgresql: plan("postgresql"), sqlite: plan("sqlite") }));
    });
    fc.assert(law, { numRuns: 500 });
  });

  test("records any operations", () => {
    fc.assert(fc.property(operations, expectOwn), { numRuns: 500 });
  });

  test("says once what is the same", () => {
    const law = fc.property(operationsOf("sqlite"), (made) => {
      const { text } = writtenFor({ postgresql: made, sqlite: made });
      expect(text).not.toMatch(/\.on\("/);
    });
    fc.assert(law, { numRuns: 200 });
  });
});

/** Of each database its own, or the same ones with some left out. */
const operations: fc.Arbitrary<Both<readonly Operation[]>> = fc.oneof(
  fc.record({ postgresql: operationsOf("postgresql"), sqlite: operationsOf("sqlite") }),
  fc.tuple(operationsOf("sqlite"), fc.infiniteStream(fc.boolean())).map(([made, stays]) => ({
    postgresql: made.filter(() => stays.next().value),
    sqlite: made,
  })),
);

function operationsOf(dialect: DialectName): fc.Arbitrary<readonly Operation[]> {
  return arbitraryOf((chance) => {
    let scene = makeScene(chance, dialect);
    const made = Array.from({ length: 1 + chance.upTo(3) }, () => {
      const operation = makeOperation(chance, scene.schema, dialect);
      scene = after(scene, operation);
      return operation;
    });
    return [...scene.operations, ...made];
  });
}
