import { describe, expect, test } from "vitest";
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { database, dump, type SchemaRow, sqlOf, textOf, upgrade } from "./support.ts";

const integer = t.integer("any").type;
const text = t.text("any").type;

/** A change that writes every row anew. */
const copies = (op: Op) => op.alterColumn("p", "x", { default: "new", using: sql`x` });

/** A change that no ALTER TABLE makes, and that concerns no row. */
const tells = (op: Op) => op.alterColumn("p", "x", { default: "new" });

/** Change "p" of the database that `setup` makes, by every way; gives the database of the general copy. */
async function survives(setup: string) {
  await keeps(setup, tells, "UPDATE sqlite_schema");
  await survivesTransfer(setup);
  return keeps(setup, copies, "DROP TABLE");
}

/** With a constraint that is taken away again, rows are transferred. */
async function survivesTransfer(setup: string) {
  const db = await database(setup);
  const before = dump(db.engine);
  await upgrade(db, (op) => op.addConstraint("p", unique("not for long", ["x"])));
  const statements = await sqlOf(db, (op) => op.dropConstraint("p", "not for long"));
  // Of two constraints that say the same there is one index.
  expect(statements).toMatch(/DROP TABLE|UPDATE sqlite_schema/);
  const after = dump(db.engine);
  expect(after.rows).toEqual(before.rows);
  expect(plain(after.schema)).toEqual(plain(before.schema));
  expect(db.engine.pragma("integrity_check", { simple: true })).toBe("ok");
}

/** Definitions without the default of x, and with the table's name in one way of quoting: RENAME writes it quoted. */
function plain(rows: readonly SchemaRow[]): readonly SchemaRow[] {
  return rows.map((row) => ({
    ...row,
    sql:
      row.sql
        ?.replace(/^CREATE TABLE "p"/, "CREATE TABLE p")
        .replaceAll(/"p"\./g, "p.")
        .replace(" DEFAULT 'new'", "") ?? null,
  }));
}

/** The change leaves everything as it was, the default of x apart. */
async function keeps(setup: string, change: (op: Op) => void, way: string) {
  const db = await database(setup);
  const before = dump(db.engine);
  const statements = await sqlOf(db, change);
  expect(statements).toContain(way);
  const after = dump(db.engine);
  expect(after.rows).toEqual(before.rows);
  expect(plain(after.schema)).toEqual(plain(before.schema));
  expect(db.engine.pragma("integrity_check", { simple: true })).toBe("ok");
  return db;
}

describe("what a rebuild keeps, to the letter", () => {
  const definitions: Readonly<Record<string, string>> = {
    collations:
      "CREATE TABLE p(id integer primary key, x text COLLATE NOCASE, y text collate rtrim)",
    "checks, named and not":
      "CREATE TABLE p(x text CHECK (length(x) < 9), y int, CHECK (y > 0 OR y IS NULL), CONSTRAINT c CHECK (y < 99))",
    "checks that name the table": `CREATE TABLE p(x text, age int CHECK (p.age >= 0), CONSTRAINT c CHECK (p.age < 200))`,
    "conflict clauses":
      "CREATE TABLE p(x text UNIQUE ON CONFLICT REPLACE, y int NOT NULL ON CONFLICT IGNORE, UNIQUE (x, y) ON CONFLICT FAIL)",
    "a named foreign key":
      "CREATE TABLE o(id integer primary key); CREATE TABLE p(x text, o int, CONSTRAINT fk FOREIGN KEY (o) REFERENCES o (id) ON DELETE SET NULL)",
    "inline references":
      "CREATE TABLE o(id integer primary key); CREATE TABLE p(x text, o int REFERENCES o(id) ON DELETE CASCADE ON UPDATE SET NULL)",
    "deferrable keys":
      "CREATE TABLE o(id integer primary key); CREATE TABLE p(x text, o int REFERENCES o DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (o) REFERENCES o NOT DEFERRABLE)",
    "keys to itself":
      "CREATE TABLE p(id integer primary key, x text, boss int REFERENCES p(id) ON DELETE CASCADE)",
    AUTOINCREMENT: "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text)",
    STRICT: "CREATE TABLE p(id integer primary key, x text, y ANY) STRICT",
    "WITHOUT ROWID": "CREATE TABLE p(k text PRIMARY KEY, x text) WITHOUT ROWID",
    both: "CREATE TABLE p(k text, x text, PRIMARY KEY (k DESC)) STRICT, WITHOUT ROWID",
    "a descending key, which is no rowid": "CREATE TABLE p(id integer PRIMARY KEY DESC, x text)",
    "an INT key, which is no rowid": "CREATE TABLE p(id INT PRIMARY KEY, x text)",
    "generated columns":
      "CREATE TABLE p(a int, g int GENERATED ALWAYS AS (a * 2) VIRTUAL, x text, s text AS (x || '!') STORED NOT NULL)",
    "columns without a type": "CREATE TABLE p(a, x, b)",
    "odd types": `CREATE TABLE p(a "double precision", b decimal(10, -2), c unsigned big int, x varchar(50))`,
    defaults: `CREATE TABLE p(a DEFAULT "abc", b DEFAULT (1 + 2), c DEFAULT -1.5, d DEFAULT CURRENT_TIMESTAMP, e DEFAULT x'00ff', f DEFAULT 'it''s', x text)`,
    "comments and layout":
      "CREATE TABLE p (\n  id integer primary key, -- the key\n  /* before */ x /* mid */ text /* after */,\n\n  y int -- last\n)",
    "keywords in any case":
      "create table p(id INTEGER Primary Key, x TeXt, y int Not Null Default 3, constraint Q unique(y))",
    "brackets and backticks":
      'CREATE TABLE p([a b] int, `c``d` text, "e""f" text, x text, UNIQUE ([a b], `c``d`))',
    "constraints without commas":
      "CREATE TABLE p(a int, x text, CONSTRAINT one CHECK (a > 0) CONSTRAINT two UNIQUE (a) UNIQUE (x))",
    "names of the rowid": "CREATE TABLE p(rowid text, x text, oid int)",
  };

  test.each(Object.entries(definitions))("%s", async (_what, definition) => {
    await survives(definition);
  });

  test("rows with their rowids, in tables without a key of their own", async () => {
    const db = await survives(`
      CREATE TABLE p(x text); INSERT INTO p(rowid, x) VALUES (3, 'a'), (77, 'b'), (-5, NULL);
      CREATE VIRTUAL TABLE words USING fts5(x, content = 'p'); INSERT INTO words(words) VALUES ('rebuild')`);
    expect(
      db.engine.prepare("SELECT rowid FROM words WHERE words MATCH 'b'").pluck().all(),
    ).toEqual([77]);
  });

  test("values of every kind, wherever they are", async () => {
    await survives(`
      CREATE TABLE p(a, i integer, r real, b blob, n numeric, x text);
      INSERT INTO p VALUES (1, 'text in an integer', 1, 'text in a blob', 1.5, x'00ff'),
        (9223372036854775807, -9223372036854775808, 0.1, x'', '0x', ''), (NULL, NULL, NULL, NULL, NULL, NULL),
        (1e300, 3.7, -0.0, 2, 10000000000000000000, 'a' || char(0) || 'b')`);
  });

  test("NULLs in a primary key that allows them", async () => {
    await survives(
      "CREATE TABLE p(k text PRIMARY KEY, x text); INSERT INTO p VALUES (NULL, 'a'), (NULL, 'b')",
    );
  });

  test("the largest number that AUTOINCREMENT gave", async () => {
    const db = await survives(`
      CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text);
      INSERT INTO p VALUES (1, 'a'), (9, 'b'); DELETE FROM p WHERE id = 9;
      CREATE TABLE other(id integer PRIMARY KEY AUTOINCREMENT); INSERT INTO other VALUES (4)`);
    db.engine.exec("INSERT INTO p(x) VALUES ('c')");
    expect(db.engine.prepare("SELECT max(id) FROM p").pluck().get()).toBe(10);
  });

  test("and that it gave to a table that is empty now", async () => {
    const db = await survives(
      "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text); INSERT INTO p VALUES (9, 'b'); DELETE FROM p",
    );
    db.engine.exec("INSERT INTO p(x) VALUES ('c')");
    expect(db.engine.prepare("SELECT max(id) FROM p").pluck().get()).toBe(10);
  });

  test("indexes: partial, on expressions, descending, collated, unique", async () => {
    const db = await survives(`
      CREATE TABLE p(id integer primary key, x text, y int);
      CREATE INDEX i1 ON p (x COLLATE NOCASE DESC, y) WHERE y > 0;
      CREATE UNIQUE INDEX i2 ON p (lower(x)) /* kept */; CREATE INDEX "i 3" ON p (y) WHERE p.x IS NOT NULL;
      INSERT INTO p VALUES (1, 'A', 1), (2, 'B', 2)`);
    expect(() => db.engine.exec("INSERT INTO p VALUES (3, 'a', 1)")).toThrow(/UNIQUE/);
  });

  test("triggers on it, and those of other tables, in their order", async () => {
    const db = await survives(`
      CREATE TABLE p(id integer primary key, x text); CREATE TABLE o(n); CREATE TABLE log(what);
      CREATE TRIGGER t2 AFTER INSERT ON p WHEN CASE WHEN new.x = 'no' THEN 0 ELSE 1 END BEGIN INSERT INTO log VALUES ('p ' || new.id); END;
      CREATE TRIGGER t1 BEFORE UPDATE OF x ON p BEGIN SELECT CASE new.x WHEN 'bad' THEN raise(ABORT, 'bad') END; END;
      CREATE TRIGGER t3 AFTER INSERT ON o BEGIN INSERT INTO p(x) VALUES (new.n); DELETE FROM p WHERE x = 'gone'; END`);
    db.engine.exec("INSERT INTO o VALUES ('yes'), ('no')");
    expect(db.engine.prepare("SELECT what FROM log").pluck().all()).toEqual(["p 1"]);
    expect(() => db.engine.exec("UPDATE p SET x = 'bad'")).toThrow("bad");
  });

  test("views, views of views, and what they do INSTEAD OF", async () => {
    const db = await survives(`
      CREATE TABLE p(id integer primary key, x text, y int CHECK (p.y > 0)); INSERT INTO p VALUES (1, 'a', 1);
      CREATE VIEW v AS SELECT id, x FROM p; CREATE VIEW w AS SELECT v.x FROM v JOIN p USING (id);
      CREATE TRIGGER vi INSTEAD OF INSERT ON v BEGIN INSERT INTO p(x, y) VALUES (new.x, 1); END`);
    db.engine.exec("INSERT INTO v(x) VALUES ('b')");
    expect(db.engine.prepare("SELECT x FROM w").pluck().all()).toEqual(["a", "b"]);
  });

  test("a broken view that has nothing to do with it, and one that has", async () => {
    await survives(
      "CREATE TABLE p(x text); CREATE VIEW a AS SELECT * FROM nowhere; CREATE VIEW b AS SELECT missing FROM p",
    );
  });

  test("rows that refer to it, whatever their foreign keys do on delete", async () => {
    const db = await survives(`
      CREATE TABLE p(id integer primary key, x text); INSERT INTO p VALUES (1, 'a'), (2, 'b');
      CREATE TABLE c1(p int REFERENCES p ON DELETE CASCADE); INSERT INTO c1 VALUES (1), (2);
      CREATE TABLE c2(p int REFERENCES p ON DELETE SET NULL); INSERT INTO c2 VALUES (1);
      CREATE TABLE c3(p int REFERENCES p ON DELETE RESTRICT); INSERT INTO c3 VALUES (2);
      CREATE TABLE c4(p int REFERENCES p DEFERRABLE INITIALLY DEFERRED); INSERT INTO c4 VALUES (2)`);
    expect(await db.connection.all("PRAGMA foreign_keys")).toEqual([{ foreign_keys: 1 }]);
    expect(await db.connection.all("PRAGMA legacy_alter_table")).toEqual([
      { legacy_alter_table: 0 },
    ]);
    await db.connection.run("DELETE FROM p WHERE id = 1");
    expect(await db.connection.all("SELECT * FROM c1")).toEqual([{ p: 2 }]);
  });

  test("all of it at once, with a check that names the table", async () => {
    const db = await survives(`
      CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text COLLATE NOCASE, boss int REFERENCES p ON DELETE CASCADE, CHECK (p.id > 0 AND "p"."x" <> 'p.x'));
      INSERT INTO p VALUES (1, 'a', NULL), (2, 'b', 1), (9, 'c', 1); DELETE FROM p WHERE id = 9;
      CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE); INSERT INTO c VALUES (1), (2); CREATE TABLE o(n);
      CREATE VIEW v AS SELECT p.x FROM p; CREATE VIEW w AS SELECT * FROM v; CREATE UNIQUE INDEX i ON p(x) WHERE boss;
      CREATE TRIGGER vi INSTEAD OF DELETE ON w BEGIN DELETE FROM p WHERE x = old.x; END;
      CREATE TRIGGER oi AFTER INSERT ON o BEGIN INSERT INTO p(x) VALUES (new.n); END;
      CREATE TRIGGER pi AFTER INSERT ON p BEGIN INSERT INTO c VALUES (new.id); END; ANALYZE`);
    db.engine.exec(
      "PRAGMA foreign_keys = ON; INSERT INTO o VALUES ('d'); DELETE FROM w WHERE x = 'a'",
    );
    expect(db.engine.prepare("SELECT id FROM p").pluck().all()).toEqual([10]);
    expect(db.engine.prepare("SELECT * FROM c").pluck().all()).toEqual([10]);
  });

  test("what ANALYZE found out", async () => {
    const db = await survives(
      "CREATE TABLE p(x text, y int); CREATE INDEX i ON p(y); INSERT INTO p VALUES ('a', 1), ('b', 1); CREATE TABLE o(n); INSERT INTO o VALUES (1); ANALYZE",
    );
    expect(
      db.engine.prepare("SELECT stat FROM sqlite_stat1 WHERE tbl = 'p'").pluck().all(),
    ).toEqual(["2 2"]);
  });

  test("foreign keys that were broken before", async () => {
    await survives(`
      PRAGMA foreign_keys = OFF; CREATE TABLE p(x text, q int REFERENCES q(id), r int REFERENCES nowhere);
      CREATE TABLE q(id integer primary key); INSERT INTO p VALUES ('a', 5, NULL), ('b', NULL, 7);
      CREATE TABLE k(a int); CREATE TABLE mismatched(a int REFERENCES k(a)); INSERT INTO mismatched VALUES (1)`);
  });

  test("a table that has the temporary name already", async () => {
    await survives("CREATE TABLE p(x text); CREATE TABLE _mig_p(y); CREATE INDEX _mig2_p ON p(x)");
  });

  test.each([
    `we"ird`,
    "sp ace",
    "dot.ted",
    "semi;colon",
    "😀",
    "select",
    "it's",
    "[b]",
    "`t`",
    "n".repeat(200),
    "--c",
    "1st",
    "ümlaut",
  ])("a table and columns named %s", async (name) => {
    const q = `"${name.replaceAll('"', '""')}"`;
    const db = await database(`
      CREATE TABLE ${q} (id integer primary key, ${q} text, g AS (${q} || 1)); INSERT INTO ${q}(${q}) VALUES ('a');
      CREATE INDEX "i ${name.replaceAll('"', '""')}" ON ${q} (${q}); CREATE TABLE c(r REFERENCES ${q} ON DELETE CASCADE);
      INSERT INTO c VALUES (1); CREATE VIEW v AS SELECT ${q} FROM ${q}`);
    const before = dump(db.engine).rows;
    await upgrade(db, (op) => op.alterColumn(name, name, { notNull: true, default: "x" }));
    expect(dump(db.engine).rows).toEqual(before);
    await upgrade(db, (op) => {
      op.renameColumn(name, name, "plain");
      op.renameTable(name, "quite plain");
      op.addColumn("quite plain", t.text(name));
      op.batchAlterTable("quite plain", (it) => {
        it.dropColumn(name);
        it.alterColumn("plain", { notNull: false, default: null });
      });
    });
    expect(db.engine.prepare("SELECT * FROM v").all()).toEqual(
      [{ [name]: "a" }].map((row) => ({ plain: row[name] })),
    );
  });
});

describe("what changes, and nothing else", () => {
  const layout = `CREATE TABLE p (
  id integer primary key, -- the key
  a int, -- first
  x text COLLATE NOCASE, -- second
  y int /* third */
)`;
  const cases: Readonly<Record<string, [change: (op: Op) => void, text: string]>> = {
    "a type": [
      (op) => op.alterColumn("p", "a", { type: text }),
      layout.replace("a int,", "a text,"),
    ],
    "a default": [
      (op) => op.alterColumn("p", "x", { default: "it's" }),
      // A collation belongs to the type.
      layout.replace("x text COLLATE NOCASE", "x text COLLATE NOCASE DEFAULT 'it''s'"),
    ],
    "an expression as default": [
      (op) => op.alterColumn("p", "a", { default: sql`(1 + ${2})` }),
      layout.replace("a int", "a int DEFAULT (1 + 2)"),
    ],
    "not null and a default": [
      (op) => op.alterColumn("p", "a", { notNull: true, default: 0 }),
      layout.replace("a int", "a int DEFAULT 0 NOT NULL"),
    ],
    "a column less": [
      (op) => op.dropColumn("p", "a"),
      layout.replace("a int, -- first", "-- first"),
    ],
    "the last column less": [
      (op) => op.dropColumn("p", "y"),
      layout
        .replace("NOCASE, -- second", "NOCASE -- second")
        .replace("y int /* third */", "/* third */"),
    ],
    "a column more": [
      (op) =>
        op.addColumn("p", t.timestamp("at", { notNull: true, default: sql`CURRENT_TIMESTAMP` })),
      layout.replace(
        "y int /* third */",
        `y int, /* third */\n  "at" text DEFAULT CURRENT_TIMESTAMP NOT NULL`,
      ),
    ],
    "a unique constraint": [
      (op) => op.addConstraint("p", unique("u", ["a", "x"])),
      layout.replace("y int /* third */", `y int, /* third */\n  CONSTRAINT "u" UNIQUE ("a", "x")`),
    ],
    "a foreign key to itself": [
      (op) => op.addConstraint("p", foreignKey("f", ["a"], "p", ["id"], { onDelete: "set null" })),
      layout.replace(
        "y int /* third */",
        `y int, /* third */\n  CONSTRAINT "f" FOREIGN KEY ("a") REFERENCES "p" ("id") ON DELETE SET NULL`,
      ),
    ],
  };
  test.each(Object.entries(cases))("%s", async (_what, [change, expected]) => {
    const db = await database(`${layout}; INSERT INTO p VALUES (4, 4, 'b', 5)`);
    await upgrade(db, change);
    expect(textOf(db.engine, "p")).toBe(expected);
    expect(db.engine.prepare("SELECT id FROM p").pluck().all()).toEqual([4]);
  });

  test("constraints by their names, of the table and of columns, and unique indexes", async () => {
    const db = await database(`
      CREATE TABLE p(a int CONSTRAINT nn NOT NULL ON CONFLICT FAIL, b int CONSTRAINT cc CHECK (b > 0) CONSTRAINT dd DEFAULT 3,
        CONSTRAINT un UNIQUE (a), CONSTRAINT fk FOREIGN KEY (b) REFERENCES p(a), CHECK (a <> b));
      CREATE UNIQUE INDEX ui ON p(b)`);
    await upgrade(db, (op) => {
      for (const name of ["nn", "CC", "un", "fk", "ui"]) op.dropConstraint("p", name);
    });
    expect(textOf(db.engine, "p")).toMatchInlineSnapshot(`
      "CREATE TABLE p(a int, b int CONSTRAINT dd DEFAULT 3,
              CHECK (a <> b))"
    `);
    expect(
      db.engine.prepare("SELECT count(*) FROM sqlite_schema WHERE type = 'index'").pluck().get(),
    ).toBe(0);
  });

  test("constraints without a name, by the names that are derived for them", async () => {
    const db = await database(`
      CREATE TABLE o(id integer primary key);
      CREATE TABLE p(a int UNIQUE CHECK (a > 0) REFERENCES o(id) ON DELETE CASCADE, b int, "c d" text NOT NULL, CONSTRAINT k CHECK (b < 9),
        PRIMARY KEY (b, a), UNIQUE (a, b), UNIQUE (a, b) ON CONFLICT FAIL, CHECK (b > 0), FOREIGN KEY (a, b) REFERENCES p(b, a));
      INSERT INTO o VALUES (1); INSERT INTO p VALUES (1, 1, 'x')`);
    const names =
      "k, p_a_unique, p_check1, p_a_fk, p_b_a_pk, p_a_b_unique, p_a_b_unique2, p_check2, p_a_b_fk";
    await expect(upgrade(db, (op) => op.dropConstraint("p", "p_b_unique"))).rejects.toMatchObject({
      code: "CONSTRAINT_MISSING",
      help: `its constraints are ${names}`,
    });
    await upgrade(db, (op) => {
      op.dropConstraint("p", "p_check2");
      for (const name of names.split(", ").filter((it) => it !== "p_check2"))
        op.dropConstraint("p", name === "p_a_b_unique2" ? "P_A_B_UNIQUE" : name);
    });
    expect(textOf(db.engine, "p").replace(/\s+(?=\))/g, "")).toBe(
      'CREATE TABLE p(a int, b int, "c d" text NOT NULL)',
    );
    expect(db.engine.prepare("SELECT * FROM p").raw().all()).toEqual([[1, 1, "x"]]);
  });

  test("a primary key that goes, and one that comes", async () => {
    const db = await database(
      "CREATE TABLE p(id integer CONSTRAINT k PRIMARY KEY AUTOINCREMENT, a text); INSERT INTO p VALUES (5, 'x'), (9, 'y')",
    );
    await upgrade(db, (op) => op.dropConstraint("p", "k"));
    expect(db.engine.prepare("SELECT rowid AS r, * FROM p").all()).toEqual([
      { r: 5, id: 5, a: "x" },
      { r: 9, id: 9, a: "y" },
    ]);
    db.engine.exec("UPDATE p SET id = id + 100");
    await upgrade(db, (op) => op.addConstraint("p", primaryKey("k2", ["id"])));
    expect(db.engine.prepare("SELECT rowid AS id2, id FROM p").raw().all()).toEqual([
      [105, 105],
      [109, 109],
    ]);
  });

  test("a column that numbers the rows that there are", async () => {
    const db = await database(
      "CREATE TABLE p(a text); INSERT INTO p(rowid, a) VALUES (3, 'x'), (8, 'y')",
    );
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.addColumn(t.integer("id", { notNull: true, identity: "byDefault" }));
        p.addConstraint(primaryKey("pk", ["id"]));
      }),
    );
    expect(db.engine.prepare("SELECT id, a FROM p").raw().all()).toEqual([
      [3, "x"],
      [8, "y"],
    ]);
  });

  test("values by an expression", async () => {
    const db = await database(
      "CREATE TABLE p(a text); CREATE TABLE o(k text, n int); INSERT INTO o VALUES ('one', 1); INSERT INTO p VALUES ('12'), ('one'), ('')",
    );
    await upgrade(db, (op) =>
      op.alterColumn("p", "a", {
        type: integer,
        using: sql`coalesce((SELECT n FROM o WHERE k = p.a), nullif(a, ''))`,
      }),
    );
    expect(db.engine.prepare("SELECT a FROM p").pluck().all()).toEqual([12, 1, null]);
  });

  test("'12' becomes 12, and 12 becomes '12'", async () => {
    const db = await database(
      "CREATE TABLE p(a text, b integer, c text, d real); INSERT INTO p VALUES ('12', 12, '1.5', 2.5), (NULL, NULL, NULL, NULL)",
    );
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.alterColumn("a", { type: integer });
        p.alterColumn("b", { type: text });
        p.alterColumn("c", { type: t.real("c").type });
        p.alterColumn("d", { type: text });
      }),
    );
    expect(db.engine.prepare("SELECT * FROM p").raw().all()).toEqual([
      [12, "12", 1.5, "2.5"],
      [null, null, null, null],
    ]);
  });

  test("a real of many digits, to its last", async () => {
    const db = await database(
      "CREATE TABLE p(a real, b real); INSERT INTO p(a) VALUES (0.1 + 0.2), (1e300), (-0.0); UPDATE p SET b = a",
    );
    await upgrade(db, (op) => op.alterColumn("p", "a", { type: text }));
    expect(db.engine.prepare("SELECT typeof(a), CAST(a AS real) = b FROM p").raw().all()).toEqual([
      ["text", 1],
      ["text", 1],
      ["text", 1],
    ]);
  });

  test("rows, even where a constraint would rather drop one", async () => {
    const db = await database(
      "CREATE TABLE p(a text UNIQUE ON CONFLICT REPLACE, b int); INSERT INTO p VALUES ('1', 1), ('2', 2)",
    );
    const failure = await upgrade(db, (op) =>
      op.alterColumn("p", "a", { using: sql`'same'` }),
    ).catch((it: unknown) => it);
    expect(db.connection.explain(failure).why).toBe("UNIQUE constraint failed: p.a");
    expect(db.engine.prepare("SELECT count(*) FROM p").pluck().get()).toBe(2);
  });

  test("one rebuild for all changes of a batch, with renames behind it", async () => {
    const db = await database(`
      CREATE TABLE p(id integer primary key, a int, b int, c int); INSERT INTO p VALUES (1, 2, 3, 4);
      CREATE INDEX i ON p(a); CREATE VIEW v AS SELECT a, b FROM p`);
    const statements = await sqlOf(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.renameColumn("a", "swap");
        p.renameColumn("b", "a");
        p.renameColumn("swap", "b");
        p.dropColumn("c");
        p.addColumn(t.integer("c", { default: 7 }));
        p.addConstraint(check("positive", sql`b > 1 AND a > 2`));
        p.addConstraint(unique("u", ["b"]));
        p.alterColumn("a", { notNull: true });
      }),
    );
    expect(statements.match(/DROP TABLE/g)).toHaveLength(1);
    expect(db.engine.prepare("SELECT * FROM p").all()).toEqual([{ id: 1, b: 2, a: 3, c: 7 }]);
    expect(db.engine.prepare("SELECT * FROM v").raw().get()).toEqual([2, 3]);
    expect(textOf(db.engine, "p")).toContain(`CONSTRAINT "positive" CHECK ("b" > 1 AND "a" > 2)`);
  });

  test("a column that takes the name of one that is renamed", async () => {
    const db = await database("CREATE TABLE p(a int, x text); INSERT INTO p VALUES (1, 'x')");
    await upgrade(db, (op) =>
      op.batchAlterTable("p", (p) => {
        p.renameColumn("a", "b");
        p.addColumn(t.integer("a", { default: 9 }));
        p.addConstraint(check("c", sql`a > b`));
        p.alterColumn("x", { default: "y" });
      }),
    );
    expect(db.engine.prepare("SELECT * FROM p").all()).toEqual([{ b: 1, x: "x", a: 9 }]);
  });
});
