import { describe, expect, test } from "vitest";
import type { LogEntry } from "../../../src/dialects/dialect.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { t } from "../../../src/operations/columns.ts";
import type { Op } from "../../../src/operations/op.ts";
import { database, recorded, type TestDatabase } from "./support.ts";

const at = { name: "mig_version" };

const entry: LogEntry = {
  run: "r1",
  batch: 1,
  direction: "up",
  revision: "a",
  message: "it's",
  file: "versions/a.ts",
  checksum: "c",
  startedAt: "2026-01-01T00:00:00.000Z",
  success: true,
  ms: 5,
  error: null,
  progress: null,
  who: "me",
  toolVersion: "1",
  environment: "dev",
};

async function withTables(): Promise<TestDatabase> {
  const db = await database();
  for (const sql of sqlite.bookkeeping.create(at)) await db.connection.send({ sql, from: null });
  return db;
}

async function log({ connection }: TestDatabase, ...entries: Partial<LogEntry>[]): Promise<void> {
  for (const it of entries)
    await connection.send({ sql: sqlite.bookkeeping.log(at, { ...entry, ...it }), from: null });
}

describe("mig's own tables", () => {
  test("are made once, and read back", async () => {
    const db = await withTables();
    for (const sql of sqlite.bookkeeping.create(at)) await db.connection.send({ sql, from: null });
    for (const sql of sqlite.bookkeeping.moveHeads(at, [], ["b", "a"]))
      await db.connection.send({ sql, from: null });
    for (const sql of sqlite.bookkeeping.moveHeads(at, ["b"], ["it's"]))
      await db.connection.send({ sql, from: null });
    expect(await db.connection.state()).toEqual({
      heads: ["a", "it's"],
      hasLog: true,
      lastBatch: 0,
      unfinished: [],
    });
    await log(
      db,
      {},
      {
        run: "r2",
        batch: 7,
        success: false,
        ms: null,
        error: "no",
        progress: { done: 1, begun: 2, hash: "h" },
      },
    );
    expect(await db.connection.log()).toEqual([
      { ...entry },
      {
        ...entry,
        run: "r2",
        batch: 7,
        success: false,
        ms: null,
        error: "no",
        progress: { done: 1, begun: 2, hash: "h" },
      },
    ]);
    expect((await db.connection.enter(() => {})).lastBatch).toBe(7);
  });

  test("are told apart from a view or a table of another name", async () => {
    const { connection } = await database(
      "CREATE VIEW mig_version AS SELECT 1; CREATE TABLE mig_log2(a)",
    );
    expect(await connection.state()).toMatchObject({ heads: null, hasLog: false });
  });

  test("say how long a run took since it started", async () => {
    const db = await withTables();
    await log(db, { startedAt: new Date(Date.now() - 1500).toISOString(), ms: "sinceBegin" });
    const [row] = await db.connection.log();
    expect(row?.ms).toBeGreaterThanOrEqual(1490);
    expect(row?.ms).toBeLessThan(5000);
    await db.connection.send({
      sql: sqlite.bookkeeping.updateLog(at, "r1", { ms: "sinceBegin", success: false }),
      from: null,
    });
    expect((await db.connection.log())[0]).toMatchObject({ success: false });
  });

  test("say when a script ran", async () => {
    const db = await withTables();
    await log(db, { startedAt: "now", message: "now" });
    const [row] = await db.connection.log();
    expect(row?.startedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(row?.message).toBe("now");
  });

  test("remember runs that did not end, until a later one makes them good", async () => {
    const db = await withTables();
    const progress = { done: 1, begun: 2, hash: "h" };
    await log(
      db,
      { run: "r1", revision: "a", success: false },
      { run: "r2", revision: "b", success: null, ms: null },
      { run: "r3", revision: "c", success: false, progress },
      { run: "r4", revision: "d", success: null, progress },
      { run: "r5", revision: "d", success: true },
      { run: "r6", revision: "e", success: null, progress },
      { run: "r7", revision: "e", success: false, progress },
    );
    expect((await db.connection.state()).unfinished.map(({ run }) => run)).toEqual([
      "r2",
      "r3",
      "r7",
    ]);
  });
});

describe("a statement that was cut off", () => {
  const cases: Readonly<
    Record<string, [setup: string, script: (op: Op) => void, finding: string]>
  > = {
    "made its table": ["CREATE TABLE P(a)", (op) => op.createTable("p", [t.text("a")]), "done"],
    "did not make it": ["", (op) => op.createTable("p", [t.text("a")]), "undone"],
    "dropped its table": ["", (op) => op.dropTable("p"), "done"],
    "made its index": [
      "CREATE TABLE p(a); CREATE INDEX i ON p(a)",
      (op) => op.createIndex("i", "p", ["a"]),
      "done",
    ],
    "did not drop it": [
      "CREATE TABLE p(a); CREATE INDEX i ON p(a)",
      (op) => op.dropIndex("i", "p"),
      "undone",
    ],
    "added its column": ["CREATE TABLE p(a, b)", (op) => op.addColumn("p", t.text("b")), "done"],
    "did not add it": ["CREATE TABLE p(a)", (op) => op.addColumn("p", t.text("b")), "undone"],
    "may be repeated": ["", (op) => op.execute("/* tidy */ VACUUM"), "undone"],
    "may not": ["", (op) => op.execute("UPDATE p SET a = a + 1"), "unclear"],
    "inserted rows": ["", (op) => op.insert("p", [{ a: 1 }]), "unclear"],
  };
  test.each(Object.entries(cases))("%s", async (_what, [setup, script, finding]) => {
    const { connection } = await database(setup);
    const [it] = recorded(script);
    const sql = it?.operation.kind === "execute" ? it.operation.sql : "";
    expect(await connection.probe({ sql, from: it ?? null })).toBe(finding);
  });
});
