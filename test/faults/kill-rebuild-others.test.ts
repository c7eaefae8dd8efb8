/** Readers and writers on other connections while a table is rebuilt: nobody loses anything, and waiting ends. */

import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, onTestFinished, test } from "vitest";
import { contentsOf } from "../support/contents.ts";
import { revisionFile } from "../support/project.ts";
import { beginOnSqlite, errorOf, type Story, saying, succeeded } from "../support/story.ts";

const definition = `CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text);
CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE); CREATE VIEW v AS SELECT x FROM p`;

/** A change that writes every row, and changes that write none: whoever has the file open is to see both. */
const copied = 'op.alterColumn("p", "x", { notNull: true, using: sql`upper(x)` });';
const textOnly = `op.alterColumn("p", "x", { notNull: true, default: "fresh" });
  op.addConstraint("p", check("some", sql\`x <> 'bad'\`)); op.alterColumn("c", "p", { notNull: true });
  op.addConstraint("c", foreignKey("fk", ["p"], "p", ["id"]));`;

interface Scene {
  readonly story: Story;
  readonly path: string;
  /** A connection that is none of mig's. */
  readonly other: Database.Database;
}

/** A database with rows, and a revision that rebuilds its table and then stops at a gate. */
async function begin(journal: string, lockTimeout: string, change = copied): Promise<Scene> {
  const story = await beginOnSqlite(
    {
      "versions/made.ts": revisionFile({
        revision: "made",
        upgrade: `op.execute(${JSON.stringify(definition)});`,
      }),
      "versions/changed.ts": revisionFile({
        revision: "changed",
        down: "made",
        header: 'import { gate } from "../gate.ts";',
        upgrade: `${change} if (op.args.gate) op.run("wait", () => gate("rebuilt"));`,
      }),
    },
    { lockTimeout },
  );
  succeeded(await story.mig(["upgrade", "made"]));
  const path = join(story.folder, "data/dev.db");
  const other = new Database(path, { timeout: 0 });
  onTestFinished(() => void other.close());
  other.exec(
    `PRAGMA journal_mode = ${journal}; INSERT INTO p(x) VALUES ('a'), ('b'); INSERT INTO c VALUES (1), (2)`,
  );
  return { story, path, other };
}

const values = (other: Database.Database) =>
  other.prepare("SELECT x FROM p ORDER BY id").pluck().all();

describe.each(["DELETE", "WAL"])("journal mode %s", (journal) => {
  test("who reads goes on reading what was there, until the rebuild is committed", async () => {
    const { story, other } = await begin(journal, "5s");
    const running = story.start(["upgrade", "-x", "gate=yes"]);
    await story.reached("rebuilt");
    expect(values(other)).toEqual(["a", "b"]);
    story.open("rebuilt");
    succeeded(await running.ended);
    // A statement that was prepared before goes on working.
    expect(values(other)).toEqual(["A", "B"]);
    expect(other.prepare("SELECT count(*) FROM c").pluck().get()).toBe(2);
  });

  test("connections that were open before know the new definitions", async () => {
    const { story, path, other } = await begin(journal, "5s", textOnly);
    const asked = new Database(path);
    onTestFinished(() => void asked.close());
    const insert = other.prepare("INSERT INTO p(x) VALUES (?)");
    const fresh = asked.prepare("INSERT INTO p DEFAULT VALUES");
    const child = asked.prepare("INSERT INTO c VALUES (?)");
    insert.run("c");
    succeeded(await story.mig(["upgrade"]));
    fresh.run();
    expect(values(other)).toEqual(["a", "b", "c", "fresh"]);
    expect(() => insert.run("bad")).toThrow("CHECK");
    expect(() => insert.run(null)).toThrow("NOT NULL");
    expect(() => child.run(null)).toThrow("NOT NULL");
    expect(() => child.run(99)).toThrow("FOREIGN KEY");
    insert.run("d");
    expect(contentsOf(path).rows.p).toHaveLength(5);
  });

  test("who wants to write meanwhile is told, and loses nothing", async () => {
    const { story, other } = await begin(journal, "5s");
    const insert = other.prepare("INSERT INTO p(x) VALUES ('late')");
    const running = story.start(["upgrade", "-x", "gate=yes"]);
    await story.reached("rebuilt");
    expect(() => insert.run()).toThrow(/database is locked/);
    story.open("rebuilt");
    succeeded(await running.ended);
    insert.run();
    expect(values(other)).toEqual(["A", "B", "late"]);
  });

  test("what a writer had begun is waited for, and is in the new table", async () => {
    const { story, other } = await begin(journal, "5s");
    other.exec("BEGIN IMMEDIATE; INSERT INTO p(x) VALUES ('first'); INSERT INTO c VALUES (3)");
    const running = story.start(["upgrade"]);
    await saying(running, /wait/);
    other.exec("COMMIT");
    succeeded(await running.ended);
    expect(values(other)).toEqual(["A", "B", "FIRST"]);
    expect(other.prepare("SELECT count(*) FROM c").pluck().get()).toBe(3);
  });

  test("a writer that does not end is given up, with the database as it was", async () => {
    const { story, path, other } = await begin(journal, "300ms");
    const before = contentsOf(path);
    other.exec("BEGIN IMMEDIATE; INSERT INTO p(x) VALUES ('first')");
    expect(errorOf(await story.mig(["upgrade", "--json"]))).toMatchObject({ code: "LOCKED" });
    other.exec("ROLLBACK");
    expect(contentsOf(path)).toEqual(before);
    succeeded(await story.mig(["upgrade"]));
    expect(values(other)).toEqual(["A", "B"]);
  });

  test("a reader that does not end holds up the end where readers can, and nothing else", async () => {
    const { story, path, other } = await begin(journal, "300ms");
    const before = contentsOf(path);
    other.exec("BEGIN");
    expect(values(other)).toEqual(["a", "b"]);
    const result = await story.mig(["upgrade", "--json"]);
    expect(values(other)).toEqual(["a", "b"]);
    other.exec("COMMIT");
    if (journal === "WAL") succeeded(result);
    else {
      expect(errorOf(result)).toMatchObject({ code: "LOCKED" });
      expect(contentsOf(path)).toEqual(before);
      succeeded(await story.mig(["upgrade"]));
    }
    expect(values(other)).toEqual(["A", "B"]);
  });

  test("a reader that ends in time is waited for", async () => {
    const { story, other } = await begin(journal, "5s");
    other.exec("BEGIN");
    expect(values(other)).toEqual(["a", "b"]);
    const running = story.start(["upgrade"]);
    await (journal === "WAL" ? running.ended : saying(running, /wait/));
    other.exec("COMMIT");
    succeeded(await running.ended);
    expect(values(other)).toEqual(["A", "B"]);
  });
});
