import { describe, expect, onTestFinished, test } from "vitest";
import type { Connection } from "../../../src/dialects/dialect.ts";
import { refusesTransaction } from "../../../src/dialects/postgresql/refusals.ts";
import { terminated } from "../../../src/dialects/statement.ts";
import { t } from "../../../src/operations/columns.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { connectTo, recordedBy, statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query, session } from "../../support/postgres/database.ts";
import { dump } from "./dump.ts";
import { families } from "./golden/families.ts";
import type { Family } from "./golden/family.ts";
import { changeKinds, constraintKinds, operationKinds, typeKinds } from "./golden/kinds.ts";
import { newer } from "./golden/newer.ts";

const everywhere = [...families, newer];

const revisionsOf = ({ up, down }: Family) => Object.entries({ ...up, down });

/** The revisions of `family`, as a script. */
async function script(family: Family, only = revisionsOf(family)): Promise<string> {
  const parts = only.map(async ([name, revision]) => {
    const statements = await statementsOf(revision);
    return `-- ${name}\n\n${statements.map((statement) => `${terminated(statement.sql)}\n`).join("\n")}`;
  });
  return (await Promise.all(parts)).join("\n");
}

/** True where a revision has to say `transaction = false`. */
const goesAlone = (revision: (op: Op) => void) =>
  recordedBy(revision).some(({ operation }) => refusesTransaction(operation) !== null);

/** Run `revision` as mig does: in one transaction, or each statement alone. */
async function run(url: string, revision: (op: Op) => void): Promise<void> {
  const around = goesAlone(revision) ? [] : ["BEGIN", "COMMIT"];
  const statements = (await statementsOf(revision)).map((statement) => statement.sql);
  await session(url, async (client) => {
    for (const text of [...around.slice(0, 1), ...statements, ...around.slice(1)]) {
      await client.query(text).catch((failure: Error) => {
        throw new Error(`${failure.message} in ${text}`, { cause: failure });
      });
    }
  });
}

/** Run the statements of `revision` alone, and those that count as undone afterwards once more: it must do no harm. */
async function follow(connection: Connection, revision: (op: Op) => void): Promise<void> {
  for (const statement of await statementsOf(revision)) {
    const before = await connection.probe(statement);
    await connection.send(statement);
    const after = await connection.probe(statement);
    if (after === "undone") await connection.send(statement);
    // What is made only where it is not there may be there before.
    const perhaps = /\bIF (NOT )?EXISTS\b/.test(statement.sql);
    expect([statement.sql, before, after]).toEqual([
      statement.sql,
      perhaps ? before : expect.stringMatching(/^(undone|unclear)$/),
      before === "unclear" ? "unclear" : expect.stringMatching(/^(done|undone)$/),
    ]);
  }
}

describe("the SQL of every operation", () => {
  test.each(everywhere)("is what test/golden/postgresql says: $name", async (family) => {
    await expect(await script(family)).toMatchFileSnapshot(
      `../../golden/postgresql/${family.name}.sql`,
    );
  });

  test("is there for every kind", () => {
    const recorded = everywhere
      .flatMap(revisionsOf)
      .flatMap(([, revision]) => recordedBy(revision).map(({ operation }) => operation));
    const changed = recorded.flatMap((it) => (it.kind === "alterTable" ? it.changes : []));
    const tablesMade = recorded.flatMap((it) => (it.kind === "createTable" ? [it.table] : []));
    const types = tablesMade.flatMap((it) => it.columns.map(({ type }) => type.kind));
    const constraints = tablesMade.flatMap((it) => it.constraints.map(({ kind }) => kind));
    const found = (kinds: readonly string[]) => [...new Set(kinds)].sort();
    expect(found(recorded.map(({ kind }) => kind))).toEqual(Object.keys(operationKinds).sort());
    expect(found(changed.map(({ kind }) => kind))).toEqual(Object.keys(changeKinds).sort());
    expect(found(types)).toEqual(Object.keys(typeKinds).sort());
    expect(found(constraints)).toEqual(Object.keys(constraintKinds).sort());
  });

  test("cannot run in a transaction where the operation says so, and only there", async () => {
    for (const [, revision] of everywhere.flatMap(revisionsOf)) {
      for (const statement of await statementsOf(revision)) {
        const { operation } = statement.from as NonNullable<typeof statement.from>;
        const text = refusesTransaction({ kind: "execute", sql: statement.sql });
        if (text !== null)
          expect([statement.sql, refusesTransaction(operation)]).toEqual([statement.sql, text]);
      }
    }
  });

  forEachServer((server) => {
    async function databaseFor({ before, roles = [] }: Family): Promise<string> {
      // Behind the database, which may hold something of theirs.
      onTestFinished(async () => {
        for (const role of roles) await query(server.url, `DROP ROLE IF EXISTS "${role}"`);
      });
      const url = await createDatabase(server);
      await query(url, before);
      return url;
    }

    test.each(families)("runs, and its reverse leaves nothing: $name", async (family) => {
      const url = await databaseFor(family);
      const empty = await dump(url);
      for (const [, revision] of Object.entries(family.up)) await run(url, revision);
      const full = await dump(url);
      await expect(`${full.join("\n")}\n`).toMatchFileSnapshot(
        `../../golden/postgresql/made/${family.name}.txt`,
      );
      await run(url, family.down);
      expect(await dump(url)).toEqual(empty);
    });

    test.each(families)("runs as a script: $name", async (family) => {
      const url = await databaseFor(family);
      for (const [name, revision] of revisionsOf(family)) {
        // One message is one transaction.
        if (goesAlone(revision)) await run(url, revision);
        else await query(url, await script(family, [[name, revision]]));
      }
    });

    test("runs where the server is new enough, and its reverse leaves nothing", async () => {
      const url = await databaseFor(newer);
      const empty = await dump(url);
      const [first, ...others] = revisionsOf(newer).map(([, revision]) => revision);
      const ran = run(url, first as (op: Op) => void).then(
        () => true,
        () => false,
      );
      const isNew = "SELECT current_setting('server_version_num')::int >= 180000 AS new";
      expect(await query(url, isNew)).toEqual([{ new: await ran }]);
      if (await ran) for (const revision of others) await run(url, revision);
      expect(await dump(url)).toEqual(empty);
    });

    // A revision without transaction goes on behind what took effect, so that has to be seen.
    test.each(families)(
      "takes effect where it can be seen, or can be said twice: $name",
      async (family) => {
        const url = await databaseFor(family);
        const connection = await connectTo(url);
        for (const [, revision] of Object.entries(family.up)) await follow(connection, revision);
        const made = `${(await dump(url)).join("\n")}\n`;
        await expect(made).toMatchFileSnapshot(`../../golden/postgresql/made/${family.name}.txt`);
        await follow(connection, family.down);
      },
    );
  });
});

forEachServer((server) => {
  test("a default that fits only the new type, and one that fits only the old", async () => {
    const url = await createDatabase(server);
    await query(url, "CREATE TABLE t (a text DEFAULT 'x'); INSERT INTO t VALUES ('4')");
    const statements = await statementsOf((op) =>
      op.alterColumn("t", "a", { type: t.integer("a").type, default: 5, using: sql`a::integer` }),
    );
    await query(url, statements.map((statement) => statement.sql).join(";"));
    await query(url, "INSERT INTO t DEFAULT VALUES");
    expect(await query(url, "SELECT a FROM t ORDER BY a")).toEqual([{ a: 4 }, { a: 5 }]);
  });

  test("ten thousand rows go in statements of a thousand", async () => {
    const url = await createDatabase(server);
    await query(url, "CREATE TABLE t (id int, name text)");
    const rows = Array.from({ length: 10_000 }, (_, id) => ({ id, name: `row ${id}` }));
    const statements = await statementsOf((op) => op.insert("t", rows));
    expect(statements).toHaveLength(10);
    await query(url, statements.map((statement) => statement.sql).join(";"));
    expect(await query(url, "SELECT count(*)::int, max(id) FROM t")).toEqual([
      { count: 10_000, max: 9_999 },
    ]);
  });
});
