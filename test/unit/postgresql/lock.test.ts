import { expect, test } from "vitest";
import { connectTo, createTables } from "../../support/postgres/connection.ts";
import { at, createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

forEachServer((server) => {
  test("one run at a time; who waits is told who holds the lock", async () => {
    const url = await createDatabase(server);
    const first = await connectTo(url);
    const [row] = await first.all("SELECT pg_backend_pid() AS pid");
    await first.enter(() => {});
    await createTables(first);

    const told: string[] = [];
    const second = await connectTo(url);
    const entered = second.enter((holder) => told.push(holder));
    await new Promise((resolve) => setTimeout(resolve, 300));
    await first.begin({ suspendForeignKeys: false });
    await first.send({ sql: "INSERT INTO mig_version VALUES ('a')", from: null });
    await first.commit();
    await first.close();

    // The heads are read after the lock is taken.
    expect((await entered).heads).toEqual(["a"]);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatch(
      new RegExp(
        `^another run of mig holds the lock \\(pid ${row?.pid}, user postgres, application mig, from 127.0.0.1, connected since \\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d UTC\\); it is idle, for \\d s$`,
      ),
    );
  });

  test("who waits too long gives up, and says what the other does", async () => {
    const url = await createDatabase(server);
    const first = await connectTo(url);
    await first.enter(() => {});
    const long = first.run("SELECT pg_sleep(1.5), 'a  long\nstatement'");
    const second = await connectTo(url, { timeouts: { runLock: 400 } });
    const started = performance.now();
    await expect(second.enter(() => {})).rejects.toMatchObject({
      code: "LOCKED",
      message: expect.stringMatching(
        /^gave up after 400 ms: another run of mig holds the lock \(pid .*; it runs, for \d s: SELECT pg_sleep\(1\.5\), 'a long statement'$/,
      ),
    });
    expect(performance.now() - started).toBeGreaterThan(350);
    await long;
  });

  test("somebody else's work is not theirs to see", async () => {
    const url = await createDatabase(server);
    const role = `lowly_${Math.random().toString(36).slice(2)}`;
    await query(url, `CREATE ROLE ${role} LOGIN PASSWORD 'x'`);
    const first = await connectTo(url);
    await first.enter(() => {});
    const second = await connectTo(at(url, { user: role, password: "x" }), {
      timeouts: { runLock: 0 },
    });
    await expect(second.enter(() => {})).rejects.toMatchObject({
      message: expect.stringMatching(/holds the lock \(pid \d+, user postgres/),
    });
    await second.close();
    await query(url, `DROP ROLE ${role}`);
  });

  test("another version table, schema or database is another lock", async () => {
    const url = await createDatabase(server);
    const targets = [
      { url, versionTable: { name: "mig_version" } },
      { url, versionTable: { name: "other_version" } },
      { url, versionTable: { name: "mig_version", schema: "tools" } },
      { url: await createDatabase(server), versionTable: { name: "mig_version" } },
    ];
    for (const target of targets) {
      const connection = await connectTo(target.url, { ...target, timeouts: { runLock: 0 } });
      await connection.enter(() => {});
    }
    const named = await connectTo(url, {
      versionTable: { name: "mig_version", schema: "public" },
      timeouts: { runLock: 0 },
    });
    await expect(named.enter(() => {})).rejects.toMatchObject({ code: "LOCKED" });
  });

  test("looking takes no lock and waits for none", async () => {
    const url = await createDatabase(server);
    await (await connectTo(url)).enter(() => {});
    const looking = await connectTo(url, { readOnly: true });
    expect(await looking.state()).toMatchObject({ heads: null, hasLog: false, lastBatch: 0 });
    expect(await looking.log()).toEqual([]);
  });

  test("a killed session leaves no lock", async () => {
    const url = await createDatabase(server);
    const first = await connectTo(url);
    await first.enter(() => {});
    await query(
      url,
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'mig' AND datname = current_database()",
    );
    const second = await connectTo(url, { timeouts: { runLock: 2_000 } });
    await second.enter(() => {});
  });

  test("three at once: each sees what the one before did", async () => {
    const url = await createDatabase(server);
    await createTables(await connectTo(url));
    const seen = await Promise.all(
      ["a", "b", "c"].map(async (name) => {
        const connection = await connectTo(url);
        const { heads } = await connection.enter(() => {});
        await connection.begin({ suspendForeignKeys: false });
        await connection.send({ sql: `INSERT INTO mig_version VALUES ('${name}')`, from: null });
        await connection.commit();
        await connection.close();
        return heads?.length;
      }),
    );
    expect(seen.toSorted()).toEqual([0, 1, 2]);
  });

  test("three at once in an empty database: one makes the tables, and each sees them", async () => {
    const url = await createDatabase(server);
    const seen = await Promise.all(
      ["a", "b", "c"].map(async (name) => {
        const connection = await connectTo(url);
        const { heads } = await connection.enter(() => {});
        if (heads === null) await createTables(connection);
        await connection.begin({ suspendForeignKeys: false });
        await connection.send({ sql: `INSERT INTO mig_version VALUES ('${name}')`, from: null });
        await connection.commit();
        await connection.close();
        return heads?.length ?? -1;
      }),
    );
    expect(seen.toSorted()).toEqual([-1, 1, 2].toSorted());
  });
});
