import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gather } from "../../../src/dialects/sqlite/gather.ts";
import { sqlite } from "../../../src/dialects/sqlite/index.ts";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, unique } from "../../../src/operations/constraints.ts";
import { describe as told } from "../../../src/operations/describe.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { carryOut, OperationError } from "../../../src/runtime/carry-out.ts";
import { database, dump, recorded, sqlOf, type TestDatabase, upgrade } from "./support.ts";

const integer = t.integer("any").type;

describe("changes of one table that are recorded apart", () => {
  const setup = `CREATE TABLE p(id integer primary key, a text, b text, c text);
    INSERT INTO p VALUES (1, '1', 'x', 'y'), (2, '2', 'x', 'y'); CREATE TABLE q(id integer primary key, n int)`;

  test("are one rebuild", async () => {
    const db = await database(setup);
    const statements = await sqlOf(db, (op) => {
      op.alterColumn("p", "a", { type: integer });
      for (const name of ["a", "b", "c"]) op.alterColumn("p", name, { notNull: true });
      for (const name of ["b", "c"]) op.alterColumn("p", name, { default: "new" });
      op.addConstraint("p", unique("u", ["a"]));
      op.addConstraint("p", check("positive", "a > 0"));
      op.dropColumn("p", "c");
      op.addColumn("p", t.text("d"));
    });
    expect(statements.match(/DROP TABLE/g)).toHaveLength(1);
    expect(db.engine.prepare("SELECT * FROM p").raw().all()).toEqual([
      [1, 1, "x", null],
      [2, 2, "x", null],
    ]);
  });

  /** What is carried out together: a line for each, with the changes of a table in one. */
  const groups = (script: (op: Op) => void) =>
    gather(recorded(script)).map(({ recorded: { operation } }) => told(operation));

  test("and may have other tables between them", () => {
    expect(
      groups((op) => {
        op.alterColumn("p", "a", { notNull: true });
        op.createTable("r", [t.text("x")]);
        op.createIndex("i", "q", ["n"]);
        op.alterColumn("q", "n", { notNull: true });
        op.alterColumn("P", "b", { notNull: true });
        op.alterColumn("q", "n", { default: 1 });
      }),
    ).toEqual([
      "~ column p.a: not null; ~ column p.b: not null",
      "+ table r",
      "+ index i on q",
      "~ column q.n: not null; ~ column q.n: default",
    ]);
  });

  const between: Readonly<Record<string, (op: Op) => void>> = {
    SQL: (op) => op.execute("SELECT 1"),
    work: (op) => op.run("x", () => {}),
    rows: (op) => op.insert("q", [{ id: 1 }]),
    "a dropped table": (op) => op.dropTable("q"),
    "a renamed table": (op) => op.renameTable("q", "r"),
    "its own index": (op) => op.createIndex("i", "p", ["a"]),
    "an index of its own that goes": (op) => op.dropIndex("i", "p"),
    "a table that refers to it": (op) =>
      op.createTable("r", [t.integer("x")], [foreignKey("f", ["x"], "p", ["id"])]),
    "a key of another table to it": (op) =>
      op.addConstraint("q", foreignKey("f", ["n"], "p", ["id"])),
    "values that come from it": (op) =>
      op.alterColumn("q", "n", { using: sql`(SELECT max(id) FROM p)` }),
  };
  test.each(Object.entries(between))("but not %s", (_what, script) => {
    const found = groups((op) => {
      op.alterColumn("p", "a", { notNull: true });
      script(op);
      op.alterColumn("p", "b", { notNull: true });
    });
    expect(found).toHaveLength(3);
  });

  const apart: Readonly<Record<string, (op: Op) => void>> = {
    "a key to a table that was made between": (op) => {
      op.alterColumn("p", "a", { notNull: true });
      op.createTable("r", [t.integer("x")]);
      op.addConstraint("p", foreignKey("f", ["a"], "r", ["x"]));
    },
    "a value made from one that was changed": (op) => {
      op.alterColumn("p", "a", { using: sql`a + 1` });
      op.alterColumn("p", "b", { using: sql`a` });
    },
    "a value that is changed twice": (op) => {
      op.alterColumn("p", "a", { using: sql`a + 1` });
      op.alterColumn("p", "a", { type: integer });
    },
    "a value made from a new column": (op) => {
      op.addColumn("p", t.integer("n", { default: 1 }));
      op.alterColumn("p", "b", { using: sql`n` });
    },
    "a subquery behind a rename": (op) => {
      op.renameColumn("p", "c", "z");
      op.alterColumn("p", "a", { using: sql`(SELECT max(z) FROM p)` });
    },
  };
  test.each(Object.entries(apart))("nor %s", (_what, script) => {
    const [first] = groups(script);
    expect(first).not.toContain(";");
  });

  test("a value made from one that was changed sees the change", async () => {
    const db = await database(setup);
    await upgrade(db, (op) => {
      op.alterColumn("p", "a", { type: integer, using: sql`a + 10` });
      op.alterColumn("p", "b", { using: sql`a` });
      op.renameColumn("p", "c", "z");
      op.alterColumn("p", "z", { using: sql`(SELECT max(z) FROM p) || b` });
    });
    expect(db.engine.prepare("SELECT a, b, z FROM p").raw().all()).toEqual([
      [11, "11", "y11"],
      [12, "12", "y12"],
    ]);
  });

  test("name the call that is wrong, when compiled and when proven", async () => {
    const db = await database(`${setup}; UPDATE p SET b = NULL`);
    const culprit = async (script: (op: Op) => void) => {
      const operations = recorded(script);
      await db.connection.begin({ suspendForeignKeys: true });
      const failure = await carryOut(sqlite, operations, sinkOf(db)).catch((it: unknown) => it);
      await db.connection.rollback();
      expect(failure).toBeInstanceOf(OperationError);
      const { recorded: found, cause } = failure as OperationError;
      return [operations.indexOf(found), cause.message];
    };
    expect(
      await culprit((op) => {
        op.alterColumn("p", "a", { notNull: true });
        op.dropColumn("p", "c");
        op.alterColumn("p", "nowhere", { notNull: true });
        op.alterColumn("p", "b", { default: "x" });
      }),
    ).toEqual([2, '~ column p.nowhere: not null: table "p" has no column "nowhere"']);
    expect(
      await culprit((op) => {
        op.alterColumn("p", "a", { notNull: true });
        op.renameColumn("p", "c", "z");
        op.alterColumn("p", "b", { notNull: true });
        op.alterColumn("p", "a", { default: "x" });
      }),
    ).toEqual([2, expect.stringContaining('2 rows of "p" have no value in "b"')]);
  });

  test("leave what they leave one by one", async () => {
    const change = fc.constantFrom<(op: Op, at: number) => void>(
      (op) => op.alterColumn("p", "a", { notNull: true }),
      (op) => op.alterColumn("p", "a", { type: integer }),
      (op) => op.alterColumn("p", "a", { using: sql`a || b` }),
      (op) => op.alterColumn("p", "b", { default: "x" }),
      (op) => op.alterColumn("p", "b", { using: sql`upper(b)` }),
      (op) => op.alterColumn("p", "c", { using: sql`b`, default: null }),
      (op, at) => op.addColumn("p", t.integer(`n${at}`, { default: at })),
      (op, at) => op.addConstraint("p", check(`c${at}`, "length(a) > 0")),
      (op, at) => op.addConstraint("p", unique(`u${at}`, ["id", "a"])),
      (op, at) => op.createTable(`t${at}`, [t.text("x")]),
      (op) => op.alterColumn("q", "n", { default: 7 }),
      (op, at) => op.createIndex(`i${at}`, "p", ["b"]),
      (op) => op.renameColumn("p", "c", "c"),
      (op) => op.execute("UPDATE p SET b = b || b"),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(change, { maxLength: 8 }), async (changes) => {
        const script = (op: Op) => {
          for (const [at, it] of changes.entries()) it(op, at);
        };
        const [together, alone] = [await database(setup), await database(setup)];
        const failed = await upgrade(together, script).then(
          () => false,
          () => true,
        );
        let failedAlone = false;
        for (const [at, it] of changes.entries()) {
          await upgrade(alone, (op) => it(op, at)).catch(() => {
            failedAlone = true;
          });
        }
        expect(failed).toBe(failedAlone);
        if (!failed) expect(spoken(together)).toEqual(spoken(alone));
        for (const db of [together, alone]) {
          await db.connection.close();
          db.engine.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});

/** Rows and definitions, whatever the blanks in them. */
function spoken({ engine }: TestDatabase): unknown {
  const { schema, rows } = dump(engine);
  const texts = schema.map(({ name, sql: text }) => [name, text?.replace(/[\s"]+/g, "")]);
  return { texts, rows };
}

function sinkOf({ connection }: TestDatabase) {
  return {
    reader: connection,
    send: connection.send,
    work: async () => {},
  };
}
