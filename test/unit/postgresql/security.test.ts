import { expect, test } from "vitest";
import { apply, connectTo, statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query, session } from "../../support/postgres/database.ts";

forEachServer((server) => {
  /** A database where `reader` may read and write `notes`, and policies decide which. Roles belong to the server. */
  async function database() {
    const url = await createDatabase(server);
    const reader = `reader ${Math.random().toString(36).slice(2)}`;
    await query(
      url,
      "CREATE TABLE notes (id int, owner text); INSERT INTO notes VALUES (1, 'a'), (2, 'b')",
    );
    const connection = await connectTo(url);
    await apply(connection, (op) => {
      op.createRole(reader, { login: true });
      op.grant(["SELECT", "INSERT"], { table: "notes" }, [reader]);
      op.rowSecurity("notes", { enabled: true });
    });
    const as = <Result>(work: (run: (sql: string) => Promise<unknown[]>) => Promise<Result>) =>
      session(url, async (client) => {
        await client.query(`SET ROLE "${reader}"`);
        return work(async (sql) => (await client.query(sql)).rows);
      });
    const drop = () => query(url, `DROP OWNED BY "${reader}"; DROP ROLE "${reader}"`);
    return { connection, reader, as, drop };
  }

  test("policies decide which rows are seen and which are written", async () => {
    const { connection, reader, as, drop } = await database();
    const seen = () => as((run) => run("SELECT id FROM notes ORDER BY id"));
    expect(await seen()).toEqual([]);

    await apply(connection, (op) => {
      op.createPolicy("theirs", "notes", {
        to: [reader],
        using: "owner <> 'c'",
        withCheck: "id > 2",
      });
      op.createPolicy("few", "notes", { as: "restrictive", for: "select", using: "id < 2" });
    });
    expect(await seen()).toEqual([{ id: 1 }]);
    await expect(as((run) => run("INSERT INTO notes VALUES (2, 'a')"))).rejects.toThrow(
      "row-level security",
    );
    await as((run) => run("INSERT INTO notes VALUES (3, 'a')"));

    await apply(connection, (op) => op.alterPolicy("few", "notes", { using: "true" }));
    expect(await seen()).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);

    await apply(connection, (op) => op.alterPolicy("theirs", "notes", { to: ["session_user"] }));
    expect(await seen()).toEqual([]);

    await apply(connection, (op) => op.rowSecurity("notes", { enabled: false }));
    expect(await seen()).toHaveLength(3);
    await drop();
  });

  test("privileges are given and taken, and the right to give them on by itself", async () => {
    const { connection, reader, as, drop } = await database();
    const option = () =>
      as((run) => run("SELECT has_table_privilege('notes', 'SELECT WITH GRANT OPTION') AS held"));
    await apply(connection, (op) =>
      op.grant(["SELECT"], { table: "notes" }, [reader], { grantOption: true }),
    );
    expect(await option()).toEqual([{ held: true }]);
    await apply(connection, (op) =>
      op.revoke(["SELECT"], { table: "notes" }, [reader], { grantOption: true }),
    );
    expect(await option()).toEqual([{ held: false }]);
    await as((run) => run("SELECT FROM notes"));
    await apply(connection, (op) => op.revoke(["ALL"], { table: "notes" }, [reader]));
    await expect(as((run) => run("SELECT FROM notes"))).rejects.toThrow("permission denied");
    await drop();
  });
});

test("a role that is a keyword is not quoted, and any other name is", async () => {
  const roles = [
    "public",
    "current_user",
    "session_user",
    "current_role",
    "PUBLIC",
    "user",
    "none",
  ];
  const [statement] = await statementsOf((op) => op.createPolicy("p", "t", { to: roles }));
  expect(statement?.sql).toBe(
    'CREATE POLICY "p" ON "t" AS PERMISSIVE FOR ALL TO PUBLIC, CURRENT_USER, SESSION_USER, CURRENT_ROLE, "PUBLIC", "user", "none"',
  );
});
