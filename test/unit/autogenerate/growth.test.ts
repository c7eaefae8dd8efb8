/** What a draft costs for each of its tables does not depend on how many there are: counted in names that are read. */
import { describe, expect, test } from "vitest";
import { renderBoth } from "../../../src/autogenerate/both/merge.ts";
import { inStep, together } from "../../../src/autogenerate/both/plan.ts";
import { plan, wayBack } from "../../../src/autogenerate/plan.ts";
import { remarksOnMoves } from "../../../src/autogenerate/remarks.ts";
import { render } from "../../../src/autogenerate/render/render.ts";

import { concerns } from "../../../src/dialects/postgresql/concerns.ts";
import { rules as postgresql } from "../../../src/dialects/postgresql/rules.ts";
import { rules as sqlite } from "../../../src/dialects/sqlite/rules.ts";
import type { Rules } from "../../../src/model/rules.ts";
import type { Column, Constraint, Schema, SchemaTable } from "../../../src/model/schema.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { counted, tableName } from "../../support/counted.ts";

const integer = { kind: "integer" } as const;
const key: Constraint = { kind: "primaryKey", name: "key", columns: ["id"] };

interface Shape {
  /** Which share of the tables is there; all when absent. */
  readonly share?: number;
  readonly more?: readonly Column[];
  /** Each table refers to the next one. */
  readonly refers?: boolean;
  readonly title?: string;
}

function shaped({ more = [], refers = false, title = "title" }: Shape, count: number) {
  return (at: number): SchemaTable => {
    const name = tableName(at);
    const to: Constraint = {
      kind: "foreignKey",
      name: `${name}_next`,
      columns: ["next"],
      table: tableName((at + 1) % count),
      references: ["id"],
    };
    return {
      name,
      columns: [
        { name: "id", type: integer, notNull: true },
        { name: "next", type: integer },
        { name: title, type: { kind: "text" } },
        ...more,
      ],
      constraints: refers ? [key, to] : [key],
      indexes: [{ name: `${name}_title`, columns: [{ of: title }] }],
      policies: [],
      rowSecurity: { enabled: false, forced: false },
    };
  };
}

/** Between which shapes a draft leads. */
const drafts: Readonly<Record<string, readonly [Shape, Shape]>> = {
  "all tables come": [{ share: 0 }, { refers: true }],
  "half of the tables come": [{ refers: true, share: 0.5 }, { refers: true }],
  "all tables go": [{ refers: true }, { share: 0 }],
  "each gets a column": [{}, { more: [{ name: "note", type: integer }] }],
  "each loses a column": [{ more: [{ name: "note", type: integer }] }, {}],
  "each gets a key": [{}, { refers: true }],
  "each loses its key": [{ refers: true }, {}],
  "a column of each gets another name": [{}, { title: "heading" }],
};

const bare = (operations: readonly Operation[]) =>
  operations.map((operation) => ({ operation, remarks: [] }));

async function draft(current: Schema, desired: Schema): Promise<void> {
  const by = async (rules: Rules) => {
    const { operations } = await plan(current, desired, {
      rules,
      made: () => true,
      decide: async ({ choices: [first = null] }) => first,
      desiredFor: async () => desired,
    });
    return operations;
  };
  const operations = await by(postgresql);
  await concerns(operations, current, { all: async () => [] });
  remarksOnMoves(operations);
  render(bare(operations));
  render(wayBack(operations, current, postgresql));
  const rules = { postgresql: inStep(postgresql), sqlite: inStep(sqlite) };
  const both = together({
    postgresql: { current, operations: await by(rules.postgresql) },
    sqlite: { current, operations: await by(rules.sqlite) },
  });
  const drafted = { postgresql: bare(both.postgresql), sqlite: bare(both.sqlite) };
  renderBoth(drafted, rules);
}

/** The reads of names for each of `count` tables. */
async function readsEach([from, to]: readonly [Shape, Shape], count: number): Promise<number> {
  const side = (shape: Shape) => counted(count * (shape.share ?? 1), shaped(shape, count));
  const [current, desired] = [side(from), side(to)];
  await draft(current.schema, desired.schema);
  return (current.reads() + desired.reads()) / count;
}

describe.each(Object.entries(drafts))("%s", (_, shapes) => {
  test("at the same cost each", async () => {
    const few = await readsEach(shapes, 40);
    expect(await readsEach(shapes, 400)).toBeLessThanOrEqual(few + 1);
  });
});
