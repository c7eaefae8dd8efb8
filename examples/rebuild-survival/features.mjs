const text = "SELECT sql FROM sqlite_schema WHERE name = 'p'";
const plainRows = "INSERT INTO p(x) VALUES ('a'), ('b')";

/**
 * What a table may have, or what may stand beside it, that is lost when the table is rebuilt without care. Each is a small
 * database of its own, so that one failure does not hide another. `kept` asks the database afterwards; `schema` is as much
 * of it as a Drizzle schema can say, for the column `x` as it is given.
 */
export const features = [
  {
    name: "rows of children, ON DELETE CASCADE",
    definition:
      "CREATE TABLE p(id integer PRIMARY KEY, x text); CREATE TABLE c(p integer REFERENCES p(id) ON DELETE CASCADE)",
    rows: "INSERT INTO p(x) VALUES ('a'), ('b'); INSERT INTO c VALUES (1), (2)",
    kept: (one) => one("SELECT count(*) FROM c") === 2,
    schema: (d, _sql, x) => ({ p: d.sqliteTable("p", { id: id(d), x }) }),
  },
  {
    name: "rows of children, ON DELETE SET NULL",
    definition:
      "CREATE TABLE p(id integer PRIMARY KEY, x text); CREATE TABLE c(p integer REFERENCES p(id) ON DELETE SET NULL)",
    rows: "INSERT INTO p(x) VALUES ('a'), ('b'); INSERT INTO c VALUES (1), (2)",
    kept: (one) => one("SELECT count(p) FROM c") === 2,
    schema: (d, _sql, x) => ({ p: d.sqliteTable("p", { id: id(d), x }) }),
  },
  {
    name: "a key to itself, ON DELETE CASCADE",
    definition:
      "CREATE TABLE p(id integer PRIMARY KEY, x text, boss integer REFERENCES p(id) ON DELETE CASCADE)",
    rows: "INSERT INTO p VALUES (1, 'a', NULL), (2, 'b', 1)",
    kept: (one) =>
      one("SELECT count(*) FROM p") === 2 &&
      one(`SELECT "table" || on_delete FROM pragma_foreign_key_list('p')`) === "pCASCADE",
    schema: (d, _sql, x) => {
      const p = d.sqliteTable("p", {
        id: id(d),
        x,
        boss: d.integer("boss").references(() => p.id, { onDelete: "cascade" }),
      });
      return { p };
    },
  },
  {
    name: "a trigger on the table",
    definition: `CREATE TABLE p(id integer PRIMARY KEY, x text); CREATE TABLE log(what);
      CREATE TRIGGER t AFTER INSERT ON p BEGIN INSERT INTO log VALUES (new.x); END`,
    kept: (one) => one("SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'") === 1,
  },
  {
    name: "a trigger of another table that writes to it",
    definition: `CREATE TABLE p(id integer PRIMARY KEY, x text); CREATE TABLE o(n);
      CREATE TRIGGER t AFTER INSERT ON o BEGIN INSERT INTO p(x) VALUES (new.n); END`,
    kept: (one, exec) => {
      exec("INSERT INTO o VALUES ('late')");
      return one("SELECT count(*) FROM p WHERE x = 'late'") === 1;
    },
  },
  {
    name: "a view of the table",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text); CREATE VIEW v AS SELECT x FROM p",
    kept: (one) => one("SELECT count(*) FROM v") === 2,
  },
  {
    name: "AUTOINCREMENT",
    definition: "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text)",
    kept: (one) => /AUTOINCREMENT/i.test(one(text)),
    schema: (d, _sql, x) => ({
      p: d.sqliteTable("p", { id: d.integer("id").primaryKey({ autoIncrement: true }), x }),
    }),
  },
  {
    name: "the highest number that AUTOINCREMENT gave",
    definition: "CREATE TABLE p(id integer PRIMARY KEY AUTOINCREMENT, x text)",
    rows: "INSERT INTO p(x) VALUES ('a'), ('b'), ('c'); DELETE FROM p WHERE id = 3",
    kept: (one, exec) => {
      exec("INSERT INTO p(x) VALUES ('d')");
      return one("SELECT max(id) FROM p") === 4;
    },
    schema: (d, _sql, x) => ({
      p: d.sqliteTable("p", { id: d.integer("id").primaryKey({ autoIncrement: true }), x }),
    }),
  },
  {
    name: "a generated column",
    definition:
      "CREATE TABLE p(id integer PRIMARY KEY, x text, g text GENERATED ALWAYS AS (x || '!') VIRTUAL)",
    kept: (one) => one("SELECT g FROM p WHERE id = 1") === "a!",
    schema: (d, sql, x) => ({
      p: d.sqliteTable("p", {
        id: id(d),
        x,
        g: d.text("g").generatedAlwaysAs(sql`x || '!'`, { mode: "virtual" }),
      }),
    }),
  },
  {
    name: "a partial index",
    definition:
      "CREATE TABLE p(id integer PRIMARY KEY, x text); CREATE INDEX i ON p (x) WHERE x > ''",
    kept: (one) => /WHERE/i.test(one("SELECT sql FROM sqlite_schema WHERE name = 'i'") ?? ""),
    schema: (d, sql, x) => ({
      p: d.sqliteTable("p", { id: id(d), x }, (t) => [d.index("i").on(t.x).where(sql`x > ''`)]),
    }),
  },
  {
    name: "an index on an expression",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text); CREATE INDEX i ON p (lower(x))",
    kept: (one) => /lower/i.test(one("SELECT sql FROM sqlite_schema WHERE name = 'i'") ?? ""),
    schema: (d, sql, x) => ({
      p: d.sqliteTable("p", { id: id(d), x }, () => [d.index("i").on(sql`lower(x)`)]),
    }),
  },
  {
    name: "COLLATE NOCASE",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text COLLATE NOCASE)",
    kept: (one) => one("SELECT count(*) FROM p WHERE x = 'A'") === 1,
  },
  {
    name: "a CHECK without a name",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text, CHECK (length(x) < 9))",
    kept: (_one, exec) => refuses(exec, "INSERT INTO p(x) VALUES ('much too long')"),
  },
  {
    name: "ON CONFLICT of a constraint",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text UNIQUE ON CONFLICT IGNORE)",
    kept: (one, exec) => {
      exec("INSERT INTO p(x) VALUES ('a')");
      return one("SELECT count(*) FROM p") === 2;
    },
    schema: (d, _sql, x) => ({ p: d.sqliteTable("p", { id: id(d), x: x.unique() }) }),
  },
  {
    name: "DEFERRABLE of a foreign key",
    definition: `CREATE TABLE o(id integer PRIMARY KEY);
      CREATE TABLE p(id integer PRIMARY KEY, x text, o integer REFERENCES o(id) DEFERRABLE INITIALLY DEFERRED)`,
    kept: (_one, exec) =>
      !refuses(exec, "BEGIN; INSERT INTO p(o) VALUES (5); INSERT INTO o VALUES (5); COMMIT"),
    schema: (d, _sql, x) => {
      const o = d.sqliteTable("o", { id: id(d) });
      return {
        o,
        p: d.sqliteTable("p", { id: id(d), x, o: d.integer("o").references(() => o.id) }),
      };
    },
  },
  {
    name: "comments in the definition",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, -- never given twice\n x text)",
    kept: (one) => one(text).includes("-- never given twice"),
  },
  {
    name: "STRICT",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text) STRICT",
    kept: (one) => one("SELECT strict FROM pragma_table_list('p')") === 1,
  },
  {
    name: "WITHOUT ROWID",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text) WITHOUT ROWID",
    rows: "INSERT INTO p VALUES (1, 'a'), (2, 'b')",
    kept: (one) => one("SELECT wr FROM pragma_table_list('p')") === 1,
  },
  {
    name: "rowids, without an INTEGER PRIMARY KEY",
    definition: "CREATE TABLE p(x text)",
    rows: "INSERT INTO p(rowid, x) VALUES (3, 'a'), (77, 'b')",
    kept: (one) => one("SELECT group_concat(rowid) FROM p") === "3,77",
    schema: (d, _sql, x) => ({ p: d.sqliteTable("p", { x }) }),
  },
  {
    name: "text in an INTEGER column",
    definition: "CREATE TABLE p(id integer PRIMARY KEY, x text, n integer)",
    rows: "INSERT INTO p(x, n) VALUES ('a', 'twelve'), ('b', 2)",
    kept: (one) => one("SELECT n FROM p WHERE id = 1") === "twelve",
    schema: (d, _sql, x) => ({ p: d.sqliteTable("p", { id: id(d), x, n: d.integer("n") }) }),
  },
].map((feature) => ({ schema: plainSchema, rows: plainRows, ...feature }));

function plainSchema(d, _sql, x) {
  return { p: d.sqliteTable("p", { id: id(d), x }) };
}

function id(d) {
  return d.integer("id").primaryKey();
}

function refuses(exec, sql) {
  try {
    exec(sql);
    return false;
  } catch {
    return true;
  }
}
