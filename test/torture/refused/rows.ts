/** Rows that a change would lose, change or leave broken. */
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import { sql } from "../../../src/operations/sql.ts";
import type { Refusal } from "../scene.ts";

const p = "CREATE TABLE p(id integer PRIMARY KEY, x text, y integer)";
const rows = "INSERT INTO p(x, y) VALUES ('a', 1), ('b', 2), ('c', NULL)";
const integer = t.integer("any").type;

export const byRows: Readonly<Record<string, Refusal>> = {
  "NULLs in a column that may no longer be null": {
    definition: p,
    rows,
    up: (op) => op.alterColumn("p", "y", { notNull: true }),
    refused: "ROWS_IN_THE_WAY",
  },
  "NULLs in a key that may no longer be null": {
    definition: "CREATE TABLE p(k text PRIMARY KEY, v)",
    rows: "INSERT INTO p VALUES (NULL, 1), ('a', 2)",
    up: (op) => op.alterColumn("p", "k", { notNull: true }),
    refused: "ROWS_IN_THE_WAY",
  },
  "text that would become 0": {
    definition: p,
    rows,
    up: (op) => op.alterColumn("p", "x", { type: integer }),
    refused: "ROWS_IN_THE_WAY",
  },
  "numbers that are written otherwise": {
    definition: p,
    rows: "INSERT INTO p(x) VALUES ('1'), ('01')",
    up: (op) => op.alterColumn("p", "x", { type: integer }),
    refused: "ROWS_IN_THE_WAY",
  },
  "fractions in what becomes an integer": {
    definition: "CREATE TABLE p(a real)",
    rows: "INSERT INTO p VALUES (1.0), (1.5)",
    up: (op) => op.alterColumn("p", "a", { type: integer }),
    refused: "ROWS_IN_THE_WAY",
  },
  "a value that STRICT does not take": {
    definition: "CREATE TABLE p(a ANY) STRICT",
    rows: "INSERT INTO p VALUES (1), ('x')",
    up: (op) => op.alterColumn("p", "a", { type: integer }),
    refused: "ROWS_IN_THE_WAY",
  },
  "an integer too large to be a real": {
    definition: "CREATE TABLE p(a integer)",
    rows: "INSERT INTO p VALUES (9007199254740993)",
    up: (op) => op.alterColumn("p", "a", { type: t.real("a").type }),
    refused: "ROWS_IN_THE_WAY",
  },
  "an integer too large for what stands for numeric in a STRICT table": {
    definition: "CREATE TABLE p(a integer) STRICT",
    rows: "INSERT INTO p VALUES (9007199254740993)",
    up: (op) => op.alterColumn("p", "a", { type: t.numeric("a").type }),
    refused: "ROWS_IN_THE_WAY",
  },
  "duplicates, as the column compares": {
    definition: "CREATE TABLE p(a text COLLATE NOCASE)",
    rows: "INSERT INTO p VALUES ('a'), ('A')",
    up: (op) => op.addConstraint("p", unique("u", ["a"])),
    refused: "ROWS_IN_THE_WAY",
  },
  "duplicates that a conflict clause would drop": {
    definition: "CREATE TABLE p(a int UNIQUE ON CONFLICT REPLACE, b int)",
    rows: "INSERT INTO p VALUES (1, 1), (2, 2)",
    up: (op) => op.alterColumn("p", "a", { using: sql`7` }),
    refused: "UNIQUE constraint failed",
  },
  "rows that a conflict clause would ignore": {
    definition: "CREATE TABLE p(a int, b int NOT NULL ON CONFLICT IGNORE)",
    rows: "INSERT INTO p VALUES (1, 1), (2, 2)",
    up: (op) => op.alterColumn("p", "b", { using: sql`nullif(b, 2)` }),
    refused: "NOT NULL constraint failed",
  },
  "duplicates that a unique index meets after the copy": {
    definition: `${p}; CREATE UNIQUE INDEX i ON p(x) WHERE y IS NOT NULL`,
    rows,
    up: (op) => op.alterColumn("p", "x", { using: sql`'same'` }),
    refused: "UNIQUE",
  },
  "rows that fail a new check": {
    definition: p,
    rows,
    up: (op) => op.addConstraint("p", check("more", sql`y > 1`)),
    refused: "ROWS_IN_THE_WAY",
  },
  "rows that fail a new check of a new column": {
    definition: p,
    rows,
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.addColumn(t.integer("n", { default: -1 }));
        it.addConstraint(check("positive", sql`n > 0`));
      }),
    refused: 'would fail the check "positive"',
  },
  "rows for which a new column has no value": {
    definition: p,
    rows,
    up: (op) => op.addColumn("p", t.text("n", { notNull: true })),
    refused: "ROWS_IN_THE_WAY",
  },
  "rows that refer to nothing": {
    definition: `${p}; CREATE TABLE base(id integer PRIMARY KEY)`,
    rows: `${rows}; INSERT INTO base VALUES (1)`,
    up: (op) => op.addConstraint("p", foreignKey("fk", ["y"], "base", ["id"])),
    refused: "ROWS_IN_THE_WAY",
  },
  "rows whose new column refers to nothing": {
    definition: `${p}; CREATE TABLE base(id integer PRIMARY KEY)`,
    rows,
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.addColumn(t.integer("b", { default: 1 }));
        it.addConstraint(foreignKey("fk", ["b"], "base", ["id"]));
      }),
    refused: "ROWS_IN_THE_WAY",
  },
  "children of a table that is dropped": {
    definition: `${p}; CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE)`,
    rows: `${rows}; INSERT INTO c VALUES (1)`,
    up: (op) => op.dropTable("p"),
    refused: "FOREIGN_KEYS_BROKEN",
  },
  "children of rows whose key becomes another": {
    definition: `${p}; CREATE TABLE c(p int REFERENCES p ON DELETE CASCADE ON UPDATE CASCADE)`,
    rows: `${rows}; INSERT INTO c VALUES (1)`,
    up: (op) => op.alterColumn("p", "id", { using: sql`id + 100` }),
    refused: "FOREIGN_KEYS_BROKEN",
  },
  "a key without integers that becomes the rowid": {
    definition: "CREATE TABLE p(a, b)",
    rows: "INSERT INTO p VALUES (1, 1), ('x', 2)",
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.alterColumn("a", { type: integer });
        it.addConstraint(primaryKey("pk", ["a"]));
      }),
    refused: "ROWS_IN_THE_WAY",
  },
};
