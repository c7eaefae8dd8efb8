/** Objects that a change would lose or break, and changes that cannot be. */
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import { sql } from "../../../src/operations/sql.ts";
import type { Refusal } from "../scene.ts";

const rows = "INSERT INTO p(a, b) VALUES (1, 1), (2, 2)";

/** Dropping `a` from a table, and who is in the way. */
const uses: Readonly<Record<string, string>> = {
  "a unique constraint": "CREATE TABLE p(a int, b int, CONSTRAINT u UNIQUE (b, a))",
  "a key of two columns": "CREATE TABLE p(a int, b int, PRIMARY KEY (a, b))",
  "the key of a table without rowids": "CREATE TABLE p(a int PRIMARY KEY, b int) WITHOUT ROWID",
  "a check without a name": "CREATE TABLE p(a int, b int, CHECK (A > 0 OR b))",
  "the check of another column": "CREATE TABLE p(a int, b int CHECK (b > p.a - 9))",
  "a generated column": "CREATE TABLE p(a int, b int, g AS (a * 2) STORED)",
  "a key of its own": "CREATE TABLE p(a int, b int UNIQUE, FOREIGN KEY (a) REFERENCES p(b))",
  "the key of a child": "CREATE TABLE p(a int UNIQUE, b int); CREATE TABLE c(r REFERENCES p(A))",
  "an index": "CREATE TABLE p(a int, b int); CREATE INDEX i ON p(b, a)",
  "a partial index": "CREATE TABLE p(a int, b int); CREATE INDEX i ON p(b) WHERE a > 1",
  "an index on an expression": "CREATE TABLE p(a int, b int); CREATE INDEX i ON p(abs(a))",
  "a view": "CREATE TABLE p(a int, b int); CREATE VIEW v AS SELECT a FROM p",
  "a view of a view":
    "CREATE TABLE p(a int, b int); CREATE VIEW v AS SELECT * FROM p; CREATE VIEW w AS SELECT a FROM v",
  "its trigger":
    "CREATE TABLE p(a int, b int); CREATE TRIGGER g AFTER UPDATE OF a ON p BEGIN SELECT 1; END",
  "a trigger of another table":
    "CREATE TABLE p(a int, b int); CREATE TABLE o(n); CREATE TRIGGER g AFTER INSERT ON o BEGIN UPDATE p SET b = a; END",
};

const drops: Readonly<Record<string, Refusal>> = Object.fromEntries(
  Object.entries(uses).map(([who, definition]) => [
    `${who} uses a column that is dropped`,
    {
      definition,
      rows,
      up: (op) => op.dropColumn("p", "a"),
      refused:
        who === "the key of a table without rowids" ? "OPERATION_INVALID" : "REBUILD_REFUSED",
    } satisfies Refusal,
  ]),
);

const p = "CREATE TABLE p(a int, b int)";

const breaks: Readonly<Record<string, Refusal>> = {
  "the unique constraint that a child refers to": {
    definition:
      "CREATE TABLE p(a int, b int, CONSTRAINT u UNIQUE (a)); CREATE TABLE c(r REFERENCES p(a))",
    rows: `${rows}; INSERT INTO c VALUES (1)`,
    up: (op) => op.dropConstraint("p", "u"),
    refused: "FOREIGN_KEYS_BROKEN",
  },
  "the unique constraint that a child without rows refers to": {
    definition:
      "CREATE TABLE p(a int, b int, CONSTRAINT u UNIQUE (a)); CREATE TABLE c(r REFERENCES p(a))",
    rows,
    up: (op) => op.dropConstraint("p", "u"),
    refused: "FOREIGN_KEYS_BROKEN",
  },
  "the primary key that a child refers to": {
    definition:
      "CREATE TABLE p(a integer, b int, CONSTRAINT pk PRIMARY KEY (a)); CREATE TABLE c(r REFERENCES p)",
    rows: `${rows}; INSERT INTO c VALUES (1)`,
    up: (op) => op.dropConstraint("p", "pk"),
    refused: "FOREIGN_KEYS_BROKEN",
  },
  "the unique constraint that the upsert of a trigger needs": {
    definition: `CREATE TABLE p(a int, b int, CONSTRAINT u UNIQUE (a)); CREATE TABLE o(n);
      CREATE TRIGGER g AFTER INSERT ON o BEGIN INSERT INTO p(a) VALUES (new.n) ON CONFLICT (a) DO UPDATE SET b = b + 1; END`,
    rows,
    up: (op) => op.dropConstraint("p", "u"),
    refused: "REBUILD_REFUSED",
  },
  "a trigger that copies whole rows, by a column more": {
    definition: `${p}; CREATE TABLE copy(a, b); CREATE TRIGGER g AFTER INSERT ON p BEGIN INSERT INTO copy SELECT * FROM p; END`,
    rows,
    up: (op) => op.addColumn("p", t.integer("n", { notNull: true, default: sql`(1 + 1)` })),
    refused: "REBUILD_REFUSED",
  },
  "the key of a table without rowids": {
    definition: "CREATE TABLE p(a int, b int, CONSTRAINT pk PRIMARY KEY (a)) WITHOUT ROWID",
    rows,
    up: (op) => op.dropConstraint("p", "pk"),
    refused: "OPERATION_INVALID",
  },
  "the type of a key that counts by itself": {
    definition: "CREATE TABLE p(a integer PRIMARY KEY AUTOINCREMENT, b int)",
    rows,
    up: (op) => op.alterColumn("p", "a", { type: t.text("a").type }),
    refused: "OPERATION_INVALID",
  },
};

const cannotBe: Readonly<Record<string, Refusal>> = {
  "the last column": {
    definition: "CREATE TABLE p(a int)",
    rows: "INSERT INTO p VALUES (1)",
    up: (op) => op.dropColumn("p", "a"),
    refused: "last column",
  },
  "a name that is taken": {
    definition: `${p}; CREATE TABLE q(a)`,
    rows,
    up: (op) => op.renameTable("p", "q"),
    refused: "already",
  },
  "a column that is there": {
    definition: p,
    rows,
    up: (op) => op.addColumn("p", t.integer("B")),
    refused: "duplicate column name",
  },
  "a column that is there, in a batch": {
    definition: p,
    rows,
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.addColumn(t.integer("B"));
        it.alterColumn("a", { default: 1 });
      }),
    refused: "OPERATION_INVALID",
  },
  "a constraint that is there": {
    definition: "CREATE TABLE p(a int, b int, CONSTRAINT c CHECK (a > 0))",
    rows,
    up: (op) => op.addConstraint("p", unique("C", ["a"])),
    refused: "OPERATION_INVALID",
  },
  "a second key": {
    definition: "CREATE TABLE p(a int PRIMARY KEY, b int)",
    rows,
    up: (op) => op.addConstraint("p", primaryKey("pk", ["b"])),
    refused: "primary key",
  },
  "a constraint without a name, by a name": {
    definition: "CREATE TABLE p(a int, b int, UNIQUE (a))",
    rows,
    up: (op) => op.dropConstraint("p", "sqlite_autoindex_p_1"),
    refused: "CONSTRAINT_MISSING",
  },
  "a check that is no SQL": {
    definition: p,
    rows,
    up: (op) => op.addConstraint("p", check("c", "a > ) ; DROP TABLE p; --")),
    refused: "OPERATION_INVALID",
  },
  "a check that ends the definition early": {
    definition: p,
    rows,
    up: (op) => op.addConstraint("p", check("c", "a > 0), d AS (a")),
    refused: "OPERATION_INVALID",
  },
  "a default that is no constant": {
    definition: p,
    rows,
    up: (op) => op.alterColumn("p", "a", { default: sql`(b + 1)` }),
    refused: "OPERATION_INVALID",
  },
  "a key to a table that is not there, with rows": {
    definition: p,
    rows,
    up: (op) => op.addConstraint("p", foreignKey("fk", ["a"], "nowhere", ["id"])),
    refused: "FOREIGN_KEYS_BROKEN",
  },
  "the value of a generated column": {
    definition: "CREATE TABLE p(a int, b int, g AS (a * 2))",
    rows,
    up: (op) => op.alterColumn("p", "g", { default: 1 }),
    refused: "OPERATION_INVALID",
  },
  "temporary objects beside the table": {
    definition: p,
    rows,
    up: (op) => {
      op.execute("CREATE TEMP TRIGGER g AFTER INSERT ON p BEGIN SELECT 1; END");
      op.alterColumn("p", "a", { type: t.text("a").type });
    },
    refused: "REBUILD_REFUSED",
  },
  "a temporary view of the table": {
    definition: p,
    rows,
    up: (op) => {
      op.execute("CREATE TEMP VIEW v AS SELECT a FROM p");
      op.alterColumn("p", "a", { type: t.text("a").type });
    },
    refused: "REBUILD_REFUSED",
  },
  "a temporary table of the same name": {
    definition: p,
    rows,
    up: (op) => {
      op.execute("CREATE TEMP TABLE p(a)");
      op.alterColumn("p", "a", { type: t.text("a").type });
    },
    refused: "REBUILD_REFUSED",
  },
  "children that a DELETE would take along, were foreign keys not off for the rebuild": {
    definition: `${p.replace("a int", "a integer PRIMARY KEY")}; CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE)`,
    rows: `${rows}; INSERT INTO c VALUES (1)`,
    up: (op) => {
      op.execute("DELETE FROM p WHERE a = 1");
      op.alterColumn("p", "b", { type: t.text("b").type });
    },
    refused: "FOREIGN_KEYS_BROKEN",
  },
  "a view that is broken, where SQLite looks at all of them": {
    definition: `${p}; CREATE VIEW v AS SELECT * FROM nowhere`,
    rows,
    up: (op) => op.renameTable("p", "q"),
    refused: "error in view v",
  },
  "a query that is still running": {
    definition: p,
    rows,
    up: (op) => {
      op.run("begin to read", (db) => {
        const { $client } = db.drizzle as {
          $client: { prepare(sql: string): { iterate(): Iterator<unknown> } };
        };
        $client.prepare("SELECT * FROM p").iterate().next();
      });
      op.alterColumn("p", "a", { default: 1 });
    },
    refused: "WORK_NOT_AWAITED",
  },
  "a failure behind changes that went well": {
    definition: `${p}; CREATE TRIGGER g AFTER INSERT ON p BEGIN SELECT 1; END`,
    rows,
    up: (op) => {
      op.createTable("n", [t.integer("id")]);
      op.insert("n", [{ id: 1 }]);
      op.alterColumn("p", "a", { type: t.text("a").type });
      op.execute("UPDATE p SET b = 0");
      op.addColumn("p", t.text("c"));
      op.renameTable("p", "q");
      op.execute("INSERT INTO nowhere VALUES (1)");
    },
    refused: "REVISION_FAILED: revision changed failed: no such table: nowhere",
  },
};

export const bySchema: Readonly<Record<string, Refusal>> = { ...drops, ...breaks, ...cannotBe };
