/** What a draft says is what it records. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { render } from "../../src/autogenerate/render/render.ts";
import { draftedOperations } from "../support/arbitrary-drafts.ts";
import { evaluate } from "../support/drafted.ts";

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
      fc.property(draftedOperations(dialect), (made) => {
        const { text, imports } = render(made.map((operation) => ({ operation, remarks: [] })));
        expect(canonical(evaluate(text, imports, dialect))).toEqual(canonical(made));
      }),
      { numRuns: 500 },
    );
  });

  test("keeps to a hundred columns where a line can be broken", () => {
    fc.assert(
      fc.property(draftedOperations(dialect), (made) => {
        const { text } = render(made.map((operation) => ({ operation, remarks: [] })));
        const long = text.split("\n").filter((line) => line.length > 100 && /[,(]\s\S/.test(line));
        expect(long.filter((line) => !line.includes("sql`"))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
