/** What the engine makes of the options of operations, and what becomes of the rows. */
import { describe, expect, test } from "vitest";
import { MigError } from "../../../src/errors.ts";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, dump, sqlOf, type TestDatabase, textOf, upgrade } from "./support.ts";

function rows(db: TestDatabase, query: string): unknown[] {
  return db.engine.prepare(query).raw().all();
}

/** What `change` is refused with; nothing may have changed. */
async function refusal(db: TestDatabase, change: (op: Op) => void): Promise<string> {
  const before = dump(db.engine);
  const failure = await upgrade(db, change).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(failure).toBeInstanceOf(MigError);
  expect(dump(db.engine)).toEqual(before);
  const { code, message } = failure as MigError;
  return `${code}: ${message}`;
}

describe("a strict table", () => {
  const strict =
    "CREATE TABLE p(id integer PRIMARY KEY, a text) STRICT; INSERT INTO p VALUES (1, 'x')";

  test("takes every portable type, and holds values to it", async () => {
    const db = await database(strict);
    await upgrade(db, (op) => {
      op.addColumn("p", t.varchar("b", { length: 3 }));
      op.addColumn("p", t.numeric("c", { precision: 5, scale: 2 }));
      op.addColumn("p", t.boolean("d", { notNull: true, default: true }));
      op.batchAlterTable("p", (p) => {
        p.addColumn(t.char("e", { length: 2, notNull: true, default: "x" }));
        p.alterColumn("a", { type: t.varchar("a", { length: 9 }).type, notNull: true });
      });
    });
    expect(textOf(db.engine, "p")).toBe(
      `CREATE TABLE p(id integer PRIMARY KEY, a text NOT NULL, "b" text, "c" real, "d" integer DEFAULT 1 NOT NULL, "e" text DEFAULT 'x' NOT NULL) STRICT`,
    );
    db.engine.exec("INSERT INTO p (a, b, c, d) VALUES ('y', 'longer than three', '1.5', 0)");
    expect(rows(db, "SELECT c, typeof(c) FROM p WHERE a = 'y'")).toEqual([[1.5, "real"]]);
    expect(() => db.engine.exec("INSERT INTO p (a, c) VALUES ('z', 'abc')")).toThrow("REAL");
  });

  test("refuses values that are of no such type when a column changes", async () => {
    const db = await database(`${strict}; INSERT INTO p VALUES (2, '12')`);
    expect(
      await refusal(db, (op) => op.alterColumn("p", "a", { type: t.numeric("a").type })),
    ).toContain('ROWS_IN_THE_WAY: 1 row of "p" hold values in "a"');
  });
});

describe("a table without rowid", () => {
  test.each([
    ["no key", [t.text("a")], [], "has a primary key"],
    [
      "numbers",
      [t.integer("a", { identity: "always" })],
      [primaryKey("k", ["a"])],
      "by their rowid",
    ],
    [
      "numbers that are never given again",
      [t.integer("a", { autoIncrement: true })],
      [primaryKey("k", ["a"])],
      "by their rowid",
    ],
  ] as const)("with %s is refused", async (_what, columns, constraints, why) => {
    const db = await database();
    expect(
      await refusal(db, (op) => op.createTable("p", columns, constraints, { withoutRowid: true })),
    ).toContain(why);
  });
});

describe("autoIncrement", () => {
  const next = (db: TestDatabase) => {
    db.engine.exec("DELETE FROM p; INSERT INTO p (a) VALUES ('new')");
    return db.engine.prepare("SELECT max(id) FROM p").pluck().get();
  };

  test("gives no number again", async () => {
    const db = await database();
    await upgrade(db, (op) => {
      op.createTable(
        "p",
        [t.serial("id", { autoIncrement: true }), t.text("a")],
        [primaryKey("p_pkey", ["id"])],
      );
      op.insert("p", [{ id: 7, a: "x" }]);
    });
    expect(next(db)).toBe(8);
  });

  test.each([
    [
      "a key behind the columns",
      "id integer, a text, CONSTRAINT k PRIMARY KEY (id)",
      "id integer CONSTRAINT k PRIMARY KEY AUTOINCREMENT",
    ],
    [
      "a key that is not named",
      "id integer NOT NULL, a text, PRIMARY KEY (id DESC) ON CONFLICT FAIL",
      "id integer PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT NOT NULL",
    ],
    [
      "a key with its column",
      "id integer CONSTRAINT k PRIMARY KEY ON CONFLICT ABORT NOT NULL, a text",
      "id integer CONSTRAINT k PRIMARY KEY ON CONFLICT ABORT AUTOINCREMENT NOT NULL",
    ],
  ])("comes and goes: %s", async (_what, definition, text) => {
    const db = await database(
      `CREATE TABLE p(${definition}); INSERT INTO p VALUES (7, 'x'); CREATE INDEX i ON p(a); CREATE TRIGGER g AFTER INSERT ON p BEGIN SELECT 1; END`,
    );
    await upgrade(db, (op) => op.alterColumn("p", "id", { autoIncrement: true }));
    expect(textOf(db.engine, "p")).toContain(text);
    // And again changes nothing.
    expect(await sqlOf(db, (op) => op.alterColumn("p", "id", { autoIncrement: true }))).toBe("");
    expect(next(db)).toBe(8);
    await upgrade(db, (op) => op.alterColumn("p", "id", { autoIncrement: false }));
    expect(textOf(db.engine, "p")).not.toContain("AUTOINCREMENT");
    expect(next(db)).toBe(1);
    expect(await sqlOf(db, (op) => op.alterColumn("p", "id", { autoIncrement: false }))).toBe("");
  });

  test("with a key that the same batch makes, in either order", async () => {
    const db = await database(
      "CREATE TABLE p(id integer, a text); INSERT INTO p VALUES (7, 'x'); CREATE TABLE q(id integer, a text); INSERT INTO q VALUES (7, 'x')",
    );
    await upgrade(db, (op) => {
      op.batchAlterTable("p", (p) => {
        p.alterColumn("id", { autoIncrement: true });
        p.addConstraint(primaryKey("k", ["id"]));
      });
      op.batchAlterTable("q", (q) => {
        q.addConstraint(primaryKey("k", ["id"]));
        q.alterColumn("id", { autoIncrement: true });
      });
    });
    const text = `(id integer CONSTRAINT "k" PRIMARY KEY AUTOINCREMENT, a text`;
    expect(textOf(db.engine, "p")).toContain(`p${text}`);
    expect(textOf(db.engine, "q")).toContain(`q${text}`);
    expect(next(db)).toBe(8);
  });

  test.each([
    ["no key", "CREATE TABLE p(id integer, a text)"],
    ["a key of two", "CREATE TABLE p(id integer, a text, PRIMARY KEY (id, a))"],
    ["a key of a type that is no rowid", "CREATE TABLE p(id INT PRIMARY KEY, a text)"],
    ["no rowid", "CREATE TABLE p(id integer PRIMARY KEY, a text) WITHOUT ROWID"],
  ])("on %s is refused", async (_what, definition) => {
    const db = await database(definition);
    expect(await refusal(db, (op) => op.alterColumn("p", "id", { autoIncrement: true }))).toContain(
      "OPERATION_INVALID",
    );
  });
});

describe("identity", () => {
  test("of a column that is the rowid already changes nothing", async () => {
    const db = await database("CREATE TABLE p(id integer PRIMARY KEY, a text)");
    const change = (op: Op) =>
      op.alterColumn("p", "id", { identity: { generated: "always", startWith: 5 } });
    expect(await sqlOf(db, change)).toBe("");
  });

  test("of any other is refused, unless the same batch makes it one", async () => {
    const db = await database("CREATE TABLE p(id integer, a text); INSERT INTO p VALUES (3, 'x')");
    expect(await refusal(db, (op) => op.alterColumn("p", "id", { identity: "always" }))).toContain(
      "leave `identity` and `autoIncrement` out or make it the key",
    );
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.alterColumn("id", { identity: "byDefault" });
        p.addConstraint(primaryKey("k", ["id"]));
      }),
    );
    db.engine.exec("INSERT INTO p(a) VALUES ('y')");
    expect(rows(db, "SELECT id, a FROM p")).toEqual([
      [3, "x"],
      [4, "y"],
    ]);
  });
});

describe("generated columns", () => {
  const table =
    "CREATE TABLE p(id integer PRIMARY KEY, a text, s text AS (upper(a)) STORED, v text AS (a || '!')); INSERT INTO p(a) VALUES ('x'), (NULL)";

  test("keep their values when they are computed no more", async () => {
    const db = await database(table);
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.alterColumn("s", { generated: null });
        p.alterColumn("v", { generated: null, backfill: sql`'none'`, notNull: true });
      }),
    );
    expect(textOf(db.engine, "p")).toBe(
      "CREATE TABLE p(id integer PRIMARY KEY, a text, s text, v text NOT NULL)",
    );
    db.engine.exec("UPDATE p SET a = 'changed'");
    expect(rows(db, "SELECT s, v FROM p")).toEqual([
      ["X", "x!"],
      [null, "none"],
    ]);
  });

  test("are computed anew by another expression, and from where they are kept", async () => {
    const db = await database(table);
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.alterColumn("s", { generated: { as: sql`a || '?'`, stored: false } });
        p.alterColumn("v", { generated: sql`lower(a)` });
      }),
    );
    expect(rows(db, "SELECT s, v FROM p WHERE id = 1")).toEqual([["x?", "x"]]);
    expect(textOf(db.engine, "p")).toContain(
      "s text GENERATED ALWAYS AS (a || '?') VIRTUAL, v text GENERATED ALWAYS AS (lower(a)) STORED",
    );
  });

  test("take the place of values", async () => {
    const db = await database(
      "CREATE TABLE p(a int, b int DEFAULT 1); INSERT INTO p VALUES (2, 3)",
    );
    expect(
      await refusal(db, (op) => op.alterColumn("p", "b", { generated: sql`a * 2` })),
    ).toContain("OPERATION_INVALID");
    await upgrade(db, (op) => op.alterColumn("p", "b", { generated: sql`a * 2`, default: null }));
    expect(rows(db, "SELECT * FROM p")).toEqual([[2, 4]]);
  });

  test("that may not be null are asked of the rows", async () => {
    const db = await database(table);
    const add = (stored: boolean) => (op: Op) =>
      op.addColumn("p", t.text("g", { notNull: true, generated: { as: "a || a", stored } }));
    expect(await refusal(db, add(true))).toContain('1 row of "p" have no value in "g"');
    expect(await refusal(db, add(false))).toContain('1 row of "p" have no value in "g"');
    db.engine.exec("DELETE FROM p WHERE a IS NULL");
    await upgrade(db, add(false));
    expect(rows(db, "SELECT g FROM p")).toEqual([["xx"]]);
  });

  test("are computed from columns that the same change adds", async () => {
    const db = await database(
      "CREATE TABLE p(id integer PRIMARY KEY, a text); INSERT INTO p VALUES (1, 'x'), (2, 'y')",
    );
    const both = (op: Op, twice: boolean) =>
      op.batchAlterTable("p", (p) => {
        p.addColumn(t.text("b", { notNull: true, default: "n" }), { before: "a" });
        p.addConstraint(unique("p_a_unique", ["a"]));
        p.addColumn(t.text("c", { generated: sql`"b" || ${twice ? "" : sql`"a"`}` }));
        p.addConstraint(unique("p_c_unique", ["c"]));
      });
    expect(await refusal(db, (op) => both(op, true))).toContain(
      '2 rows of "p" share their value in "c"',
    );
    await upgrade(db, (op) => both(op, false));
    expect(rows(db, "SELECT b, a, c FROM p")).toEqual([
      ["n", "x", "nx"],
      ["n", "y", "ny"],
    ]);
  });

  test("have no backfill", async () => {
    const db = await database(table);
    expect(
      await refusal(db, (op) =>
        op.addColumn("p", t.text("g", { generated: sql`a` }), { backfill: "1" }),
      ),
    ).toContain("leave `backfill` out");
  });

  test("speak of columns by the names that they have in the batch", async () => {
    const db = await database("CREATE TABLE p(a text, b text); INSERT INTO p VALUES ('x', 'y')");
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.renameColumn("a", "z");
        p.addColumn(t.text("g", { generated: sql`z || b` }));
        p.addColumn(t.text("c"), { backfill: sql`upper(z)`, before: "z" });
      }),
    );
    expect(db.engine.prepare("SELECT * FROM p").all()).toEqual([
      { c: "X", z: "x", b: "y", g: "xy" },
    ]);
  });
});

describe("a collation", () => {
  test.each([
    ["a unique with its column", "email text UNIQUE"],
    ["a unique behind the columns", "email text, UNIQUE (email)"],
    ["a primary key", "email text PRIMARY KEY"],
    ["a unique index", "email text); CREATE UNIQUE INDEX i ON p(email DESC"],
  ])("that takes values for the same is refused over %s", async (_what, definition) => {
    const db = await database(
      `CREATE TABLE p(${definition}); INSERT INTO p VALUES ('a@b'), ('A@B'), ('c'), (NULL)`,
    );
    const change = (op: Op) => op.alterColumn("p", "email", { collation: "NOCASE" });
    expect(await refusal(db, change)).toContain(
      'ROWS_IN_THE_WAY: 2 rows of "p" share their value in "email"',
    );
    db.engine.exec("DELETE FROM p WHERE email = 'A@B'");
    await upgrade(db, change);
    expect(rows(db, "SELECT email FROM p WHERE email = 'C'")).toEqual([["c"]]);
    expect(await sqlOf(db, (op) => op.alterColumn("p", "email", { collation: "nocase" }))).toBe("");
  });

  test("that is taken away leaves what differs by its bytes", async () => {
    const db = await database(
      "CREATE TABLE p(email text COLLATE NOCASE UNIQUE, a int); INSERT INTO p VALUES ('a', 1), ('b', 2)",
    );
    await upgrade(db, (op) => op.alterColumn("p", "email", { collation: null }));
    expect(textOf(db.engine, "p")).toBe("CREATE TABLE p(email text UNIQUE, a int)");
    db.engine.exec("INSERT INTO p VALUES ('A', 3)");
    expect(rows(db, "SELECT a FROM p WHERE email = 'A'")).toEqual([[3]]);
  });

  test("of a column decides about a unique that is new", async () => {
    const db = await database(
      "CREATE TABLE p(email text COLLATE NOCASE); INSERT INTO p VALUES ('a'), ('A')",
    );
    expect(
      await refusal(db, (op) =>
        op.batchAlterTable("p", (p) => {
          p.alterColumn("email", { using: sql`trim(email)` });
          p.addConstraint(unique("u", ["email"]));
        }),
      ),
    ).toContain("share their value");
  });
});

describe("backfill", () => {
  const table =
    "CREATE TABLE p(id integer PRIMARY KEY, a text, b text); INSERT INTO p VALUES (1, 'X', NULL), (2, 'Y', 'y'), (3, NULL, NULL)";
  const trigger =
    "CREATE TABLE seen(what text); CREATE TRIGGER g AFTER UPDATE ON p BEGIN INSERT INTO seen VALUES (new.id); END";

  test.each([
    ["where the rows are", table],
    [
      "in a copy, where a trigger would take it for work of the application",
      `${table}; ${trigger}`,
    ],
  ])("gives a new column its values %s", async (_where, setup) => {
    const db = await database(setup);
    await upgrade(db, (op) =>
      op.addColumn("p", t.text("c", { default: "d" }), { backfill: sql`lower(a)` }),
    );
    db.engine.exec("INSERT INTO p(id) VALUES (4)");
    expect(rows(db, "SELECT id, c FROM p")).toEqual([
      [1, "x"],
      [2, "y"],
      [3, null],
      [4, "d"],
    ]);
    if (setup !== table) expect(rows(db, "SELECT * FROM seen")).toEqual([]);
  });

  test.each([
    ["where the rows are", table],
    ["in a copy", `${table}; ${trigger}`],
  ])("fills what is NULL %s, and only that", async (_where, setup) => {
    const db = await database(setup);
    await upgrade(db, (op) => op.alterColumn("p", "b", { backfill: sql`coalesce(a, 'none')` }));
    expect(rows(db, "SELECT b FROM p")).toEqual([["X"], ["y"], ["none"]]);
    if (setup !== table) expect(rows(db, "SELECT * FROM seen")).toEqual([]);
  });

  test.each([
    [
      "alterColumn",
      (op: Op, fill: string) => op.alterColumn("p", "b", { backfill: fill, notNull: true }),
    ],
    [
      "addColumn",
      (op: Op, fill: string) =>
        op.addColumn("p", t.text("c", { notNull: true }), { backfill: fill }),
    ],
    [
      "addColumn with a default",
      (op: Op, fill: string) =>
        op.addColumn("p", t.text("c", { notNull: true, default: "d" }), { backfill: fill }),
    ],
  ])("counts the rows that it leaves without a value: %s", async (_what, change) => {
    const db = await database(table);
    expect(await refusal(db, (op) => change(op, "a"))).toMatch(
      /ROWS_IN_THE_WAY: 1 row of "p" have no value in "[bc]".*\(rowid 3\)/,
    );
    await upgrade(db, (op) => change(op, "coalesce(a, '')"));
    expect(rows(db, "SELECT * FROM p WHERE id = 3").flat().at(-1)).toBe("");
  });

  test("of a column that the batch adds", async () => {
    const db = await database(table);
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.addColumn(t.text("c"), { backfill: sql`lower(b)` });
        p.alterColumn("c", { backfill: sql`'none'`, notNull: true });
      }),
    );
    expect(rows(db, "SELECT c FROM p")).toEqual([["none"], ["y"], ["none"]]);
  });

  test("speaks of other tables", async () => {
    const db = await database(
      `${table}; CREATE TABLE q(p int, n text); INSERT INTO q VALUES (2, 'two')`,
    );
    await upgrade(db, (op) =>
      op.addColumn("p", t.text("n", { notNull: true }), {
        backfill: sql`coalesce((SELECT n FROM q WHERE q.p = p.id), '?')`,
      }),
    );
    expect(rows(db, "SELECT n FROM p")).toEqual([["?"], ["two"], ["?"]]);
  });
});

describe("the place of a column", () => {
  test("that is not there is refused", async () => {
    const db = await database("CREATE TABLE p(a int)");
    const add = (options: { before?: string; after?: string }) => (op: Op) =>
      op.addColumn("p", t.text("b"), options);
    expect(await refusal(db, add({ before: "z" }))).toContain("COLUMN_MISSING");
    expect(await refusal(db, add({ after: "z" }))).toContain('has no column "z"');
  });

  test("keeps rows, indexes and comments where they belong", async () => {
    const db = await database(
      "CREATE TABLE p(\n  a int, -- one\n  b int, -- two\n  CHECK (a > 0)\n); INSERT INTO p VALUES (1, 2); CREATE INDEX i ON p(b, a)",
    );
    await upgrade(db, (op) => {
      op.addColumn("p", t.integer("x", { default: 9 }), { after: "a" });
      op.addColumn("p", t.integer("y"), { after: "b" });
      op.addColumn("p", t.integer("z", { notNull: true, default: 0 }), { before: "A" });
    });
    expect(textOf(db.engine, "p")).toBe(
      'CREATE TABLE p(\n  "z" integer DEFAULT 0 NOT NULL,\n  a int, -- one\n  "x" integer DEFAULT 9,\n  b int, -- two\n  "y" integer,\n  CHECK (a > 0)\n)',
    );
    expect(db.engine.prepare("SELECT * FROM p").all()).toEqual([
      { z: 0, a: 1, x: 9, b: 2, y: null },
    ]);
  });
});

describe("recreate", () => {
  const table = "CREATE TABLE p(a int, b text); INSERT INTO p VALUES (1, 'x')";

  test("always makes the table anew, with changes that need no such thing or with none", async () => {
    const db = await database(table);
    for (const change of [
      (op: Op) => op.batchAlterTable("p", (p) => p.addColumn(t.text("c")), { recreate: "always" }),
      (op: Op) => op.batchAlterTable("p", () => {}, { recreate: "always" }),
      (op: Op) =>
        op.batchAlterTable("p", (p) => p.alterColumn("a", { comment: "x" }), {
          recreate: "always",
        }),
    ])
      expect(await sqlOf(db, change)).toContain("DROP TABLE");
    expect(rows(db, "SELECT * FROM p")).toEqual([[1, "x", null]]);
  });

  test("never is an error that says what would need it", async () => {
    const db = await database(table);
    const change = (op: Op) =>
      op.batchAlterTable(
        "p",
        (p) => {
          p.addColumn(t.text("c"));
          p.alterColumn("b", { type: t.integer("b").type, using: sql`length(b)` });
        },
        { recreate: "never" },
      );
    expect(await refusal(db, change)).toMatch(
      /OPERATION_INVALID: .*`recreate: "never"`.*: ~ column p\.b: type integer/,
    );
  });
});

describe("a renamed constraint", () => {
  test("keeps what it says", async () => {
    const db = await database(
      `CREATE TABLE p(a int CONSTRAINT "c ""1" CHECK (a > 0), b int /* x */ CONSTRAINT u UNIQUE ON CONFLICT IGNORE, CONSTRAINT [f] FOREIGN KEY (b) REFERENCES p(b)); INSERT INTO p VALUES (1, 1)`,
    );
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.renameConstraint('c "1', "check");
        p.renameConstraint("U", "F2");
        p.renameConstraint("f", "F");
      }),
    );
    expect(textOf(db.engine, "p")).toBe(
      'CREATE TABLE p(a int CONSTRAINT "check" CHECK (a > 0), b int /* x */ CONSTRAINT "F2" UNIQUE ON CONFLICT IGNORE, CONSTRAINT "F" FOREIGN KEY (b) REFERENCES p(b))',
    );
  });

  test("is one that is there, to a name that is free", async () => {
    const db = await database(
      "CREATE TABLE p(a int CONSTRAINT c CHECK (a > 0), b int, CONSTRAINT d CHECK (b > 0)); CREATE UNIQUE INDEX i ON p(a)",
    );
    const rename = (from: string, to: string) => (op: Op) => op.renameConstraint("p", from, to);
    expect(await refusal(db, rename("x", "y"))).toContain("CONSTRAINT_MISSING");
    expect(await refusal(db, rename("c", "D"))).toContain('has a constraint "D" already');
    expect(await refusal(db, rename("i", "j"))).toContain("rename it with op.renameIndex");
  });
});

describe("a renamed index", () => {
  test("keeps what it says and what ANALYZE found out", async () => {
    const db = await database(
      `CREATE TABLE p(a int, b text); INSERT INTO p VALUES (1, 'x'), (2, 'y'); CREATE UNIQUE INDEX "on" ON p /* x */ (lower(b) DESC) WHERE a > 0; ANALYZE`,
    );
    const count = "SELECT idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL";
    expect(rows(db, count)).toEqual([["on", "2 1"]]);
    await upgrade(db, (op) => op.renameIndex("p", "ON", "it's"));
    expect(textOf(db.engine, "it's")).toBe(
      `CREATE UNIQUE INDEX "it's" ON p /* x */ (lower(b) DESC) WHERE a > 0`,
    );
    expect(rows(db, count)).toEqual([["it's", "2 1"]]);
    await upgrade(db, (op) => op.renameIndex("p", "it's", "IT'S"));
    expect(textOf(db.engine, "IT'S")).toContain(`"IT'S"`);
  });

  test("is one of the table that has a text", async () => {
    const db = await database(
      "CREATE TABLE p(a int UNIQUE); CREATE TABLE q(a int); CREATE INDEX i ON q(a)",
    );
    const rename = (from: string) => (op: Op) => op.renameIndex("p", from, "j");
    expect(await refusal(db, rename("i"))).toContain('table "p" has no index "i"');
    expect(await refusal(db, rename("sqlite_autoindex_p_1"))).toContain("made it for a constraint");
  });
});

describe("views", () => {
  const base = `CREATE TABLE p(a int, b text); INSERT INTO p VALUES (1, 'x');
    CREATE VIEW IF NOT EXISTS main.v AS SELECT a, b FROM p; CREATE VIEW w AS SELECT b FROM v;
    CREATE TRIGGER IF NOT EXISTS main.g INSTEAD OF UPDATE OF b ON main.v WHEN new.b > '' BEGIN UPDATE p SET b = new.b WHERE a = new.a; END;
    CREATE TRIGGER h INSTEAD OF INSERT ON v BEGIN INSERT INTO p VALUES (new.a, new.b); END`;

  test("are replaced with their triggers", async () => {
    const db = await database(base);
    await upgrade(db, (op) =>
      op.createView("V", sql`SELECT a, b, a + ${1} AS c FROM p`, { orReplace: true }),
    );
    db.engine.exec("INSERT INTO v (a, b) VALUES (2, 'y'); UPDATE v SET b = 'z' WHERE a = 1");
    expect(rows(db, "SELECT * FROM v")).toEqual([
      [1, "z", 2],
      [2, "y", 3],
    ]);
    expect(rows(db, "SELECT * FROM w")).toEqual([["z"], ["y"]]);
  });

  test("are not replaced by what others cannot use", async () => {
    const db = await database(base);
    const replace = (query: string) => (op: Op) => op.createView("v", query, { orReplace: true });
    const said = await refusal(db, replace("SELECT a FROM p"));
    expect(said).toContain('the view "w" (no such column: b)');
    expect(said).toContain('the trigger "g"');
    expect(said).toContain("would break");
  });

  test("are compiled when they are made", async () => {
    const db = await database(base);
    const failure = upgrade(db, (op) => op.createView("x", "SELECT z FROM p"));
    await expect(failure).rejects.toThrow("no such column: z");
    await expect(upgrade(db, (op) => op.createView("v", "SELECT 1"))).rejects.toThrow(
      "already exists",
    );
    expect(rows(db, "SELECT count(*) FROM sqlite_schema WHERE type = 'view'")).toEqual([[2]]);
  });

  test("are renamed with their triggers, and not away from what uses them", async () => {
    const db = await database(base);
    const rename = (op: Op) => op.renameView("v", "the view");
    expect(await refusal(db, rename)).toContain('the view "w" (no such table: main.v) would break');
    await upgrade(db, (op) => {
      op.dropView("w");
      rename(op);
    });
    db.engine.exec(`UPDATE "the view" SET b = 'z'; INSERT INTO "the view" VALUES (2, 'y')`);
    expect(rows(db, "SELECT * FROM p")).toEqual([
      [1, "z"],
      [2, "y"],
    ]);
    expect(textOf(db.engine, "the view")).toBe('CREATE VIEW "the view" AS SELECT a, b FROM p');
    expect(await refusal(db, (op) => op.renameView("nowhere", "x"))).toContain(
      'there is no view "nowhere"',
    );
    expect(await refusal(db, (op) => op.renameView("the view", "p"))).toContain("already");
  });
});

test("a deferrable key waits for the end of the transaction", async () => {
  const db = await database("CREATE TABLE o(id integer PRIMARY KEY); CREATE TABLE p(o int)");
  const key = foreignKey("f", ["o"], "o", ["id"], { deferrable: "deferred" });
  await upgrade(db, (op) => op.addConstraint("p", key));
  db.engine.pragma("foreign_keys = ON");
  db.engine.exec("BEGIN; INSERT INTO p VALUES (1); INSERT INTO o VALUES (1); COMMIT");
  expect(() => db.engine.exec("BEGIN; INSERT INTO p VALUES (2); COMMIT")).toThrow("FOREIGN KEY");
});

test("constraints that are not to be validated are checked all the same", async () => {
  const db = await database("CREATE TABLE p(a int); INSERT INTO p VALUES (0)");
  expect(
    await refusal(db, (op) => op.addConstraint("p", check("c", "a > 0", { notValid: true }))),
  ).toContain("ROWS_IN_THE_WAY");
});
