/** A connection instead of a URL: it is used as it is, and given back as it was. */
import { dirname, join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import Database from "better-sqlite3";
import { drizzle as onSqlite } from "drizzle-orm/better-sqlite3";
import { drizzle as onPostgres } from "drizzle-orm/node-postgres";
import { drizzle as onPglite } from "drizzle-orm/pglite";
import pg from "pg";
import { describe, expect, onTestFinished, test } from "vitest";
import { MigError, Migrator, type MigratorOptions } from "../../src/index.ts";
import { createProject, revisionFile } from "../support/project.ts";
import { forEachPostgres, type Story, until } from "../support/story.ts";

const files = {
  "versions/a.ts": revisionFile({
    revision: "a1",
    upgrade: `op.createTable("authors", [t.integer("id", { notNull: true }), t.text("name")], [primaryKey("authors_pkey", ["id"])]);
  op.createTable("books", [t.integer("id"), t.integer("author")], [foreignKey("books_author_fk", ["author"], "authors", ["id"], { onDelete: "cascade" })]);
  op.insert("authors", [{ id: 1, name: "Ada" }]);
  op.insert("books", [{ id: 1, author: 1 }]);`,
    downgrade: 'op.dropTable("books"); op.dropTable("authors");',
  }),
  // On SQLite a rebuild, which would delete the books with foreign keys on.
  "versions/b.ts": revisionFile({
    revision: "b1",
    down: "a1",
    upgrade:
      'op.alterColumn("authors", "name", { type: t.varchar("name", { length: 20 }).type, notNull: true });',
    downgrade: 'op.alterColumn("authors", "name", { type: t.text("name").type, notNull: false });',
  }),
};

type Connection = NonNullable<MigratorOptions["connection"]>;

const migratorOn = (connection: Connection, { folder }: Pick<Story, "folder">) =>
  new Migrator({ root: folder, connection });

/** "CODE: why" of a call that has to fail. */
async function failureOf(call: Promise<unknown>): Promise<string> {
  const failure = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof MigError) return `${failure.code}: ${failure.message}`;
  throw failure ?? new Error("it did not fail");
}

const unusable = (why: string) =>
  `CONNECTION_UNUSABLE: the connection that was given cannot be used: ${why}`;

/** Up, down and up again. */
async function thereAndBack(migrator: Migrator): Promise<void> {
  expect(await migrator.current()).toMatchObject({ current: [], pending: 2 });
  expect(await migrator.upgrade()).toMatchObject({ current: ["b1"] });
  expect(await migrator.downgrade("base")).toMatchObject({ current: [] });
  expect(await migrator.upgrade()).toMatchObject({ current: ["b1"] });
  await migrator.close();
}

describe("better-sqlite3", () => {
  const pragmas = [
    "foreign_keys",
    "busy_timeout",
    "journal_mode",
    "journal_size_limit",
    "legacy_alter_table",
  ];
  const read = (database: Database.Database) =>
    pragmas.map((name) => database.pragma(name, { simple: true }));

  test.each(["in memory", "of a file", "in WAL mode", "with integers as bigint"])(
    "a database %s is migrated where it is, and is as it was",
    async (kind) => {
      const project = createProject(files);
      const database = new Database(
        kind === "in memory" ? ":memory:" : join(project.folder, "x.db"),
      );
      onTestFinished(() => void database.close());
      if (kind === "in WAL mode") database.pragma("journal_mode = WAL");
      database.pragma("foreign_keys = ON");
      database.pragma("busy_timeout = 1234");
      const before = read(database);
      if (kind === "with integers as bigint") database.defaultSafeIntegers(true);
      await thereAndBack(migratorOn(database, project));
      expect(database.prepare("SELECT typeof(author) FROM books").pluck().all()).toEqual([
        "integer",
      ]);
      expect(typeof database.prepare("SELECT id FROM books").pluck().get()).toBe(
        kind === "with integers as bigint" ? "bigint" : "number",
      );
      database.defaultSafeIntegers(false);
      expect(read(database)).toEqual(before);
    },
  );

  test("drizzle on it will do", async () => {
    const database = new Database(":memory:");
    await thereAndBack(migratorOn(onSqlite({ client: database }), createProject(files)));
    expect(database.prepare("SELECT count(*) FROM books").pluck().get()).toBe(1);
  });

  test("a run that fails leaves no transaction and no setting behind", async () => {
    const project = createProject({
      ...files,
      "versions/c.ts": revisionFile({
        revision: "c1",
        down: "b1",
        upgrade: `op.alterColumn("authors", "name", { notNull: false }); op.execute("SELECT nothing FROM nowhere");`,
      }),
    });
    const database = new Database(":memory:");
    database.pragma("foreign_keys = ON");
    const before = read(database);
    const migrator = migratorOn(database, project);
    expect(await failureOf(migrator.upgrade())).toMatch(/^REVISION_FAILED: /);
    expect(await failureOf(migrator.upgrade("head", { transaction: "all" }))).toMatch(
      /^REVISION_FAILED/,
    );
    expect([database.inTransaction, read(database)]).toEqual([false, before]);
    expect(await migrator.current()).toMatchObject({ current: ["b1"] });
  });

  test.each(["COMMIT", "ROLLBACK"])(
    "in a transaction of the caller's, which ends with %s",
    async (end) => {
      const project = createProject(files);
      const database = new Database(join(project.folder, "x.db"));
      onTestFinished(() => void database.close());
      database.pragma("foreign_keys = ON");
      const before = read(database);
      const migrator = migratorOn(database, project);
      database.exec("CREATE TABLE own (id); BEGIN; INSERT INTO own VALUES (1)");
      await thereAndBack(migratorOn(database, project));
      expect([database.inTransaction, read(database)]).toEqual([true, before]);
      // A rebuild with the keys on: no row of another table went with the old one.
      expect(database.prepare("SELECT author FROM books").pluck().all()).toEqual([1]);
      database.exec(end);
      expect(database.prepare("SELECT count(*) FROM own").pluck().get()).toBe(
        end === "COMMIT" ? 1 : 0,
      );
      expect(await migrator.current()).toMatchObject({ current: end === "COMMIT" ? ["b1"] : [] });
    },
  );

  test("a run that fails in the caller's transaction leaves that as it was", async () => {
    const project = createProject({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: `op.createTable("left", [t.integer("id")]); op.execute("SELECT nothing FROM nowhere");`,
      }),
    });
    const database = new Database(":memory:");
    database.exec("CREATE TABLE own (id); BEGIN; INSERT INTO own VALUES (1)");
    const migrator = migratorOn(database, project);
    for (const transaction of ["each", "all"] as const) {
      expect(await failureOf(migrator.upgrade("head", { transaction }))).toMatch(
        /^REVISION_FAILED/,
      );
      expect(database.inTransaction).toBe(true);
    }
    expect(database.prepare("SELECT name FROM sqlite_schema WHERE name = 'left'").all()).toEqual(
      [],
    );
    expect((await migrator.status()).revisions).toMatchObject([{ state: "failed" }]);
    database.exec("COMMIT");
    expect(database.prepare("SELECT count(*) FROM own").pluck().get()).toBe(1);
  });

  test("what cannot be used is refused before anything is touched", async () => {
    const project = createProject(files);
    const database = new Database(join(project.folder, "x.db"));
    database.exec("CREATE TABLE own (id); INSERT INTO own VALUES (1), (2)");
    const upgrade = () => failureOf(migratorOn(database, project).upgrade());
    const rows = database.prepare("SELECT id FROM own").iterate();
    rows.next();
    expect(await upgrade()).toBe(unusable("rows of a query on it are left to be read"));
    rows.return?.();
    database.close();
    expect(await upgrade()).toBe(unusable("it is closed"));
    const readonly = new Database(join(project.folder, "x.db"), { readonly: true });
    expect(await failureOf(migratorOn(readonly, project).upgrade())).toMatch(/^READ_ONLY_DATABASE/);
    expect(readonly.prepare("SELECT name FROM sqlite_schema").pluck().all()).toEqual(["own"]);
    readonly.close();
  });

  describe("with a transaction open on it", () => {
    const children = (database: Database.Database) =>
      database.prepare("SELECT author FROM books").pluck().all();
    const names = (database: Database.Database) =>
      database.prepare("SELECT name FROM sqlite_schema").pluck().all();

    /** Foreign keys are on, and no pragma switches them off in there. */
    function begun(project: Pick<Story, "folder">): Database.Database {
      const database = new Database(join(project.folder, "x.db"));
      onTestFinished(() => void database.close());
      database.exec("CREATE TABLE own (id); BEGIN; INSERT INTO own VALUES (1)");
      return database;
    }

    test("is migrated within it, and whoever began it ends it", async () => {
      const database = begun(createProject(files));
      const project = { folder: dirname(database.name) };
      await thereAndBack(migratorOn(database, project));
      expect([database.inTransaction, children(database)]).toEqual([true, [1]]);
      database.exec("COMMIT");
      expect([children(database), database.pragma("foreign_key_check")]).toEqual([[1], []]);
      database.exec("DELETE FROM authors");
      expect(children(database)).toEqual([]);
    });

    test("and is as it was when that is undone", async () => {
      const project = createProject(files);
      const database = begun(project);
      await migratorOn(database, project).upgrade();
      database.exec("ROLLBACK");
      expect(names(database)).toEqual(["own"]);
      expect(database.prepare("SELECT id FROM own").all()).toEqual([]);
    });

    test("keeps what came before a revision that fails", async () => {
      const project = createProject({
        ...files,
        "versions/c.ts": revisionFile({
          revision: "c1",
          down: "b1",
          upgrade:
            'op.alterColumn("authors", "name", { type: t.text("name").type }); op.execute("SELECT nothing FROM nowhere");',
        }),
      });
      const database = begun(project);
      const migrator = migratorOn(database, project);
      expect(await failureOf(migrator.upgrade())).toMatch(/^REVISION_FAILED: /);
      expect(await migrator.current()).toMatchObject({ current: ["b1"] });
      expect([database.inTransaction, children(database)]).toEqual([true, [1]]);
      database.exec("COMMIT");
      expect(database.prepare("SELECT id FROM own").pluck().all()).toEqual([1]);
    });

    test("waits for another writer as long as the connection does", async () => {
      const project = createProject(files);
      const database = new Database(join(project.folder, "x.db"), { timeout: 50 });
      const other = new Database(database.name);
      onTestFinished(() => void [database.close(), other.close()]);
      database.exec("CREATE TABLE own (id); BEGIN");
      expect(database.prepare("SELECT count(*) FROM own").pluck().get()).toBe(0);
      other.exec("BEGIN IMMEDIATE");
      const migrator = migratorOn(database, project);
      expect(await failureOf(migrator.upgrade())).toMatch(/locked/);
      expect([database.inTransaction, names(database)]).toEqual([true, ["own"]]);
      other.exec("ROLLBACK");
      expect(await migrator.upgrade()).toMatchObject({ current: ["b1"] });
      database.exec("COMMIT");
    });

    test("is told where a revision ends it", async () => {
      const project = createProject({
        ...files,
        "versions/c.ts": revisionFile({
          revision: "c1",
          down: "b1",
          upgrade: 'op.run("end it", (db) => { db.drizzle.$client.exec("COMMIT"); });',
        }),
      });
      const database = begun(project);
      expect(await failureOf(migratorOn(database, project).upgrade())).toMatch(
        /^TRANSACTION_ENDED: /,
      );
      expect(children(database)).toEqual([1]);
    });
  });

  test("its backup is made, too", async () => {
    const project = createProject({
      ...files,
      "migrator.config.ts": 'export default { environments: { dev: { backup: "auto" } } };\n',
    });
    const database = new Database(join(project.folder, "x.db"));
    database.exec("CREATE TABLE own (id); INSERT INTO own VALUES (1)");
    const migrator = migratorOn(database, project);
    const backups: (string | null)[] = [];
    migrator.on("backup", ({ file }) => backups.push(file));
    await migrator.upgrade();
    const backup = new Database(join(project.folder, backups[0] ?? ""), { readonly: true });
    expect(backup.prepare("SELECT id FROM own").pluck().all()).toEqual([1]);
    backup.close();
    database.close();
  });
});

forEachPostgres((place) => {
  const settings = [
    "lock_timeout",
    "statement_timeout",
    "search_path",
    "client_connection_check_interval",
    "standard_conforming_strings",
    "quote_all_identifiers",
  ];
  const read = async (client: pg.ClientBase) => {
    const { rows } = await client.query(
      `SELECT ${settings.map((name) => `current_setting('${name}') AS ${name}`).join(", ")},
  (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()) AS locks`,
    );
    return rows[0];
  };

  async function connected(story: Story): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: story.url });
    await client.connect();
    onTestFinished(() => client.end());
    return client;
  }

  test("a client is migrated on, and has its settings and no lock afterwards", async () => {
    const story = await place.begin({
      ...files,
      "versions/c.ts": revisionFile({
        revision: "c1",
        down: "b1",
        header: "export const transaction = false;",
        upgrade: 'op.createIndex("books_id", "books", ["id"], { concurrently: true });',
        downgrade: 'op.dropIndex("books_id", "books", { concurrently: true });',
      }),
    });
    const client = await connected(story);
    await client.query(
      "SET lock_timeout = '3s'; SET search_path = public, pg_catalog; SELECT pg_advisory_lock(1)",
    );
    const before = await read(client);
    expect(before).toMatchObject({ lock_timeout: "3s", locks: 1 });
    const migrator = migratorOn(client, story);
    expect(await migrator.upgrade()).toMatchObject({ current: ["c1"] });
    expect(await read(client)).toEqual(before);
    expect(client.listenerCount("error")).toBe(0);
    // Another process gets the lock, and so does the next call.
    expect((await story.mig(["downgrade", "-1"])).code).toBe(0);
    expect(await migrator.upgrade()).toMatchObject({ current: ["c1"] });
    expect(await migrator.check().catch((it) => it.code)).toBe("SCHEMA_NOT_CONFIGURED");
    expect(await read(client)).toEqual(before);
  });

  test("a run that fails on a client leaves no transaction, no lock and no setting behind", async () => {
    const story = await place.begin({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade:
          'op.createTable("left", [t.integer("id")]); op.execute("SELECT nothing FROM nowhere");',
      }),
    });
    const client = await connected(story);
    const before = await read(client);
    expect(await failureOf(migratorOn(client, story).upgrade())).toMatch(/^REVISION_FAILED/);
    expect(await read(client)).toEqual(before);
    expect((await client.query(`SELECT to_regclass('"left"') AS it`)).rows).toEqual([{ it: null }]);
  });

  test("a pool lends a client for each call, and has none of them back with a lock", async () => {
    const story = await place.begin(files);
    const pool = new pg.Pool({ connectionString: story.url, max: 1 });
    // The pool has ended before its sessions have, and the database goes with them.
    pool.on("error", () => {});
    onTestFinished(() => pool.end());
    await thereAndBack(migratorOn(onPostgres({ client: pool }), story));
    const { rows } = await pool.query(
      "SELECT count(*)::int AS locks FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
    );
    expect(rows).toEqual([{ locks: 0 }]);
    expect(await migratorOn(pool, story).current()).toMatchObject({ current: ["b1"] });
  });

  test("one of a pool, and drizzle on a client, will do", async () => {
    const story = await place.begin(files);
    const pool = new pg.Pool({ connectionString: story.url });
    // The pool has ended before its sessions have, and the database goes with them.
    pool.on("error", () => {});
    onTestFinished(() => pool.end());
    const client = await pool.connect();
    expect(await migratorOn(client, story).upgrade()).toMatchObject({ current: ["b1"] });
    expect(await migratorOn(onPostgres({ client }), story).downgrade("-1")).toMatchObject({
      current: ["a1"],
    });
    client.release();
  });

  test("what cannot be used is refused", async () => {
    const story = await place.begin(files);
    const client = new pg.Client({ connectionString: story.url });
    const current = () => failureOf(migratorOn(client, story).current());
    expect(await current()).toBe(unusable("it is not connected"));
    await client.connect();
    await client.query("BEGIN");
    expect(await current()).toBe(unusable("a transaction is open on it"));
    expect((await client.query("SELECT 1 AS still")).rows).toEqual([{ still: 1 }]);
    await client.query("SELECT 1 / 0").catch(() => {});
    expect(await current()).toBe(unusable("a transaction is open on it"));
    await client.query("ROLLBACK");
    await client.end();
    expect(await current()).toBe(unusable("it was ended"));
    const lost = new pg.Client({ connectionString: story.url });
    lost.on("error", () => {});
    await lost.connect();
    await lost.query("SELECT pg_terminate_backend(pg_backend_pid())").catch(() => {});
    await until(() => !(lost as object as { readonly _queryable: boolean })._queryable);
    expect(await failureOf(migratorOn(lost, story).current())).toBe(
      unusable("its session was lost"),
    );
    const pool = new pg.Pool({ connectionString: "postgres://me:secret@127.0.0.1:1/x" });
    expect(await failureOf(migratorOn(pool, story).current())).toMatch(
      /^UNREACHABLE: cannot connect to postgres:\/\/me:\*\*\*@127/,
    );
    await pool.end();
  });
});

test("a PGlite is migrated where it is, and goes on", async () => {
  const project = createProject(files);
  const database = await PGlite.create();
  await database.exec("SET lock_timeout = '3s'");
  await thereAndBack(migratorOn(onPglite({ client: database }), project));
  const { rows } = await database.query(
    "SELECT count(*)::int AS books, current_setting('lock_timeout') AS wait FROM books",
  );
  expect(rows).toEqual([{ books: 1, wait: "3s" }]);
  const migrator = migratorOn(database, project);
  await database.exec("BEGIN");
  expect(await failureOf(migrator.current())).toBe(unusable("a transaction is open on it"));
  await database.exec("ROLLBACK");
  expect(await migrator.current()).toMatchObject({ current: ["b1"] });
  await database.close();
  expect(await failureOf(migrator.current())).toBe(unusable("it is closed"));
});

test("a PGlite that is still starting is waited for", async () => {
  const project = createProject(files);
  const database = new PGlite();
  expect(await migratorOn(database, project).current()).toMatchObject({ current: [] });
  await database.close();
  const failing = new PGlite({ loadDataDir: new Blob(["no archive"]) });
  expect(await failureOf(migratorOn(failing, project).current())).toContain(
    unusable("it did not start"),
  );
});

test("what is no connection that mig knows is refused by its name", async () => {
  const project = createProject(files);
  const refused = (connection: unknown) =>
    failureOf(migratorOn(connection as Connection, project).current());
  // As that of Node itself is called.
  class DatabaseSync {
    prepare() {}
    exec() {}
  }
  const other = new DatabaseSync();
  expect(await refused(other)).toBe(
    unusable("it is an object of DatabaseSync, which mig does not know"),
  );
  expect(await refused(() => {})).toBe(
    unusable("it is a value of type function, which mig does not know"),
  );
  expect(await refused("sqlite:x.db")).toBe(
    unusable("it is a value of type string, which mig does not know"),
  );
});
