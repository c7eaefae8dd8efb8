/** One odd name for everything, in every operation there and back, on both engines. */
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { postgresql } from "../../src/dialects/postgresql/index.ts";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import type { MigError } from "../../src/errors.ts";
import { t } from "../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../src/operations/constraints.ts";
import type { Op } from "../../src/operations/op.ts";
import { sql } from "../../src/operations/sql.ts";
import { contentsOf } from "../support/contents.ts";
import { historyOf } from "../support/history.ts";
import { at as databaseUrl, forEachServer, query } from "../support/postgres/database.ts";
import type { PostgresServer } from "../support/postgres/start.ts";
import { postgresSchema } from "../support/schema-dump.ts";
import { tortureCases } from "./cases.ts";
import { everyOperation, namesOf, oddNames } from "./names.ts";
import { shown } from "./shown.ts";

const long = "n".repeat(200);
/** With what is put behind it, as long as PostgreSQL allows: 63 bytes. */
const longest = "ü".repeat(26);

/** Up to each of `ids` and down again: each way back leads to what was there before. */
async function thereAndBack(
  history: ReturnType<typeof historyOf>,
  url: string,
  ids: readonly string[],
  look: () => Promise<unknown>,
): Promise<void> {
  const seen: unknown[] = [await look()];
  for (const id of ids) {
    await history.up(url, id);
    seen.push(await look());
  }
  const texts = seen.map((it) => JSON.stringify(it, (_, value) => plainBigint(value)));
  expect(new Set(texts).size).toBe(seen.length);
  const before = ["base", ...ids];
  for (const id of before.slice(0, -1).reverse()) {
    await history.down(url, id);
    expect([id, await look()]).toEqual([id, seen[before.indexOf(id)]]);
  }
}

function plainBigint(value: unknown): unknown {
  return typeof value === "bigint" ? Number(value) : value;
}

const cases = (names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [JSON.stringify(name).slice(0, 40), name]));

tortureCases("names on SQLite", cases([...oddNames, longest, long]), async (name) => {
  const line = everyOperation(namesOf(name));
  const history = historyOf(sqlite, line);
  const path = join(history.folder, "test.db");
  const url = `sqlite:${path}`;
  // mig's own tables are there from now on.
  await history.up(url, "create");
  await history.down(url, "base");
  await thereAndBack(history, url, Object.keys(line), async () => shown(contentsOf(path)));
  await history.up(url);
  const online = shown(contentsOf(path));
  await history.down(url, "create");
  const engine = new Database(path);
  engine.exec(await history.script("create"));
  engine.close();
  expect(shown(contentsOf(path))).toEqual(online);
});

forEachServer((server) => {
  const at = databaseOf(server);

  tortureCases(
    `names on PostgreSQL ${server.name}`,
    cases([...oddNames, longest]),
    async (name) => {
      const names = namesOf(name);
      await thereAndBack(
        historyOf(postgresql, everyOperation(names)),
        at.url,
        ["create", "renames"],
        () => at.look([names.table, names.thing("table"), names.other]),
      );
    },
  );

  tortureCases(`names of 64 bytes on PostgreSQL ${server.name}`, tooLong, async (script) => {
    const failure = await historyOf(postgresql, { first, second: { up: script } })
      .up(at.url)
      .catch((thrown: MigError) => thrown);
    expect(failure).toMatchObject({ code: "NAME_TOO_LONG", context: { state: "nothing was run" } });
    expect(await at.look([])).toEqual(["", []]);
  });
});

/** One database of `server` for all of its cases: each leaves it as it was. */
function databaseOf(server: PostgresServer) {
  const name = `mig_names_${process.pid}_${server.name.replaceAll(/\W/g, "_").slice(0, 20)}`;
  const url = databaseUrl(server.url, { database: name });
  const client = new pg.Client({ connectionString: url });
  beforeAll(async () => {
    await query(server.url, `CREATE DATABASE ${name}`);
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await query(server.url, `DROP DATABASE ${name} WITH (FORCE)`);
  });
  const ask = async <Row>(sql: string) => (await client.query(sql)).rows as Row[];
  return {
    url,
    /** The schema, and the rows of those of `tables` that there are. */
    async look(tables: readonly string[]) {
      const rows = tables.map((table) =>
        ask(`SELECT * FROM "${table.replaceAll('"', '""')}"`).catch(() => null),
      );
      return [await postgresSchema(ask), await Promise.all(rows)];
    },
  };
}

const first = { up: (op: Op) => op.createTable("p", [t.text("a")]) };
const cut = `${"ü".repeat(31)}xx`;

/** Every place of a name. The first revision of the run must not have run, either. */
const tooLong: Readonly<Record<string, (op: Op) => void>> = {
  "a table": (op) => op.createTable(cut, [t.text("a")]),
  "a column of a new table": (op) => op.createTable("n", [t.text(cut)]),
  "a key of a new table": (op) => op.createTable("n", [t.text("a")], [primaryKey(cut, ["a"])]),
  "a table that is dropped": (op) => op.dropTable(cut),
  "a table's new name": (op) => op.renameTable("p", cut),
  "a table that is renamed": (op) => op.renameTable(cut, "q"),
  "a new column": (op) => op.addColumn("p", t.text(cut)),
  "a column of another table": (op) => op.addColumn(cut, t.text("a")),
  "a column that is dropped": (op) => op.dropColumn("p", cut),
  "a column's new name": (op) => op.renameColumn("p", "a", cut),
  "a column that is changed": (op) => op.alterColumn("p", cut, { notNull: true }),
  "a check": (op) => op.addConstraint("p", check(cut, sql`true`)),
  "a unique constraint": (op) => op.addConstraint("p", unique(cut, ["a"])),
  "a column of a unique constraint": (op) => op.addConstraint("p", unique("u", [cut])),
  "a foreign key": (op) => op.addConstraint("p", foreignKey(cut, ["a"], "p", ["a"])),
  "a table that is referred to": (op) => op.addConstraint("p", foreignKey("f", ["a"], cut, ["a"])),
  "a column that is referred to": (op) => op.addConstraint("p", foreignKey("f", ["a"], "p", [cut])),
  "a constraint that is dropped": (op) => op.dropConstraint("p", cut),
  "a constraint's new name": (op) => op.renameConstraint("p", "u", cut),
  "a constraint that is renamed": (op) => op.renameConstraint("p", cut, "u"),
  "an index's new name": (op) => op.renameIndex("p", "i", cut),
  "an index that is renamed": (op) => op.renameIndex("p", cut, "i"),
  "an index": (op) => op.createIndex(cut, "p", ["a"]),
  "a column of an index": (op) => op.createIndex("i", "p", [cut]),
  "an index that is dropped": (op) => op.dropIndex(cut, "p"),
  "a table of rows": (op) => op.insert(cut, [{ a: "x" }]),
  "a column of rows": (op) => op.insert("p", [{ [cut]: "x" }]),
  "an enum": (op) => op.createEnum(cut, ["a"]),
  "an enum's new name": (op) => op.renameEnum("e", cut),
  "an enum that is made anew": (op) => op.alterEnum(cut, ["a"], { columns: [], map: {} }),
  "the type of a column": (op) => op.addColumn("p", t.enum("b", cut)),
  "a view": (op) => op.createView(cut, sql`SELECT 1 AS a`),
  "a column of a view": (op) => op.createView("v", sql`SELECT 1 AS a`, { columns: [cut] }),
  "a view's new name": (op) => op.renameView("v", cut),
  "a view that is refreshed": (op) => op.refreshView(cut),
  "a sequence": (op) => op.createSequence(cut),
  "a sequence that is changed": (op) => op.alterSequence(cut, { increment: 2 }),
  "a schema": (op) => op.createSchema(cut),
  "the schema of a table": (op) => op.createTable({ schema: cut, name: "n" }, [t.text("a")]),
  "the schema that a table moves to": (op) => op.moveTable("p", cut),
  "an extension": (op) => op.createExtension(cut),
  "a role": (op) => op.createRole(cut),
  "a role's new name": (op) => op.renameRole("r", cut),
  "a role that is granted to": (op) => op.grant(["SELECT"], { table: "p" }, [cut]),
  "a column that is granted": (op) => op.grant(["SELECT"], { table: "p", columns: [cut] }, ["r"]),
  "a policy": (op) => op.createPolicy(cut, "p"),
  "a policy's new name": (op) => op.renamePolicy("p", "r", cut),
  "a role of a policy": (op) => op.createPolicy("o", "p", { to: [cut] }),
  "a table with row-level security": (op) => op.rowSecurity(cut, { enabled: true }),
  "a table that is commented on": (op) => op.comment({ table: cut }, "a"),
  "a column that is commented on": (op) => op.comment({ table: "p", column: cut }, "a"),
  "a collation": (op) =>
    op.addColumn("p", t.text("b", { collation: { postgresql: cut, sqlite: null } })),
  "a constraint that is validated": (op) => op.validateConstraint("p", cut),
  "a table in a batch": (op) => op.batchAlterTable(cut, (it) => it.addColumn(t.text("b"))),
};

describe("names that are none", () => {
  test.each(["", "a\0b", "half \ud83d"])("%j", async (name) => {
    const places: ((op: Op) => void)[] = [
      (op) => op.createTable(name, [t.text("a")]),
      (op) => op.addColumn("p", t.text(name)),
      (op) => op.createIndex(name, "p", ["a"]),
      (op) => op.addConstraint("p", unique(name, ["a"])),
      (op) => op.renameTable("p", name),
    ];
    for (const up of places) {
      const history = historyOf(sqlite, { first, second: { up } });
      const failure = await history
        .up(`sqlite:${join(history.folder, "test.db")}`)
        .catch((thrown: MigError) => thrown);
      expect(failure).toMatchObject({ code: "NAME_INVALID" });
    }
  });
});
