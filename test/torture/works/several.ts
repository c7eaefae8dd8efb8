/** Several tables, or one that comes and goes. */
import { t } from "../../../src/operations/columns.ts";
import { unique } from "../../../src/operations/constraints.ts";
import { sql } from "../../../src/operations/sql.ts";
import type { Work } from "../scene.ts";

const integer = t.integer("any").type;
const p = "CREATE TABLE p(id integer PRIMARY KEY, x text, y integer)";
const rows = "INSERT INTO p(x, y) VALUES ('a', 1), ('b', 2), ('c', NULL)";

export const several: Readonly<Record<string, Work>> = {
  "a parent and its child, in turn": {
    definition: `${p}; CREATE TABLE c(id integer PRIMARY KEY, p int REFERENCES p ON DELETE CASCADE, n text); CREATE VIEW v AS SELECT p.x, c.n FROM p JOIN c ON c.p = p.id`,
    rows: `${rows}; INSERT INTO c(p, n) VALUES (1, 'one'), (2, 'two')`,
    up: (op) => {
      op.alterColumn("p", "x", { default: "new" });
      op.alterColumn("c", "n", { notNull: true, default: "none" });
      op.alterColumn("p", "x", { notNull: true });
      op.addConstraint("c", unique("u", ["p"]));
    },
    down: (op) => {
      op.dropConstraint("c", "u");
      op.alterColumn("p", "x", { notNull: false, default: null });
      op.alterColumn("c", "n", { notNull: false, default: null });
    },
    finds: { "SELECT count(*) FROM v": 2 },
  },
  "a parent whose key becomes another type, with its child": {
    definition: `CREATE TABLE p(k text PRIMARY KEY); CREATE TABLE c(p text REFERENCES p ON DELETE CASCADE)`,
    rows: "INSERT INTO p VALUES ('1'), ('2'); INSERT INTO c VALUES ('1')",
    up: (op) => {
      op.alterColumn("p", "k", { type: integer });
      op.alterColumn("c", "p", { type: integer });
    },
    changesRows: ["p", "c"],
    finds: {
      "SELECT count(*) FROM c JOIN p ON p.k = c.p": 1,
      "SELECT typeof(p) FROM c": "integer",
    },
  },
  "a table that is made, changed and dropped": {
    definition: p,
    rows,
    up: (op) => {
      op.createTable("n", [t.integer("id"), t.text("a")]);
      op.alterColumn("n", "a", { notNull: true });
      op.insert("n", [{ id: 1, a: "x" }]);
      op.addConstraint("n", unique("u", ["a"]));
      op.renameTable("n", "m");
      op.alterColumn("m", "a", { default: "y" });
      op.dropTable("m");
    },
    finds: { "SELECT count(*) FROM sqlite_schema WHERE name IN ('n', 'm')": 0 },
  },
  "a table that is dropped and made again": {
    definition: p,
    rows,
    up: (op) => {
      op.alterColumn("p", "x", { notNull: true });
      op.dropTable("p");
      op.createTable("p", [t.integer("id"), t.text("x", { default: "again" })]);
      op.alterColumn("p", "id", { notNull: true });
      op.insert("p", [{ id: 4 }]);
    },
    changesRows: ["p"],
    finds: { "SELECT id || x FROM p": "4again" },
  },
  "a view that goes before its column, and comes back": {
    definition: `${p}; CREATE VIEW v AS SELECT x, y FROM p`,
    rows,
    up: (op) => {
      op.execute("DROP VIEW v");
      op.dropColumn("p", "y");
      op.execute("CREATE VIEW v AS SELECT x FROM p");
    },
    changesRows: ["p"],
    finds: { "SELECT count(*) FROM v": 3 },
  },
  "views that show every column": {
    definition: `${p}; CREATE VIEW v AS SELECT * FROM p; CREATE VIEW w AS SELECT * FROM v`,
    rows,
    up: (op) => op.addColumn("p", t.integer("n", { notNull: true, default: sql`(1 + 1)` })),
    down: (op) => op.dropColumn("p", "n"),
    changesRows: ["p"],
    finds: { "SELECT n FROM w WHERE id = 1": 2 },
  },
  "a column with a check and a key of its own that goes": {
    definition: `CREATE TABLE base(id integer PRIMARY KEY); CREATE TABLE p(id integer PRIMARY KEY, x int CHECK (x > 0) REFERENCES base ON DELETE CASCADE, y int NOT NULL DEFAULT 1);
      CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE)`,
    rows: "INSERT INTO base VALUES (5); INSERT INTO p(x) VALUES (5), (NULL); INSERT INTO c VALUES (1)",
    up: (op) => op.dropColumn("p", "x"),
    changesRows: ["p"],
    finds: {
      "SELECT count(*) FROM pragma_foreign_key_list('p')": 0,
      "SELECT count(*) FROM p WHERE y = 1": 2,
    },
  },
  "what is so already": {
    definition: "CREATE TABLE p(x text NOT NULL ON CONFLICT IGNORE DEFAULT 'a', y int)",
    rows: "INSERT INTO p VALUES ('a', 1)",
    up: (op) => {
      op.alterColumn("p", "x", { notNull: true, default: "a" });
      op.alterColumn("p", "y", { notNull: false, default: null });
    },
  },
};
