import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { MigError } from "../../../src/errors.ts";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, recorded, upgrade } from "./support.ts";

const integer = t.integer("any").type;

/** What `change` is refused with; the file must not have changed by a byte. */
async function refusal(setup: string, change: (op: Op) => void): Promise<string> {
  const db = await database(setup);
  const before = readFileSync(db.path);
  const failure = await upgrade(db, change).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(failure).toBeInstanceOf(MigError);
  expect(readFileSync(db.path).equals(before)).toBe(true);
  expect(await db.connection.all("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 1 }]);
  expect(await db.connection.all("PRAGMA legacy_alter_table")).toEqual([{ legacy_alter_table: 0 }]);
  const { code, message } = failure as MigError;
  return `${code}: ${message}`;
}

describe("a table that a view uses is not dropped", () => {
  const tables = "CREATE TABLE p(a int, b int); CREATE TABLE q(c int)";
  const drop = (op: Op) => op.dropTable("P");
  const cases: Readonly<Record<string, [setup: string, why: string]>> = {
    "a view": [
      "CREATE VIEW v AS SELECT c, a FROM q JOIN p",
      `OPERATION_INVALID: - table P: the view "v" (no such table: main.p) would break; drop what uses the table first`,
    ],
    "a view of a view": [
      "CREATE VIEW v AS SELECT * FROM p; CREATE VIEW w AS SELECT a FROM v",
      `the view "v" (no such table: main.p) and the view "w" (no such table: main.p) would break`,
    ],
  };
  test.each(Object.entries(cases))("%s", async (_what, [setup, why]) => {
    expect(await refusal(`${tables}; ${setup}`, drop)).toContain(why);
  });

  test("by nothing but triggers, what is broken already, and what has a column of its name", async () => {
    const db = await database(
      `${tables}; CREATE TRIGGER g AFTER INSERT ON p BEGIN DELETE FROM p; END; CREATE TRIGGER h AFTER INSERT ON q BEGIN DELETE FROM p; END;
      CREATE VIEW w AS SELECT * FROM p JOIN nowhere; CREATE VIEW v AS SELECT c AS p FROM q`,
    );
    await upgrade(db, drop);
    expect(await db.connection.all("SELECT name FROM sqlite_schema ORDER BY name")).toEqual([
      { name: "h" },
      { name: "q" },
      { name: "v" },
      { name: "w" },
    ]);
  });

  test("where what uses it went before", async () => {
    const db = await database(`${tables}; CREATE VIEW v AS SELECT a FROM p`);
    await upgrade(db, (op) => {
      op.dropView("v");
      op.dropTable("p");
    });
  });
});

describe("an index of another table is not dropped", () => {
  const setup = "CREATE TABLE p(a int UNIQUE); CREATE TABLE q(b int); CREATE INDEX i ON q(b)";

  test("nor is one that is not there", async () => {
    expect(await refusal(setup, (op) => op.dropIndex("i", "p"))).toBe(
      `OPERATION_INVALID: - index i on p: the index belongs to "q"`,
    );
    expect(await refusal(setup, (op) => op.dropIndex("i", "p", { ifExists: true }))).toContain(
      `the index belongs to "q"`,
    );
    const db = await database(setup);
    await expect(upgrade(db, (op) => op.dropIndex("j", "p"))).rejects.toThrow("no such index: j");
  });

  test("its own is, whatever the letters", async () => {
    const db = await database(setup);
    await upgrade(db, (op) => op.dropIndex("I", "Q"));
    await upgrade(db, (op) => op.dropIndex("i", "q", { ifExists: true }));
  });
});

describe("a column that something uses is not dropped", () => {
  const drop = (op: Op) => op.dropColumn("p", "a");
  const cases: Readonly<Record<string, [setup: string, why: string]>> = {
    "a unique constraint": [
      "CREATE TABLE p(a int, b int, CONSTRAINT u UNIQUE (b, a))",
      `the constraint "u" uses what would be dropped`,
    ],
    "an unnamed one": [
      "CREATE TABLE p(a int, b int, UNIQUE (a))",
      "the constraint UNIQUE (a) uses what would be dropped",
    ],
    "a check of the table": [
      "CREATE TABLE p(a int, b int, CHECK (A > b))",
      "the constraint CHECK (A > b) uses",
    ],
    "a check of another column": [
      "CREATE TABLE p(a int, b int CONSTRAINT c CHECK (b > p.a))",
      `the constraint "c" of column "b" uses`,
    ],
    "a generated column": [
      "CREATE TABLE p(a int, g AS (a * 2))",
      `the expression of column "g" uses`,
    ],
    "a foreign key": [
      "CREATE TABLE p(a int, b int, CONSTRAINT f FOREIGN KEY (a) REFERENCES p(b))",
      `the constraint "f" uses`,
    ],
    "a foreign key of another table": [
      "CREATE TABLE p(a int UNIQUE, b int); CREATE TABLE c(r int REFERENCES p(A))",
      `a foreign key of "c" uses`,
    ],
    "an index": [
      "CREATE TABLE p(a int, b int); CREATE INDEX i ON p(b, a)",
      `the index "i" (no such column: a) would break`,
    ],
    "a partial index": [
      "CREATE TABLE p(a int, b int); CREATE INDEX i ON p(b) WHERE a > 1",
      `the index "i" (no such column: a) would break`,
    ],
    "an index on an expression": [
      "CREATE TABLE p(a int, b int); CREATE INDEX i ON p(b, abs(a))",
      `the index "i" (no such column: a) would break`,
    ],
    "a view": [
      "CREATE TABLE p(a int, b int); CREATE VIEW v AS SELECT b, a FROM p",
      `the view "v" (no such column: a) would break`,
    ],
    "a view of a view": [
      "CREATE TABLE p(a int, b int); CREATE VIEW v AS SELECT * FROM p; CREATE VIEW w AS SELECT a FROM v",
      `the view "w" (no such column: a) would break`,
    ],
    "its trigger": [
      "CREATE TABLE p(a int, b int); CREATE TRIGGER g AFTER INSERT ON p BEGIN SELECT new.a; END; CREATE TRIGGER h AFTER INSERT ON p BEGIN SELECT new.b; END",
      `the trigger "g" (no such column: new.a) would break`,
    ],
    "its trigger UPDATE OF": [
      "CREATE TABLE p(a int, b int); CREATE TRIGGER g AFTER UPDATE OF b, a ON p BEGIN SELECT 1; END",
      `the trigger "g" (no such column: a) would break`,
    ],
    "a trigger of another table": [
      "CREATE TABLE p(a int, b int); CREATE TABLE o(n); CREATE TRIGGER g BEFORE DELETE ON o BEGIN UPDATE p SET b = a; END",
      `the trigger "g" (no such column: a) would break`,
    ],
    several: [
      "CREATE TABLE p(a int, b int); CREATE VIEW v AS SELECT a FROM p; CREATE INDEX i ON p(a)",
      `the index "i" (no such column: a) and the view "v" (no such column: a) would break`,
    ],
  };
  test.each(Object.entries(cases))("by %s", async (_who, [setup, why]) => {
    const message = await refusal(setup, drop);
    expect(message).toContain(
      `REBUILD_REFUSED: table "p" cannot be rebuilt without losing something: ${why}`,
    );
  });

  test("but a view of other tables with a column of that name is no reason", async () => {
    const db = await database(
      "CREATE TABLE p(a int, b int); CREATE TABLE o(a int); CREATE VIEW v AS SELECT o.a, p.b FROM o, p",
    );
    await upgrade(db, drop);
    expect(db.engine.prepare("SELECT * FROM v").all()).toEqual([]);
  });

  test("and its own check, key and unique constraint go with it", async () => {
    const db = await database(
      "CREATE TABLE p(a int UNIQUE CHECK (a > 1) REFERENCES p(b), b int PRIMARY KEY)",
    );
    await upgrade(db, drop);
    expect(db.engine.prepare("SELECT sql FROM sqlite_schema").pluck().get()).toBe(
      'CREATE TABLE "p"(b int PRIMARY KEY)',
    );
  });
});

describe("rows that stand in the way are counted", () => {
  const many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9)";
  const cases: Readonly<
    Record<string, [setup: string, change: (op: Op) => void, message: string]>
  > = {
    NULLs: [
      `CREATE TABLE p(a int, x int); ${many} INSERT INTO p SELECT NULL, i FROM n`,
      (op) => op.alterColumn("p", "a", { notNull: true }),
      '9 rows of "p" have no value in "a", which may no longer be null (rowid 1, 2, 3, 4, 5)',
    ],
    "NULLs, whatever the default": [
      "CREATE TABLE p(a int); INSERT INTO p VALUES (NULL), (1)",
      (op) => op.alterColumn("p", "a", { notNull: true, default: 3 }),
      '1 row of "p" have no value in "a"',
    ],
    "NULLs that an expression leaves": [
      "CREATE TABLE p(a text); INSERT INTO p VALUES (''), ('b')",
      (op) => op.alterColumn("p", "a", { notNull: true, using: sql`nullif(a, '')` }),
      "(rowid 1)",
    ],
    "a text that is no number": [
      "CREATE TABLE p(a text); INSERT INTO p VALUES ('12'), ('abc'), ('012'), (' 1'), ('1e3'), (x'31'), ('9223372036854775808'), (NULL)",
      (op) => op.alterColumn("p", "a", { type: integer }),
      '6 rows of "p" hold values in "a" that would not survive as integer; say how to convert them with `using` (rowid 2, 3, 4, 5, 6)',
    ],
    "a fraction": [
      "CREATE TABLE p(a real); INSERT INTO p VALUES (1.0), (1.5), (1e300)",
      (op) => op.alterColumn("p", "a", { type: integer }),
      "2 rows",
    ],
    "an integer that is no real": [
      "CREATE TABLE p(a integer); INSERT INTO p VALUES (9007199254740993), (9007199254740992)",
      (op) => op.alterColumn("p", "a", { type: t.real("a").type }),
      "(rowid 1)",
    ],
    "a price of text": [
      "CREATE TABLE p(a text); INSERT INTO p VALUES ('1.50'), ('1.5'), ('2')",
      (op) => op.alterColumn("p", "a", { type: t.numeric("a").type }),
      "(rowid 1)",
    ],
    "the types of a STRICT table": [
      "CREATE TABLE p(a ANY) STRICT; INSERT INTO p VALUES ('x'), (x'00'), (1)",
      (op) => op.alterColumn("p", "a", { type: t.text("a").type }),
      "(rowid 2)",
    ],
    duplicates: [
      "CREATE TABLE p(a text COLLATE NOCASE, b int); INSERT INTO p VALUES ('x', 1), ('X', 1), ('x', 2), (NULL, 1), (NULL, 1)",
      (op) => op.addConstraint("p", unique("u", ["a", "b"])),
      '2 rows of "p" share their value in "a", "b" (rowid 1, 2)',
    ],
    "duplicates of a key, in a table without rowids": [
      "CREATE TABLE p(a int, k int PRIMARY KEY) WITHOUT ROWID; INSERT INTO p VALUES (1, 1), (1, 2)",
      (op) => op.addConstraint("p", unique("u", ["a"])),
      '2 rows of "p" share their value in "a"',
    ],
    "a key without value": [
      "CREATE TABLE p(a int); INSERT INTO p VALUES (1), (NULL)",
      (op) => op.addConstraint("p", primaryKey("k", ["a"])),
      "(rowid 2)",
    ],
    "a key that becomes the rowid": [
      "CREATE TABLE p(a integer, b int); INSERT INTO p VALUES (1, 1), ('x', 2)",
      (op) => op.addConstraint("p", primaryKey("k", ["a"])),
      'have no integer in "a"',
    ],
    orphans: [
      "CREATE TABLE q(id integer primary key); INSERT INTO q VALUES (1); CREATE TABLE p(a int); INSERT INTO p VALUES (1), (2), (NULL)",
      (op) => op.addConstraint("p", foreignKey("f", ["a"], "q", ["id"])),
      '1 row of "p" refer to no row of "q" (rowid 2)',
    ],
    "orphans of itself": [
      "CREATE TABLE p(id integer primary key, a int); INSERT INTO p VALUES (1, NULL), (2, 1), (3, 9)",
      (op) => op.addConstraint("p", foreignKey("f", ["a"], "p", ["id"])),
      "(rowid 3)",
    ],
    "rows that fail a check": [
      "CREATE TABLE p(a int); INSERT INTO p VALUES (1), (-1), (NULL)",
      (op) => op.addConstraint("p", check("positive", sql`p.a > 0`)),
      '1 row of "p" would fail the check "positive" (rowid 2)',
    ],
    "rows for which a new column has nothing": [
      "CREATE TABLE p(a int); INSERT INTO p VALUES (1), (2)",
      (op) => op.addColumn("p", t.text("b", { notNull: true })),
      '2 rows of "p" would have no value in the new column "b"',
    ],
    "the same in a batch": [
      "CREATE TABLE p(a int); INSERT INTO p VALUES (1), (2)",
      (op) =>
        op.batchAlterTable("p", (p) => {
          p.addColumn(t.text("b", { notNull: true }));
          p.alterColumn("a", { default: 1 });
        }),
      '2 rows of "p" would have no value in the new column "b"',
    ],
  };
  test.each(Object.entries(cases))("%s", async (_what, [setup, change, message]) => {
    expect(await refusal(setup, change)).toContain(`ROWS_IN_THE_WAY: `);
    expect(await refusal(setup, change)).toContain(message);
  });

  test("and a check is asked about converted values", async () => {
    const db = await database("CREATE TABLE p(a text); INSERT INTO p VALUES ('12')");
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.alterColumn("a", { type: integer });
        p.addConstraint(check("more than five", sql`a > 5`));
      }),
    );
    expect(db.engine.prepare("SELECT a FROM p").pluck().get()).toBe(12);
  });
});

describe("what cannot be, is said before anything runs", () => {
  const p = "CREATE TABLE p(a int, b int, CONSTRAINT c CHECK (a > 0))";
  const cases: Readonly<
    Record<string, [setup: string, change: (op: Op) => void, message: string]>
  > = {
    "no table": [
      "",
      (op) => op.dropColumn("p", "a"),
      'TABLE_MISSING: - column p.a: there is no table "p"',
    ],
    "no column": [
      p,
      (op) => op.alterColumn("p", "z", { notNull: true }),
      'COLUMN_MISSING: ~ column p.z: not null: table "p" has no column "z"',
    ],
    "no constraint": [
      p,
      (op) => op.dropConstraint("p", "z"),
      'CONSTRAINT_MISSING: table "p" has no constraint "z"',
    ],
    "a constraint twice": [
      p,
      (op) => op.addConstraint("p", unique("C", ["a"])),
      'has a constraint "C" already',
    ],
    "a key twice": [
      "CREATE TABLE p(a int PRIMARY KEY, b int)",
      (op) => op.addConstraint("p", primaryKey("k", ["b"])),
      "has a primary key already",
    ],
    "a constraint without its column": [
      p,
      (op) => op.addConstraint("p", unique("u", ["z"])),
      'has no column "z"',
    ],
    "a check that does not compile": [
      p,
      (op) => op.addConstraint("p", check("k", "z > 0")),
      "no such column: z",
    ],
    "a check that is no SQL": [
      p,
      (op) => op.addConstraint("p", check("k", "a > (")),
      "OPERATION_INVALID",
    ],
    "a type that STRICT does not know": [
      "CREATE TABLE p(a INT) STRICT",
      (op) =>
        op.alterColumn("p", "a", {
          type: t.raw("a", { postgresql: "point", sqlite: "point" }).type,
        }),
      'unknown datatype for p.a: "point"',
    ],
    "the last column": [
      "CREATE TABLE p(a int)",
      (op) => op.dropColumn("p", "a"),
      "it is the table's last column",
    ],
    "numbers for a column that is no key": [
      p,
      (op) => op.addColumn("p", t.integer("n", { identity: "always" })),
      "OPERATION_INVALID",
    ],
    "a virtual table": [
      "CREATE VIRTUAL TABLE p USING fts5(a)",
      (op) => op.dropColumn("p", "a"),
      "is a virtual table",
    ],
    "a view": [
      "CREATE VIEW p AS SELECT 1 AS a, 2 AS b",
      (op) => op.dropColumn("p", "a"),
      "TABLE_MISSING",
    ],
    "a subquery beside a rename": [
      p,
      (op) =>
        op.batchAlterTable("p", (it) => {
          it.renameColumn("b", "z");
          it.alterColumn("a", { using: sql`(SELECT max(z) FROM p)` });
        }),
      "put the rename into an operation of its own",
    ],
    "a schema": [
      "",
      (op) => op.dropTable({ schema: "main", name: "p" }),
      "UNSUPPORTED: SQLite has no schemas (main.p)",
    ],
  };
  test.each(Object.entries(cases))("%s", async (_what, [setup, change, message]) => {
    expect(await refusal(setup, change)).toContain(message);
  });

  test("temporary objects beside the table", async () => {
    const db = await database("CREATE TABLE p(a int, b int)");
    await db.connection.run("CREATE TEMP TRIGGER g AFTER INSERT ON p BEGIN SELECT 1; END");
    await expect(upgrade(db, (op) => op.alterColumn("p", "a", { default: 1 }))).rejects.toThrow(
      'the temporary trigger "g" would not survive it',
    );
  });
});

test("a definition that only another engine could have made is refused", async () => {
  const db = await database("CREATE TABLE p(a int, b int)");
  db.engine.unsafeMode(true);
  db.engine.exec(
    `PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE p(a int, b int CHECK (b <> "text"))'; PRAGMA writable_schema = RESET`,
  );
  await expect(upgrade(db, (op) => op.alterColumn("p", "a", { default: 1 }))).rejects.toThrow(
    /no such column: "?text/,
  );
});

test("a rebuild without a transaction is refused", async () => {
  const db = await database("CREATE TABLE p(a int); INSERT INTO p VALUES (1)");
  await expect(
    (async () => {
      const { sqlite } = await import("../../../src/dialects/sqlite/index.ts");
      const { recorded } = await import("./support.ts");
      for (const it of recorded((op) => op.alterColumn("p", "a", { default: 1 }))) {
        for (const statement of await sqlite.compile(it, db.connection))
          await db.connection.send(statement);
      }
    })(),
  ).rejects.toThrow("needs a transaction and foreign keys off");
});

test.each([
  [sql`nope + 1`, "no such column: nope"],
  [sql`1; DROP TABLE p`, 'near ";": syntax error'],
  [sql`count(*)`, "an aggregate makes one row of all"],
])("values that cannot be made are the expression's fault, not a loss", async (using, why) => {
  const db = await database(
    "CREATE TABLE p(id integer PRIMARY KEY, a int); INSERT INTO p VALUES (1, 1)",
  );
  const type = t.text("a").type;
  for (const change of [
    (op: Op) => op.alterColumn("p", "a", { using, type }),
    (op: Op) => op.addColumn("p", t.text("b"), { backfill: using, before: "a" }),
  ]) {
    await expect(upgrade(db, change)).rejects.toMatchObject({
      code: "OPERATION_INVALID",
      message: expect.stringContaining(why),
    });
  }
});

test("a row with what is no value names its column", () => {
  const rows = [{ a: 1, b: { deep: 1 } as never }];
  expect(() => recorded((op) => op.insert("p", rows))).toThrow(
    'the value {"deep":1} cannot be written as SQL: it is the value of b',
  );
});
