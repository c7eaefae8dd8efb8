/** Values, and what is said about them. */
import { t } from "../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../src/operations/constraints.ts";
import { sql } from "../../../src/operations/sql.ts";
import type { Work } from "../scene.ts";

const integer = t.integer("any").type;
const text = t.text("any").type;
const p = "CREATE TABLE p(id integer PRIMARY KEY, x text, y integer)";
const rows = "INSERT INTO p(x, y) VALUES ('a', 1), ('b', 2), ('c', NULL)";

export const values: Readonly<Record<string, Work>> = {
  "text that is numbers": {
    definition: "CREATE TABLE p(a text, b integer)",
    rows: "INSERT INTO p VALUES ('12', 12), ('-5', -5), ('9223372036854775807', 9223372036854775807), (NULL, NULL)",
    up: (op) => {
      op.alterColumn("p", "a", { type: integer });
      op.alterColumn("p", "b", { type: text });
    },
    down: (op) => {
      op.alterColumn("p", "a", { type: text });
      op.alterColumn("p", "b", { type: integer });
    },
    changesRows: ["p"],
    finds: {
      "SELECT group_concat(typeof(a) || typeof(b)) FROM p":
        "integertext,integertext,integertext,nullnull",
    },
  },
  "text and bytes in an integer column that becomes text": {
    definition: p,
    rows: "INSERT INTO p(y) VALUES (1), ('twelve'), (x'00')",
    up: (op) => op.alterColumn("p", "y", { type: text }),
    changesRows: ["p"],
    finds: {
      "SELECT group_concat(typeof(y)) FROM p": "text,text,blob",
      "SELECT y FROM p WHERE id = 2": "twelve",
    },
  },
  "a check that is null for a row": {
    definition: p,
    rows,
    up: (op) => op.addConstraint("p", check("positive", sql`y > 0`)),
    down: (op) => op.dropConstraint("p", "positive"),
  },
  "a unique constraint over NULLs": {
    definition: p,
    rows: `${rows}; INSERT INTO p(x) VALUES ('a'), ('a')`,
    up: (op) => op.addConstraint("p", unique("u", ["x", "y"])),
    down: (op) => op.dropConstraint("p", "u"),
  },
  "values by an expression, before they may not be null": {
    definition: p,
    rows,
    up: (op) => op.alterColumn("p", "y", { using: sql`coalesce(y, -1)`, notNull: true }),
    changesRows: ["p"],
    finds: { "SELECT y FROM p WHERE id = 3": -1 },
  },
  "rows that SQL corrects before they may not be null": {
    definition: p,
    rows,
    up: (op) => {
      op.execute("UPDATE p SET y = 0 WHERE y IS NULL");
      op.alterColumn("p", "y", { notNull: true });
    },
    changesRows: ["p"],
    finds: { "SELECT y FROM p WHERE id = 3": 0 },
  },
  "work between two changes of a table": {
    hasWork: true,
    definition: p,
    rows,
    up: (op) => {
      op.addColumn("p", t.integer("n", { notNull: true, default: sql`(1 + 1)` }));
      op.run("number them", async (db) => {
        await db.run(sql`UPDATE p SET n = id * 10`);
      });
      op.alterColumn("p", "n", { default: null });
      op.execute("INSERT INTO p(x, n) VALUES ('d', 40)");
      op.addConstraint("p", unique("u", ["n"]));
    },
    changesRows: ["p"],
    finds: { "SELECT group_concat(n) FROM p": "10,20,30,40" },
  },
  "an index and rows between two changes of a table": {
    definition: p,
    rows,
    up: (op) => {
      op.alterColumn("p", "x", { default: "new" });
      op.createIndex("i", "p", ["x"], { unique: true });
      op.insert("p", [{ id: 10, y: 5 }]);
      op.alterColumn("p", "x", { default: null });
      op.dropIndex("i", "p");
      op.insert("p", [{ id: 11, y: 5 }]);
    },
    changesRows: ["p"],
    finds: { "SELECT x FROM p WHERE id = 10": "new", "SELECT x FROM p WHERE id = 11": null },
  },
  "a default that SQL in between relies on": {
    definition: p,
    rows,
    up: (op) => {
      op.alterColumn("p", "y", { default: 1 });
      op.execute("INSERT INTO p(x) VALUES ('d')");
      op.alterColumn("p", "y", { default: 2 });
      op.execute("INSERT INTO p(x) VALUES ('e')");
    },
    changesRows: ["p"],
    finds: { "SELECT group_concat(y) FROM p WHERE id > 3": "1,2" },
  },
  "a column and its key, with a default": {
    definition: `${p}; CREATE TABLE base(id integer PRIMARY KEY)`,
    rows: `${rows}; INSERT INTO base VALUES (1)`,
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.addColumn(t.integer("b", { default: 1 }));
        it.addConstraint(foreignKey("fk", ["b"], "base", ["id"], { onDelete: "cascade" }));
      }),
    down: (op) =>
      op.batchAlterTable("p", (it) => {
        it.dropConstraint("fk");
        it.dropColumn("b");
      }),
    changesRows: ["p"],
    finds: { "SELECT count(*) FROM p WHERE b = 1": 3 },
  },
  "a key that numbers the rows that there are": {
    definition: "CREATE TABLE p(x text)",
    rows: "INSERT INTO p(rowid, x) VALUES (3, 'a'), (8, 'b')",
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.addColumn(t.integer("id", { notNull: true, identity: "byDefault" }));
        it.addConstraint(primaryKey("pk", ["id"]));
      }),
    changesRows: ["p"],
    finds: { "SELECT group_concat(id || x) FROM p": "3a,8b" },
  },
};
