import { expect, test } from "vitest";
import { compile } from "../../../src/dialects/postgresql/compile.ts";
import { MigError } from "../../../src/errors.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { recordedBy } from "../../support/postgres/connection.ts";
import { families } from "./golden/families.ts";

const long = "x".repeat(64);

/** What is no name, or names nothing that PostgreSQL could cut off: SQL, words, values, and what stands for SQLite. */
const others: ReadonlySet<string> = new Set([
  ...[
    "kind",
    "sql",
    "sqlite",
    "postgresql",
    "comment",
    "text",
    "what",
    "version",
    "rows",
    "default",
  ],
  ...["generated", "options", "order", "nulls", "onDelete", "onUpdate", "deferrable", "as", "for"],
  ...["privileges", "place", "copyFrom", "recreate", "values", "map", "value"],
  ...["increment", "maxValue", "buffering", "check_option"],
]);

interface Mutation {
  readonly path: string;
  readonly operation: Operation;
}

/** `value` with one name of it made too long, for each of its names. */
function* mutations(value: unknown, path: string): Generator<readonly [path: string, unknown]> {
  if (typeof value === "string") {
    yield [path, long];
  } else if (Array.isArray(value)) {
    for (const [at, item] of value.entries()) {
      for (const [inside, changed] of mutations(item, `${path}.${at}`))
        yield [inside, value.with(at, changed)];
    }
  } else if (typeof value === "object" && value !== null) {
    for (const [key, member] of Object.entries(value)) {
      if (others.has(key)) continue;
      for (const [inside, changed] of mutations(member, `${path}.${key}`)) {
        yield [inside, { ...value, [key]: changed }];
      }
    }
  }
}

function everyMutation(): readonly Mutation[] {
  const revisions = families.flatMap(({ up, down }) => [...Object.values(up), down]);
  const operations = revisions.flatMap((it) => recordedBy(it).map(({ operation }) => operation));
  return operations.flatMap((operation) =>
    [...mutations(operation, operation.kind)]
      .filter(([path]) => !isNoName(path, operation))
      .map(([path, changed]) => ({ path, operation: changed as Operation })),
  );
}

/** Values of enums are too long in another way, and a sequence's type is a word. */
function isNoName(path: string, { kind }: Operation): boolean {
  return (
    (kind === "renameEnumValue" && path !== "renameEnumValue.name") ||
    path === "createSequence.sequence.type"
  );
}

/** True where `operation` is not refused, and the name is in its SQL. */
function isTaken(operation: Operation): boolean {
  try {
    const statements = compile({ operation, site: new Error("recorded here") });
    return statements.some((statement) => statement.sql.includes(long));
  } catch (failure) {
    return !(failure instanceof MigError && failure.code === "NAME_TOO_LONG");
  }
}

test("a name that PostgreSQL would cut off is refused, wherever it stands", () => {
  const all = everyMutation();
  expect(all.length).toBeGreaterThan(500);
  const taken = all.filter(({ operation }) => isTaken(operation));
  expect([...new Set(taken.map(({ path }) => path))]).toEqual([]);
});
