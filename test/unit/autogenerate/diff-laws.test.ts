/** What holds of every difference, without a database. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diff, type Extra } from "../../../src/autogenerate/diff.ts";
import { wayBack } from "../../../src/autogenerate/plan.ts";
import { render } from "../../../src/autogenerate/render/render.ts";
import { rules as postgresql } from "../../../src/dialects/postgresql/rules.ts";
import { rules as sqlite } from "../../../src/dialects/sqlite/rules.ts";
import { emptySchema } from "../../../src/model/empty-schema.ts";
import type { Schema, SchemaTable } from "../../../src/model/schema.ts";
import { apply } from "../../../src/operations/apply.ts";
import { describe as describeOperation } from "../../../src/operations/describe.ts";
import { pairs } from "../../support/converge/pairs.ts";
import { wantedOf } from "../../support/converge/wanted.ts";

const rulesOf = { postgresql, sqlite };

/** Every list of a schema in another order, but for those that mean one. */
function shuffled(schema: Schema, by: <Item>(list: readonly Item[]) => readonly Item[]): Schema {
  const table = (it: SchemaTable): SchemaTable => ({
    ...it,
    constraints: by(it.constraints),
    indexes: by(it.indexes),
    policies: by(it.policies),
  });
  return {
    ...schema,
    enums: by(schema.enums),
    sequences: by(schema.sequences),
    tables: by(schema.tables.map(table)),
    views: by(schema.views),
  };
}

describe.each(["postgresql", "sqlite"] as const)("for %s", (dialect) => {
  const options = { rules: rulesOf[dialect], made: () => true };
  const between = (from: Schema, to: Schema) => diff(from, to, options).operations;
  /** As a database holds it: made of nothing. */
  const made = (wanted: Schema) => between(emptySchema, wanted).reduce(apply, emptySchema);

  test("a schema does not differ from itself", () => {
    const law = fc.property(pairs(dialect), ({ from }) => {
      const wanted = wantedOf(from);
      expect(between(wanted, wanted)).toEqual([]);
      expect(between(made(wanted), wanted)).toEqual([]);
    });
    fc.assert(law, { numRuns: 300 });
  });

  test("what is applied leads to what was wanted", () => {
    const law = fc.property(pairs(dialect), ({ from, to }) => {
      const [current, wanted] = [made(wantedOf(from)), wantedOf(to)];
      const after = between(current, wanted).reduce(apply, current);
      expect(between(after, wanted).map(describeOperation)).toEqual([]);
    });
    fc.assert(law, { numRuns: 300 });
  });

  test("the way back leads back", () => {
    const law = fc.property(pairs(dialect), ({ from, to }) => {
      const current = made(wantedOf(from));
      const operations = between(current, wantedOf(to));
      const back = wayBack(operations, current, options.rules).map((it) => it.operation);
      const after = [...operations, ...back].reduce(apply, current);
      expect(between(after, current).map(describeOperation)).toEqual([]);
    });
    fc.assert(law, { numRuns: 300 });
  });

  test("a draft is the same whatever the order of what was read", () => {
    const text = (from: Schema, to: Schema) =>
      render(between(from, to).map((operation) => ({ operation, remarks: [] }))).text;
    const law = fc.property(pairs(dialect), ({ from, to }) => {
      const [current, wanted] = [made(wantedOf(from)), wantedOf(to)];
      const reversed = <Item>(list: readonly Item[]) => list.toReversed();
      expect(text(shuffled(current, reversed), shuffled(wanted, reversed))).toBe(
        text(current, wanted),
      );
    });
    fc.assert(law, { numRuns: 300 });
  });
});

test("a schema does not go while something stays in it that nobody made", () => {
  const app = (...names: readonly string[]): Schema => ({
    ...emptySchema,
    namespaces: [{ name: "app" }],
    sequences: names.map((name) => ({ name: { schema: "app", name }, options: {} })),
  });
  const gone = (current: Schema) => {
    const made = ({ name }: Extra) => typeof name === "string" || name.name !== "by_hand";
    return diff(current, emptySchema, { rules: postgresql, made }).operations.map(
      describeOperation,
    );
  };
  expect(gone(app("ours"))).toEqual(["- sequence app.ours", "- schema app"]);
  expect(gone(app("by_hand", "ours"))).toEqual(["- sequence app.ours"]);
});
