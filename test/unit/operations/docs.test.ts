/** The examples of docs/operations.md run as they stand there, and their reverses leave nothing. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Connection, Dialect } from "../../../src/dialects/dialect.ts";
import { postgresql } from "../../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { MigError } from "../../../src/errors.ts";
import * as mig from "../../../src/index.ts";
import type { Schema } from "../../../src/model/schema.ts";
import { apply, emptySchema } from "../../../src/operations/apply.ts";
import type { Op } from "../../../src/operations/op.ts";
import type { Operation, Recorded } from "../../../src/operations/operation.ts";
import { record } from "../../../src/operations/record.ts";
import { reverse } from "../../../src/operations/reverse.ts";
import { postgresObjects, sqliteObjects } from "../../support/object-dump.ts";
import { connectTo } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer } from "../../support/postgres/database.ts";
import { runOperations } from "../../support/run-operations.ts";

const pageOf = (name: string) =>
  readFileSync(join(import.meta.dirname, "../../../docs", name), "utf8");
const examplesOf = (page: string) =>
  [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, text = ""]) => text);

const page = pageOf("operations.md");
const examples = examplesOf(page);

function recorded(example: string, { name, text }: Dialect): readonly Recorded[] {
  const run = new Function("op", ...Object.keys(mig), example);
  const script = (op: Op) => run(op, ...Object.values(mig));
  return record(script, { dialect: name, text, args: {} }).operations;
}

const isFor = (example: string, { name }: Dialect) =>
  name === "postgresql" || !example.startsWith("// PostgreSQL only");

/** What of the page can run in one transaction. */
function history(dialect: Dialect): readonly Operation[] {
  return examples
    .filter((example) => isFor(example, dialect))
    .flatMap((example) => recorded(example, dialect))
    .map(({ operation }) => operation)
    .filter((operation) => dialect.refusesTransaction(operation) === null);
}

/** The operations that undo `operations`, the last one first; without those of which nothing is known. */
function undoing(operations: readonly Operation[]): readonly Operation[] {
  let schema: Schema = emptySchema;
  const back = operations.map((operation) => {
    const reversal = reverse(operation, schema);
    schema = apply(schema, operation);
    return reversal.kind === "reversible" ? reversal.operations : [];
  });
  return back.toReversed().flat();
}

async function thereAndBack(
  dialect: Dialect,
  connection: Connection,
  dump: () => Promise<readonly string[]>,
): Promise<void> {
  const before = await dump();
  const operations = history(dialect);
  await runOperations(dialect, connection, operations);
  expect((await dump()).length).toBeGreaterThan(before.length);
  // SQLite has no types, and nothing to take a value out of: reverses do not know the database that they are for.
  const back = undoing(operations).filter((it) => isTaken(dialect, it));
  await runOperations(dialect, connection, back);
  expect(await dump()).toEqual(before);
}

function isTaken({ name }: Dialect, operation: Operation): boolean {
  return name === "postgresql" || operation.kind !== "alterEnum";
}

describe("the examples of docs/operations.md", () => {
  test.each([postgresql, sqlite])("are taken by $name where they say so", (dialect) => {
    const taken = examples.filter((example) => isFor(example, dialect));
    for (const it of taken.flatMap((example) => recorded(example, dialect))) dialect.check(it);
  });

  test("are refused by SQLite, every call of them, where they say so", () => {
    const others = examples.filter((example) => !isFor(example, sqlite));
    const codes = others
      .flatMap((example) => recorded(example, sqlite))
      .map((it) => `${it.operation.kind}: ${refusal(() => sqlite.check(it))}`);
    expect(codes.length).toBeGreaterThan(20);
    expect(codes.filter((it) => !it.endsWith(": UNSUPPORTED"))).toEqual([]);
  });

  test.each([postgresql, sqlite])("of everyday operations are taken by $name", (dialect) => {
    const [example = ""] = examplesOf(pageOf("revisions.md")).filter((it) =>
      it.startsWith("op.createTable"),
    );
    const operations = recorded(example, dialect);
    expect(operations.length).toBeGreaterThan(6);
    for (const it of operations) dialect.check(it);
  });

  test("stand beside a word on every call", () => {
    const calls: string[] = [];
    const script = (op: Op) => calls.push(...Object.keys(op));
    record(script, { dialect: "sqlite", text: sqlite.text, args: {} });
    const known = ["dialect", "args", ...calls.filter((call) => page.includes(`${call}(`))];
    expect(calls.filter((call) => !known.includes(call))).toEqual([]);
  });

  test("run on SQLite, and can be undone", async () => {
    const connection = await sqlite.scratch();
    if (connection === null) throw new Error("no scratch database");
    await connection.begin({ suspendForeignKeys: true });
    await thereAndBack(sqlite, connection, () => sqliteObjects((sql) => connection.all(sql)));
    await connection.close();
  });

  forEachServer((server) => {
    test("run, and can be undone", async () => {
      const connection = await connectTo(await createDatabase(server));
      await connection.begin({ suspendForeignKeys: false });
      try {
        await thereAndBack(postgresql, connection, () =>
          postgresObjects((sql) => connection.all(sql)),
        );
      } finally {
        await connection.rollback();
      }
    });
  });
});

function refusal(check: () => void): string {
  try {
    check();
  } catch (failure) {
    return failure instanceof MigError ? failure.code : String(failure);
  }
  return "taken";
}
