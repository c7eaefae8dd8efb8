import { expect, test } from "vitest";
import { t } from "../../../src/operations/columns.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { apply, connectTo } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

forEachServer((server) => {
  /** What is in `users` after `script` ran as a revision, where `before` had run. */
  async function after(before: string, script: (op: Op) => void) {
    const url = await createDatabase(server);
    await query(url, before);
    const connection = await connectTo(url);
    await apply(connection, script);
    return { url, rows: await query(url, "SELECT * FROM users ORDER BY id") };
  }

  const users =
    "CREATE TABLE users (id int, name text); INSERT INTO users VALUES (1, 'Ann'), (2, NULL);";

  test("a new column has its values, and its default for rows to come only", async () => {
    const { url, rows } = await after(users, (op) =>
      op.addColumn("users", t.text("slug", { notNull: true, default: "later" }), {
        backfill: sql`coalesce(lower(name), 'user-' || id)`,
      }),
    );
    expect(rows.map(({ slug }) => slug)).toEqual(["ann", "user-2"]);
    await query(url, "INSERT INTO users (id) VALUES (3)");
    expect(await query(url, "SELECT slug FROM users WHERE id = 3")).toEqual([{ slug: "later" }]);
    await expect(query(url, "UPDATE users SET slug = NULL")).rejects.toThrow("not-null");
  });

  test("a new column that may be empty keeps what the backfill leaves empty", async () => {
    const { rows } = await after(users, (op) =>
      op.addColumn("users", t.text("copy", { default: "later" }), { backfill: sql`name` }),
    );
    expect(rows.map(({ copy }) => copy)).toEqual(["Ann", null]);
  });

  test("a backfill fills what is empty, behind the new type and before NOT NULL", async () => {
    const { rows } = await after(
      "CREATE TABLE users (id int, age text); INSERT INTO users VALUES (1, '30'), (2, NULL);",
      (op) =>
        op.alterColumn("users", "age", {
          type: t.integer("age").type,
          using: sql`age::integer`,
          backfill: sql`id * 10`,
          notNull: true,
        }),
    );
    expect(rows.map(({ age }) => age)).toEqual([30, 20]);
  });

  test("a backfill that leaves rows empty fails, and says which column", async () => {
    await expect(
      after(users, (op) => op.alterColumn("users", "name", { backfill: "NULL", notNull: true })),
    ).rejects.toThrow('column "name" of relation "users" contains null values');
  });

  const deferred = `CREATE TABLE teams (id int PRIMARY KEY); INSERT INTO teams VALUES (1);
    CREATE TABLE users (id int, team int, CONSTRAINT team_fk FOREIGN KEY (team) REFERENCES teams (id) DEFERRABLE INITIALLY DEFERRED);
    INSERT INTO users VALUES (1, NULL), (2, 1);`;

  test("new values of a deferred foreign key are checked before the table is altered", async () => {
    const { rows } = await after(deferred, (op) => {
      op.alterColumn("users", "team", { backfill: "1", notNull: true });
      op.alterColumn("users", "team", { using: "team" });
      op.createIndex("team_idx", "users", ["team"]);
    });
    expect(rows.map(({ team }) => team)).toEqual([1, 1]);
    await expect(
      after(deferred, (op) => op.alterColumn("users", "team", { backfill: "99" })),
    ).rejects.toThrow('violates foreign key constraint "team_fk"');
  });

  test("rows of the revision that wait for a deferred constraint: the failure says what to do", async () => {
    const url = await createDatabase(server);
    await query(url, deferred);
    const connection = await connectTo(url);
    const failure = await apply(connection, (op) => {
      op.insert("users", [{ id: 3, team: 1 }]);
      op.addColumn("users", t.text("note"));
    }).catch((it: unknown) => it);
    expect(connection.explain(failure).why).toBe(
      'cannot ALTER TABLE "users" because it has pending trigger events; rows of the table wait for a deferred constraint: say op.execute(`SET CONSTRAINTS ALL IMMEDIATE`) before this operation',
    );
  });

  const numbered = "CREATE TABLE users (id int NOT NULL); INSERT INTO users VALUES (7), (3);";
  const next = async (url: string) =>
    (await query(url, "INSERT INTO users DEFAULT VALUES RETURNING id"))[0]?.id;

  test("an identity goes on behind the numbers that are there", async () => {
    const { url } = await after(numbered, (op) =>
      op.alterColumn("users", "id", { identity: "always" }),
    );
    expect(await next(url)).toBe(8);
    const down = await after(numbered, (op) =>
      op.alterColumn("users", "id", {
        identity: { generated: "byDefault", increment: -1, minValue: -9 },
      }),
    );
    expect(await next(down.url)).toBe(-1);
    const said = await after(numbered, (op) =>
      op.alterColumn("users", "id", { identity: { generated: "always", startWith: 100 } }),
    );
    expect(await next(said.url)).toBe(100);
  });

  test("an identity in a table without rows starts at the start", async () => {
    const { url } = await after("CREATE TABLE users (id int NOT NULL);", (op) =>
      op.alterColumn("users", "id", { identity: { generated: "always", minValue: 5 } }),
    );
    expect(await next(url)).toBe(5);
  });

  test("an identity that changes keeps its place, and says the rest anew", async () => {
    const { url } = await after(
      `CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY (INCREMENT BY 3 CACHE 4 MAXVALUE 50 CYCLE));
       INSERT INTO users DEFAULT VALUES;`,
      (op) => op.alterColumn("users", "id", { identity: { generated: "byDefault", maxValue: 90 } }),
    );
    expect(
      await query(
        url,
        "SELECT seqincrement::int AS by, seqmax::int AS max, seqcycle AS cycle FROM pg_sequence",
      ),
    ).toEqual([{ by: 1, max: 90, cycle: false }]);
    expect(await next(url)).toBeGreaterThan(1);
    await query(url, "INSERT INTO users VALUES (60)");
  });

  test("an identity that is not there any more leaves the numbers", async () => {
    const { url, rows } = await after(
      "CREATE TABLE users (id int GENERATED ALWAYS AS IDENTITY); INSERT INTO users DEFAULT VALUES;",
      (op) => {
        op.alterColumn("users", "id", { identity: null, notNull: false });
        op.alterColumn("users", "id", { identity: null });
      },
    );
    expect(rows).toEqual([{ id: 1 }]);
    await query(url, "INSERT INTO users VALUES (NULL)");
  });
});
