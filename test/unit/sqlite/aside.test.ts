/** Tables that are rebuilt and dropped where foreign keys cannot be switched off: in a transaction that somebody else began. */
import { describe, expect, test } from "vitest";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import type { Statement } from "../../../src/dialects/statement.ts";
import { t } from "../../../src/operations/columns.ts";
import { foreignKey } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { database, dump, recorded, type TestDatabase, textOf } from "./support.ts";

/** Run `script` inside a transaction of which mig knows nothing. Gives the statements that were sent. */
async function within(
  { connection }: TestDatabase,
  script: (op: Op) => void,
): Promise<Statement[]> {
  await connection.run("BEGIN");
  const sent: Statement[] = [];
  try {
    for (const it of recorded(script)) {
      for (const statement of await sqlite.compile(it, connection)) {
        sent.push(statement);
        await connection.send(statement);
      }
    }
    await connection.run("COMMIT");
  } catch (failure) {
    await connection.run("ROLLBACK");
    throw failure;
  }
  return sent;
}

const wayOf = async ({ connection }: TestDatabase, script: (op: Op) => void) => {
  await connection.run("BEGIN");
  const ways = await Promise.all(recorded(script).map((it) => sqlite.way?.(it, connection)));
  await connection.run("COMMIT");
  return ways;
};

const copied = (op: Op) => op.alterColumn("p", "a", { type: t.text("a").type });

/** A parent whose children are of every kind, which have children, triggers, views, indexes and sequences themselves. */
const family = `BEGIN;
  CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, a int, boss int REFERENCES p(id) ON DELETE CASCADE, c int REFERENCES cycle ON DELETE CASCADE);
  CREATE TABLE cascading(id integer PRIMARY KEY AUTOINCREMENT, p int /* whose */ REFERENCES p ON DELETE CASCADE, n text COLLATE NOCASE UNIQUE);
  CREATE TABLE nulled(p int, q int REFERENCES other, CONSTRAINT "to p" FOREIGN KEY (p) REFERENCES "P" (id) ON DELETE SET NULL DEFERRABLE INITIALLY DEFERRED, CHECK (q > 0)) STRICT;
  CREATE TABLE kept(p int CONSTRAINT k REFERENCES p(id) ON DELETE NO ACTION, g AS (p + 1) STORED);
  CREATE TABLE restricted(p int PRIMARY KEY REFERENCES p(id) ON DELETE RESTRICT NOT DEFERRABLE) WITHOUT ROWID;
  CREATE TABLE defaulted(p int DEFAULT 2 REFERENCES p ON DELETE SET DEFAULT ON UPDATE CASCADE);
  CREATE TABLE cycle(id integer PRIMARY KEY, p int REFERENCES p(id) ON DELETE CASCADE);
  CREATE TABLE grandchild(c int REFERENCES cascading(id) ON DELETE CASCADE); CREATE TABLE other(id integer PRIMARY KEY);
  CREATE INDEX i ON cascading(lower(n)) WHERE p > 0; CREATE UNIQUE INDEX j ON p(a DESC);
  CREATE VIEW v AS SELECT p.a, cascading.n FROM p JOIN cascading ON cascading.p = p.id; CREATE TABLE log(what);
  CREATE TRIGGER t1 AFTER DELETE ON cascading BEGIN INSERT INTO log VALUES ('gone ' || old.id); END;
  CREATE TRIGGER t2 AFTER DELETE ON p BEGIN INSERT INTO log VALUES ('p ' || old.id); END;
  CREATE TRIGGER t3 AFTER UPDATE ON nulled BEGIN INSERT INTO log VALUES ('nulled'); END;
  INSERT INTO other VALUES (1); INSERT INTO p(id, a) VALUES (1, 10), (2, 20), (3, 30), (9, 90); DELETE FROM p WHERE id = 9; DELETE FROM log;
  INSERT INTO cascading(p, n) VALUES (1, 'One'), (2, 'two'), (3, 'gone'); DELETE FROM cascading WHERE id = 3; DELETE FROM log;
  INSERT INTO nulled VALUES (1, 1), (2, 1); INSERT INTO kept(p) VALUES (2), (3); INSERT INTO restricted VALUES (1); INSERT INTO defaulted VALUES (3);
  INSERT INTO cycle VALUES (1, 2); INSERT INTO grandchild VALUES (1), (2); UPDATE p SET c = 1, boss = 1; COMMIT;`;

describe("a table is rebuilt, and what refers to it is as it was", () => {
  test("children of every kind, grandchildren, a ring, itself", async () => {
    const db = await database(family);
    const before = dump(db.engine);
    const sent = await within(db, copied);
    const after = dump(db.engine);
    const { p, ...others } = after.rows;
    const { p: then, ...before_ } = before.rows;
    expect(others).toEqual(before_);
    expect(p).toEqual(
      then?.map((row) => ({ ...(row as object), a: String((row as { a: bigint }).a) })),
    );
    const texts = ({ schema }: typeof before) => schema.filter(({ name }) => name !== "p");
    expect(texts(after)).toEqual(texts(before));
    expect(textOf(db.engine, "p")).toBe(
      "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, a text, boss int REFERENCES p(id) ON DELETE CASCADE, c int REFERENCES cycle ON DELETE CASCADE)",
    );
    expect(db.engine.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(db.engine.pragma("foreign_key_check")).toEqual([]);
    expect(
      sent.some(({ sql }) =>
        /^(?:DELETE|UPDATE|INSERT INTO) "?(?:cascading|nulled|kept)/.test(sql),
      ),
    ).toBe(false);
    // The keys are what they were.
    db.engine.exec("PRAGMA foreign_keys = ON");
    const one = "DELETE FROM p WHERE id = 2";
    expect(() => db.engine.exec(one)).toThrow("FOREIGN KEY constraint failed");
    db.engine.exec(`DELETE FROM kept; DELETE FROM restricted; DELETE FROM defaulted; ${one}`);
    const { rows } = dump(db.engine);
    expect(rows).toMatchObject({ p: [], cascading: [], cycle: [], grandchild: [] });
    expect(rows.nulled).toMatchObject([{ p: null }, { p: null }]);
  });

  test("only what drops the table needs it, and it is told", async () => {
    const db = await database(family);
    expect(await wayOf(db, copied)).toEqual(["general copy, foreign keys set aside"]);
    expect(await wayOf(db, (op) => op.alterColumn("p", "a", { default: 1 }))).toEqual([
      "schema text, or a general copy where rows are older than the column",
    ]);
    const again = (op: Op) => op.batchAlterTable("p", () => {}, { recreate: "always" });
    expect(await wayOf(db, again)).toEqual(["transfer copy, foreign keys set aside"]);
    const { connection } = db;
    // Looking changes nothing, not even for the connection.
    expect(await sqlite.way?.(recorded(copied)[0] as never, connection)).toBe("general copy");
    expect(await connection.all("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 1 }]);
    expect(dump(db.engine).rows).toEqual(dump((await database(family)).engine).rows);
  });

  test("the statements", async () => {
    const db = await database(
      "CREATE TABLE p(id integer PRIMARY KEY, a int, b int REFERENCES p); CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE, n); INSERT INTO p VALUES (1, 1, 1); INSERT INTO c VALUES (1, 1)",
    );
    const sent = await within(db, copied);
    expect(sent.filter(({ verify }) => !verify).map(({ sql }) => sql)).toEqual([
      `UPDATE sqlite_schema SET sql = 'CREATE TABLE p(id integer PRIMARY KEY, a int, b int)' WHERE type = 'table' AND name = 'p' AND sql = 'CREATE TABLE p(id integer PRIMARY KEY, a int, b int REFERENCES p)';
UPDATE sqlite_schema SET sql = 'CREATE TABLE c(p int, n)' WHERE type = 'table' AND name = 'c' AND sql = 'CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE, n)'`,
      'CREATE TABLE "_mig_p"(id integer PRIMARY KEY, a text, b int)',
      'INSERT INTO "_mig_p" ("id", "a", "b")\nSELECT "id", "a", "b" FROM "p"',
      "PRAGMA legacy_alter_table = ON",
      'DROP TABLE "p"',
      'ALTER TABLE "_mig_p" RENAME TO "p"',
      "PRAGMA legacy_alter_table = OFF",
      "UPDATE sqlite_schema SET sql = 'CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE, n)' WHERE type = 'table' AND name = 'c' AND sql = 'CREATE TABLE c(p int, n)'",
      "UPDATE sqlite_schema SET sql = 'CREATE TABLE p(id integer PRIMARY KEY, a text, b int REFERENCES p)' WHERE type = 'table' AND name = 'p'",
    ]);
  });

  test("what failed leaves no key aside, and the transaction as it was", async () => {
    const db = await database(family);
    const before = dump(db.engine);
    const { connection } = db;
    await connection.run("BEGIN");
    await connection.run("INSERT INTO other VALUES (7)");
    await connection.run("SAVEPOINT theirs");
    for (const it of recorded((op) =>
      op.addConstraint("p", foreignKey("f", ["a"], "nowhere", ["id"])),
    )) {
      for (const statement of await sqlite.compile(it, connection))
        await connection.send(statement);
    }
    for (const it of recorded(copied)) {
      for (const statement of await sqlite.compile(it, connection)) {
        await connection.send(statement);
        if (statement.sql.startsWith("DROP TABLE")) break;
      }
    }
    expect(await connection.all("SELECT * FROM pragma_foreign_key_list('cascading')")).toEqual([]);
    await connection.run("ROLLBACK TO theirs");
    expect(
      await connection.all(`SELECT "table" FROM pragma_foreign_key_list('cascading')`),
    ).toEqual([{ table: "p" }]);
    await connection.run("COMMIT");
    const { other, ...rows } = dump(db.engine).rows;
    expect(other).toHaveLength(2);
    const { other: _, ...rowsBefore } = before.rows;
    expect(rows).toEqual(rowsBefore);
    expect(dump(db.engine).schema).toEqual(before.schema);
  });

  test("rows that refer to nothing yet still keep their transaction from ending", async () => {
    const db = await database(
      "CREATE TABLE o(id integer PRIMARY KEY); CREATE TABLE p(id integer PRIMARY KEY, a int, o int REFERENCES o DEFERRABLE INITIALLY DEFERRED)",
    );
    const { connection } = db;
    await connection.run("BEGIN");
    await connection.run("INSERT INTO p VALUES (1, 1, 7)");
    for (const it of recorded(copied)) {
      for (const statement of await sqlite.compile(it, connection))
        await connection.send(statement);
    }
    await expect(connection.run("COMMIT")).rejects.toThrow("FOREIGN KEY constraint failed");
    await connection.run("INSERT INTO o VALUES (7)");
    await connection.run("COMMIT");
    expect(dump(db.engine).rows.p).toEqual([{ "the rowid": 1n, id: 1n, a: "1", o: 7n }]);
  });

  test("deferred keys, which cascade all the same", async () => {
    const db = await database(family);
    const before = dump(db.engine);
    const sent = await within(db, (op) => {
      op.execute("PRAGMA defer_foreign_keys = ON");
      copied(op);
    });
    expect(sent.length).toBeGreaterThan(10);
    const { p: _, ...rows } = dump(db.engine).rows;
    const { p: __, ...rowsBefore } = before.rows;
    expect(rows).toEqual(rowsBefore);
  });

  test("a child that cannot be read is named before anything runs", async () => {
    const db = await database(family);
    db.engine.unsafeMode(true);
    db.engine.exec(
      "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE kept(p int CONSTRAINT k REFERENCES p(id) ON DELETE NO ACTION, g AS (p + 1) STORED) /* @ */ @' WHERE name = 'kept'",
    );
    const { connection } = db;
    await connection.run("PRAGMA writable_schema = ON");
    await connection.run("BEGIN");
    await expect(
      Promise.all(recorded(copied).map((it) => sqlite.compile(it, connection))),
    ).rejects.toThrow(/"kept"/);
    await connection.run("ROLLBACK");
  });
});

describe("a table is dropped", () => {
  const drop = (op: Op) => op.dropTable("P");

  test("what refers to it keeps its rows, and its words", async () => {
    const db = await database(`${family} DROP VIEW v`);
    const before = dump(db.engine);
    await db.connection.run("PRAGMA foreign_keys = ON");
    await within(db, drop);
    const { p: _, sqlite_sequence: __, ...rows } = dump(db.engine).rows;
    const { p: ___, sqlite_sequence: ____, ...rowsBefore } = before.rows;
    expect(rows).toEqual(rowsBefore);
    const others = ({ schema }: typeof before) => schema.filter(({ tbl_name }) => tbl_name !== "p");
    expect(others(dump(db.engine))).toEqual(others(before));
  });

  test("a table that nobody refers to, and one that is not there", async () => {
    const db = await database(family);
    await within(db, (op) => op.dropTable("grandchild"));
    await within(db, (op) => op.dropTable("nowhere", { ifExists: true }));
    await expect(within(db, (op) => op.dropTable("nowhere"))).rejects.toThrow("no such table");
  });

  test.each([
    "DROP TABLE p",
    'SELECT 1; drop /* it */ table if exists main."P";',
    "CREATE TABLE __new_q(q REFERENCES q); DROP TABLE q",
  ])("by hand it is refused: %s", async (sql) => {
    const db = await database(`${family} CREATE TABLE q(id integer PRIMARY KEY)`);
    const before = dump(db.engine);
    await expect(within(db, (op) => op.execute(sql))).rejects.toThrow(
      /foreign keys are on, and DROP TABLE "[Pq]" would delete or change rows of "/i,
    );
    expect(dump(db.engine)).toEqual(before);
    await within(db, (op) => op.execute("DROP TABLE grandchild"));
  });
});
