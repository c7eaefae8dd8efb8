/** The engines agree: an operation and its reverse leave a database as it was. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Connection, Dialect } from "../../src/dialects/dialect.ts";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { Schema, SchemaTable, TableName } from "../../src/model/schema.ts";
import { sameName } from "../../src/operations/apply/names.ts";
import { apply } from "../../src/operations/apply.ts";
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
      { numRuns: 150, interruptAfterTimeLimit: 20_000 },
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
        { numRuns: 60, interruptAfterTimeLimit: 20_000 },
      );
    });
  });
});

/** The operations that make `schema` of nothing, tables after those that they refer to. */
function creation(schema: Schema): readonly Operation[] {
  const { namespaces, enums, sequences, views } = schema;
  return [
    ...namespaces.map((it) => ({ kind: "createSchema", namespace: it, ...always }) as const),
    ...enums.map((it) => ({ kind: "createEnum", enum: it }) as const),
    ...sequences.map((it) => ({ kind: "createSequence", sequence: it, ...always }) as const),
    ...inOrder(schema.tables).flatMap(({ name }) => recreation(schema, name)),
    ...views.map((it) => ({ kind: "createView", view: it, orReplace: false }) as const),
  ];
}

const always = { ifNotExists: false };

function recreation(schema: Schema, table: TableName): readonly Operation[] {
  const reversal = reverse({ kind: "dropTable", table, ifExists: false }, schema);
  return reversal.kind === "reversible" ? reversal.operations : [];
}

function inOrder(tables: readonly SchemaTable[]): readonly SchemaTable[] {
  const ready = tables.filter((table) =>
    table.constraints.every(
      (it) =>
        it.kind !== "foreignKey" ||
        sameName(it.table, table.name) ||
        !tables.some(({ name }) => sameName(name, it.table)),
    ),
  );
  // Tables that refer to each other cannot be made so.
  fc.pre(ready.length > 0 || tables.length === 0);
  if (ready.length === 0) return [];
  return [...ready, ...inOrder(tables.filter((it) => !ready.includes(it)))];
}

/** A default that saw another type of its column is cast from that to this one. */
function withoutCasts(line: string): string {
  return line.startsWith("column ") ? line.replace(/::[a-z][a-z ]*|[()']/g, "") : line;
}

describe("an operation makes of a database what it makes of a schema", () => {
  forEachServer((server) => {
    test("that a database is made of", async () => {
      const connection = await connectTo(await createDatabase(server));
      const dumpOf = async (operations: readonly Operation[]) => {
        await connection.begin({ suspendForeignKeys: false });
        try {
          await connection.run(`CREATE ROLE ${reader}`);
          await runOperations(postgresql, connection, operations);
          return (await postgresObjects((sql) => connection.all(sql))).map(withoutCasts);
        } finally {
          await connection.rollback();
        }
      };
      await fc.assert(
        fc.asyncProperty(casesFor(postgresql), async ({ scene, operation }) => {
          const wanted = creation(apply(scene.schema, operation));
          expect(await dumpOf([...scene.operations, operation])).toEqual(await dumpOf(wanted));
        }),
        { numRuns: 60, interruptAfterTimeLimit: 20_000 },
      );
    });
  });
});
