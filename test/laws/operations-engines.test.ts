/** The engines agree: an operation and its reverse leave a database as it was. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Connection, Dialect } from "../../src/dialects/dialect.ts";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { Schema } from "../../src/model/schema.ts";
import type { Operation } from "../../src/operations/operation.ts";
import { reverse } from "../../src/operations/reverse.ts";
import { arbitraryOf } from "../support/arbitrary-chance.ts";
import { makeOperation } from "../support/arbitrary-operation.ts";
import { laterOn, makeScene, reader, type Scene } from "../support/arbitrary-schema.ts";
import { postgresObjects, sqliteObjects } from "../support/object-dump.ts";
import { connectTo } from "../support/postgres/connection.ts";
import { createDatabase, forEachServer } from "../support/postgres/database.ts";
import { runOperations } from "../support/run-operations.ts";

interface Case {
  readonly scene: Scene;
  readonly operation: Operation;
}

const casesFor = ({ name }: Dialect): fc.Arbitrary<Case> =>
  arbitraryOf((chance) => {
    const make = (schema: Schema) => makeOperation(chance, schema, name);
    const scene = laterOn(chance, makeScene(chance, name), 2, make);
    return { scene, operation: make(scene.schema) };
  });

type Dump = (connection: Connection) => Promise<readonly string[]>;

/** What there is before the operation, and after it and its reverse. */
async function thereAndBack(
  { scene, operation }: Case,
  dialect: Dialect,
  connection: Connection,
  dump: Dump,
) {
  const reversal = reverse(operation, scene.schema);
  if (reversal.kind === "irreversible") throw new Error(reversal.why);
  await runOperations(dialect, connection, scene.operations);
  const before = await dump(connection);
  await runOperations(dialect, connection, [operation]);
  await runOperations(dialect, connection, reversal.operations);
  expect(await dump(connection)).toEqual(before);
}

describe("an operation and its reverse leave", () => {
  test("a SQLite database as it was", async () => {
    const dump: Dump = (connection) => sqliteObjects((sql) => connection.all(sql));
    await fc.assert(
      fc.asyncProperty(casesFor(sqlite), async (it) => {
        const connection = await sqlite.scratch();
        if (connection === null) throw new Error("no scratch database");
        try {
          await connection.begin({ suspendForeignKeys: true });
          await thereAndBack(it, sqlite, connection, dump);
          await connection.commit();
        } finally {
          await connection.close();
        }
      }),
      { numRuns: 1500, interruptAfterTimeLimit: 55_000 },
    );
  });

  forEachServer((server) => {
    test("a PostgreSQL database as it was", async () => {
      const connection = await connectTo(await createDatabase(server));
      const dump: Dump = (it) => postgresObjects((sql) => it.all(sql));
      await fc.assert(
        fc.asyncProperty(casesFor(postgresql), async (it) => {
          await connection.begin({ suspendForeignKeys: false });
          try {
            await connection.run(`CREATE ROLE ${reader}`);
            await thereAndBack(it, postgresql, connection, dump);
          } finally {
            await connection.rollback();
          }
        }),
        { numRuns: 600, interruptAfterTimeLimit: 55_000 },
      );
    });
  });
});
