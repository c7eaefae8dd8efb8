/** `op.run`: work in TypeScript, on SQLite, in the revision's transaction. */
import { describe, expect, test } from "vitest";
import { createProject, type Project } from "../support/project.ts";

/** A project whose revision `a` makes a table and whose revision `b`, with these imports, does this work. */
function working(body: string, imports = ""): Project {
  return createProject({
    "versions/a.ts": `import { type Op, sql, t } from "drizzle-mig";
export const revision = "a";
export const downRevision = null;
export function upgrade(op: Op) {
  op.createTable("users", [t.integer("id", { notNull: true }), t.text("name"), t.text("slug")]);
  op.insert("users", [{ id: 1, name: "Ada" }, { id: 2, name: "it's \\"Bob\\"" }]);
}
`,
    "versions/b.ts": `import { type Op, sql } from "drizzle-mig";
${imports}
export const revision = "b";
export const downRevision = "a";
export function upgrade(op: Op) {
  op.run("the work", async (db) => {
${body}
  });
}
`,
  });
}

/** The work goes well; what it printed, and the rows that it left. */
async function works(
  project: Project,
): Promise<{ readonly told: string; readonly rows: unknown[] }> {
  const { code, stderr } = await project.mig(["upgrade"]);
  expect([code, stderr]).toEqual([0, expect.not.stringContaining("error")]);
  return { told: stderr, rows: project.sqlite("SELECT * FROM users ORDER BY id") };
}

describe("db", () => {
  test("gives rows, counts changes, and takes values as parameters", async () => {
    const { told, rows } = await works(
      working(`    const users = await db.all<{ id: number; name: string }>(sql\`SELECT id, name FROM users ORDER BY id\`);
    let changed = 0;
    for (const { id, name } of users) {
      const { changes } = await db.run(sql\`UPDATE users SET slug = \${name + "-" + id} WHERE id = \${id}\`);
      changed += changes;
    }
    const none = await db.all("SELECT 1 WHERE 0");
    console.error(JSON.stringify([db.dialect, changed, none]));`),
    );
    expect(told).toBe('["sqlite",2,[]]\n');
    expect(rows).toEqual([
      { id: 1, name: "Ada", slug: "Ada-1" },
      { id: 2, name: 'it\'s "Bob"', slug: 'it\'s "Bob"-2' },
    ]);
  });

  test("takes our sql in drizzle's and drizzle's in ours", async () => {
    const { told, rows } = await works(
      working(
        `    const table = theirs.identifier("users");
    const condition = theirs\`id = \${1} AND name = \${"Ada"}\`;
    await db.run(sql\`UPDATE \${table} SET slug = \${"ours"} WHERE \${condition}\`);
    const value = sql\`upper(\${"theirs"})\`;
    await db.run(theirs\`UPDATE \${sql.identifier("users")} SET slug = \${value} WHERE id IN (\${sql.join([2, 3])})\`);
    const rows = await db.all(theirs\`SELECT count(*) AS n FROM \${users} WHERE \${eq(users.id, 2)} OR \${sql\`\${users.name} = \${"Ada"}\`}\`);
    console.error(JSON.stringify(rows));`,
        `import { eq, sql as theirs } from "drizzle-orm";
import { integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
const users = sqliteTable("users", { id: integer("id"), name: text("name"), slug: text("slug") });`,
      ),
    );
    expect(told).toBe('[{"n":2}]\n');
    expect(rows).toMatchObject([{ slug: "ours" }, { slug: "THEIRS" }]);
  });

  test("is the project's own drizzle-orm, on the same connection", async () => {
    const { told, rows } = await works(
      working(
        `    const drizzle = db.drizzle as BetterSQLite3Database;
    await db.run("UPDATE users SET slug = 'x'");
    const found = drizzle.select({ id: users.id, slug: users.slug }).from(users).where(gt(users.id, 1)).all();
    console.error(JSON.stringify([found, is(drizzle, BaseSQLiteDatabase)]));
    await drizzle.insert(users).values({ id: 3, name: "Cy", slug: sql\`lower(\${"ABC"})\` as never });
    await drizzle.update(users).set({ slug: "y" }).where(eq(users.id, 1));
    drizzle.run(sql\`DELETE FROM users WHERE id = \${2}\` as never);`,
        `import { eq, gt, is } from "drizzle-orm";
import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { BaseSQLiteDatabase, integer, sqliteTable, text } from "drizzle-orm/sqlite-core";
const users = sqliteTable("users", { id: integer("id"), name: text("name"), slug: text("slug") });`,
      ),
    );
    expect(told).toBe('[[{"id":2,"slug":"x"}],true]\n');
    expect(rows).toEqual([
      { id: 1, name: "Ada", slug: "y" },
      { id: 3, name: "Cy", slug: "abc" },
    ]);
  });

  test("gives integers that a number cannot hold as bigint", async () => {
    const { told } = await works(
      working(`    const [row] = await db.all(sql\`SELECT \${2n ** 60n} AS big, 5 AS small\`);
    console.error(typeof row?.big, row?.big, typeof row?.small);`),
    );
    expect(told).toBe("bigint 1152921504606846976n number\n");
  });

  test("is in the transaction of the revision: what it did goes with it", async () => {
    const project = working(`    await db.run("UPDATE users SET slug = 'gone'");
    await db.run("CREATE TABLE gone (id)");
    throw new Error("changed my mind");`);
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 1 });
    expect(project.sqlite("SELECT DISTINCT slug FROM users")).toEqual([{ slug: null }]);
    expect(project.sqlite("SELECT name FROM sqlite_schema WHERE name = 'gone'")).toEqual([]);
    expect((await project.mig(["current", "--json"])).json()).toMatchObject({
      current: ["a"],
      pending: 1,
    });
  });
});

describe("work that fails", () => {
  const rolledBack =
    "help: the revision was rolled back; the database is still at a; correct the revision and run it again\n";

  /** What is told of work that fails. */
  async function fails(project: Project): Promise<string> {
    const { code, stderr } = await project.mig(["upgrade"]);
    expect(code).toBe(1);
    const json = await project.mig(["upgrade", "--json"]);
    expect(json.json<{ error: object }>().error).toMatchObject({
      code: "REVISION_FAILED",
      revision: "b",
    });
    return stderr;
  }

  test("by throwing is told with the very place", async () => {
    const project = working(`    interface Row { readonly id: number }
    const rows = await db.all<Row>("SELECT id FROM users");
    for (const row of rows as Row[]) if (row.id > 1) throw new Error(\`no \${row.id}\`);`);
    expect(await fails(project)).toBe(`error: revision b failed: the work: no 2
  versions/b.ts:9:60
${rolledBack}`);
  });

  test("by a query is told with the place of the query", async () => {
    const project = working(`    await db.all("SELECT 1");

    await db.run(sql\`UPDATE nowhere SET x = \${1}\`);`);
    expect(await fails(project)).toMatch(
      /^error: revision b failed: the work: no such table: nowhere\n {2}versions\/b\.ts:9:14\n/,
    );
  });

  test("by a query of drizzle is told with what the database said, and the work it was part of", async () => {
    const project = working(
      "    await (db.drizzle as BetterSQLite3Database).select().from(nowhere);",
      `import type { BetterSQLite3Database } from "drizzle-orm/better-sqlite3";
import { integer, sqliteTable } from "drizzle-orm/sqlite-core";
const nowhere = sqliteTable("nowhere", { id: integer("id") });`,
    );
    expect(await fails(project)).toMatch(
      /^error: revision b failed: the work: no such table: nowhere\n {2}versions\/b\.ts:8:\d+\n/,
    );
  });

  test("in a helper is told with the line of the revision that called it", async () => {
    const project = working("    await help(db);", 'import { help } from "./_help.ts";');
    project.write({
      "versions/_help.ts":
        'import type { WorkDatabase } from "drizzle-mig";\nexport async function help(db: WorkDatabase) {\n  await db.all("SELECT 1");\n  throw new TypeError("not helpful");\n}\n',
    });
    expect(await fails(project)).toMatch(
      /^error: revision b failed: the work: not helpful\n {2}versions\/b\.ts:7:\d+\n/,
    );
  });

  test("with what is no error is told all the same", async () => {
    expect(await fails(working('    throw "just text";'))).toBe(
      `error: revision b failed: the work: just text\n  versions/b.ts:6:6\n${rolledBack}`,
    );
  });

  test("because a value is undefined says so", async () => {
    const project = working(
      `    const row: { id?: number } = {};
    await db.run(sql\`DELETE FROM users WHERE id = \${row.id}\`);`,
    );
    expect(await fails(project)).toMatch(
      /^error: revision b failed: the work: a value in sql`…` is undefined\n {2}versions\/b\.ts:8:14\n/,
    );
    expect(project.sqlite("SELECT count(*) AS n FROM users")).toEqual([{ n: 2 }]);
  });
});
