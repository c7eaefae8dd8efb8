/** Tables and columns get other names. */
import { check } from "../../../src/operations/constraints.ts";
import { sql } from "../../../src/operations/sql.ts";
import type { Work } from "../scene.ts";

const p = "CREATE TABLE p(id integer PRIMARY KEY, x text, y integer)";
const rows = "INSERT INTO p(x, y) VALUES ('a', 1), ('b', 2), ('c', NULL)";

export const renames: Readonly<Record<string, Work>> = {
  "a table whose name changes in case only": {
    definition: `${p}; CREATE TABLE c(p int REFERENCES p); CREATE VIEW v AS SELECT x FROM p; CREATE INDEX i ON p(x)`,
    rows: `${rows}; INSERT INTO c VALUES (1)`,
    up: (op) => op.renameTable("p", "P"),
    down: (op) => op.renameTable("P", "p"),
    finds: { "SELECT count(*) FROM v": 3, "SELECT name FROM sqlite_schema WHERE name = 'P'": "P" },
  },
  "a column whose name changes in case only": {
    definition: `${p}; CREATE VIEW v AS SELECT x FROM p`,
    rows,
    up: (op) => op.renameColumn("p", "x", "X"),
    down: (op) => op.renameColumn("p", "X", "x"),
    finds: { "SELECT name FROM pragma_table_info('p') WHERE cid = 1": "X" },
  },
  "a column that everything uses": {
    definition: `CREATE TABLE p(id integer PRIMARY KEY, x text CHECK (x <> ''), y integer, g AS (x || '!'), UNIQUE (x), FOREIGN KEY (x) REFERENCES p(x));
      CREATE INDEX i ON p(lower(x)) WHERE x > ''; CREATE VIEW v AS SELECT x FROM p; CREATE TABLE c(r REFERENCES p(x));
      CREATE TRIGGER g AFTER UPDATE OF x ON p BEGIN UPDATE p SET x = new.x WHERE x = old.x; END`,
    rows,
    up: (op) => op.renameColumn("p", "x", "new name"),
    down: (op) => op.renameColumn("p", "new name", "x"),
    finds: { 'SELECT count("new name") FROM p': 3, "SELECT count(*) FROM v": 3 },
  },
  "a table that everything uses": {
    definition: `CREATE TABLE p(id integer PRIMARY KEY CHECK (p.id > 0), x text, boss int REFERENCES p(id)); CREATE TABLE c(r REFERENCES p ON DELETE CASCADE);
      CREATE INDEX i ON p(x) WHERE p.x > ''; CREATE VIEW v AS SELECT p.x FROM p; CREATE TABLE o(n);
      CREATE TRIGGER g AFTER INSERT ON p BEGIN DELETE FROM c WHERE r = new.id; END; CREATE TRIGGER h AFTER INSERT ON o BEGIN INSERT INTO p(x) VALUES (new.n); END`,
    rows: "INSERT INTO p(x) VALUES ('a'); INSERT INTO c VALUES (1)",
    up: (op) => op.renameTable("p", "quite new"),
    down: (op) => op.renameTable("quite new", "p"),
    finds: { 'SELECT count(*) FROM "quite new"': 1, "SELECT count(*) FROM v, c": 1 },
  },
  "columns that exchange their names": {
    definition: `${p}; CREATE VIEW v AS SELECT x, y FROM p; CREATE INDEX i ON p(x)`,
    rows,
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.renameColumn("x", "swap");
        it.renameColumn("y", "x");
        it.renameColumn("swap", "y");
      }),
    down: (op) =>
      op.batchAlterTable("p", (it) => {
        it.renameColumn("x", "swap");
        it.renameColumn("y", "x");
        it.renameColumn("swap", "y");
      }),
    finds: { "SELECT y || x FROM p WHERE id = 2": "b2" },
  },
  "a table that is changed under both of its names": {
    definition: `${p}; CREATE VIEW v AS SELECT x FROM p; CREATE TABLE c(r REFERENCES p ON DELETE CASCADE)`,
    rows: `${rows}; INSERT INTO c VALUES (1)`,
    up: (op) => {
      op.alterColumn("p", "x", { default: "new" });
      op.renameTable("p", "q");
      op.alterColumn("q", "x", { notNull: true });
      op.renameColumn("q", "x", "z");
      op.addConstraint("q", check("some", sql`z <> ''`));
    },
    down: (op) => {
      op.dropConstraint("q", "some");
      op.renameColumn("q", "z", "x");
      op.alterColumn("q", "x", { notNull: false });
      op.renameTable("q", "p");
      op.alterColumn("p", "x", { default: null });
    },
    finds: { "SELECT count(*) FROM v, c": 3, "SELECT z FROM q WHERE id = 1": "a" },
  },
};
