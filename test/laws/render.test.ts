/** What a draft says is what it records. */
import fc from "fast-check";
import { transformSync } from "oxc-transform";
import { describe, expect, test } from "vitest";
import { render } from "../../src/autogenerate/render/render.ts";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { check, foreignKey, primaryKey, sql, t, unique } from "../../src/index.ts";
import type { DialectName } from "../../src/model/schema.ts";
import type { Op } from "../../src/operations/op.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { record } from "../../src/operations/record.ts";
import { arbitraryOf } from "../support/arbitrary-chance.ts";
import { makeOperation } from "../support/arbitrary-operation.ts";
import { after, makeScene } from "../support/arbitrary-schema.ts";

const operations = (dialect: DialectName): fc.Arbitrary<readonly Operation[]> =>
  arbitraryOf((chance) => {
    let scene = makeScene(chance, dialect);
    const made = Array.from({ length: 1 + chance.upTo(3) }, () => {
      const operation = makeOperation(chance, scene.schema, dialect);
      scene = after(scene, operation);
      return operation;
    });
    return [...scene.operations, ...made];
  });

const context = (dialect: DialectName) => ({
  dialect,
  text: dialect === "sqlite" ? sqlite.text : postgresql.text,
  args: {},
});

const exported = { check, foreignKey, primaryKey, sql, t, unique };

/** The operations that the text of a body records. */
function evaluate(text: string, imports: readonly string[], dialect: DialectName): Operation[] {
  const { code } = transformSync("draft.ts", `export default (op) => {\n${text}\n};`);
  const body = code.replace("export default", "return").replace(/;\s*$/, "");
  const script = new Function(...imports, body)(...imports.map((name) => exported[name as "t"]));
  return record(script as (op: Op) => void, context(dialect)).operations.map((it) => it.operation);
}

/** A flag that is false says the same as none, but for a column's change and a role. */
function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key, it]) => it !== false || !flags.has(key));
  return Object.fromEntries(entries.map(([key, it]) => [key, canonical(it)]));
}

const flags = new Set(["unique", "nullsNotDistinct", "notValid", "strict", "withoutRowid"]);

describe.each(["postgresql", "sqlite"] as const)("a draft for %s", (dialect) => {
  test("records just the operations that it was written from", () => {
    fc.assert(
      fc.property(operations(dialect), (made) => {
        const { text, imports } = render(made.map((operation) => ({ operation, remarks: [] })));
        expect(canonical(evaluate(text, imports, dialect))).toEqual(canonical(made));
      }),
      { numRuns: 500 },
    );
  });

  test("keeps to a hundred columns where a line can be broken", () => {
    fc.assert(
      fc.property(operations(dialect), (made) => {
        const { text } = render(made.map((operation) => ({ operation, remarks: [] })));
        const long = text.split("\n").filter((line) => line.length > 100 && /[,(]\s\S/.test(line));
        expect(long.filter((line) => !line.includes("sql`"))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
