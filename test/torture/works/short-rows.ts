/**
 * Rows that are older than a column. ADD COLUMN does not write them: SQLite reads the value that they lack from the
 * column's DEFAULT, as the schema has it at that moment. Whoever changes the text changes what they hold.
 *
 * https://www.sqlite.org/lang_altertable.html#alter_table_add_column
 */
import { t } from "../../../src/operations/columns.ts";
import { check, unique } from "../../../src/operations/constraints.ts";
import type { Work } from "../scene.ts";

/** A row with its own values, and two without: of a default, of another, and of none. */
const definition = `CREATE TABLE p(id integer PRIMARY KEY, x text); INSERT INTO p(x) VALUES ('old'), ('older'); ALTER TABLE p ADD COLUMN n integer DEFAULT 5;
  ALTER TABLE p ADD COLUMN s text DEFAULT 'was'; ALTER TABLE p ADD COLUMN e text; INSERT INTO p VALUES (9, 'new', 1, 'own', 'own')`;
const held = { "SELECT group_concat(n || s || coalesce(e, '-')) FROM p": "5was-,5was-,1ownown" };

const old = { definition, finds: held };

export const shortRows: Readonly<Record<string, Work>> = {
  "another default": {
    ...old,
    up: (op) => op.alterColumn("p", "n", { default: 7 }),
    down: (op) => op.alterColumn("p", "n", { default: 5 }),
  },
  "no default any more": {
    ...old,
    up: (op) => op.alterColumn("p", "s", { default: null }),
    down: (op) => op.alterColumn("p", "s", { default: "was" }),
  },
  "a default where there was none": {
    ...old,
    up: (op) => op.alterColumn("p", "e", { default: "late" }),
    down: (op) => op.alterColumn("p", "e", { default: null }),
  },
  "not null, with another default": {
    ...old,
    up: (op) => op.alterColumn("p", "n", { notNull: true, default: 7 }),
    down: (op) => op.alterColumn("p", "n", { notNull: false, default: 5 }),
  },
  "several defaults, and constraints": {
    ...old,
    up: (op) =>
      op.batchAlterTable("p", (it) => {
        it.alterColumn("n", { default: 7 });
        it.alterColumn("s", { default: null, notNull: true });
        it.alterColumn("e", { default: "late" });
        it.addConstraint(check("some", "n > 0"));
        it.addConstraint(unique("u", ["id", "n"]));
      }),
    down: (op) =>
      op.batchAlterTable("p", (it) => {
        it.dropConstraint("u");
        it.dropConstraint("some");
        it.alterColumn("e", { default: null });
        it.alterColumn("s", { default: "was", notNull: false });
        it.alterColumn("n", { default: 5 });
      }),
  },
  "another type and another default": {
    ...old,
    up: (op) => op.alterColumn("p", "n", { type: t.text("n").type, default: "seven" }),
    down: (op) => op.alterColumn("p", "n", { type: t.integer("n").type, default: 5 }),
    changesRows: ["p"],
  },
  "another default for the column before": {
    ...old,
    up: (op) => op.alterColumn("p", "x", { default: "x", notNull: true }),
    down: (op) => op.alterColumn("p", "x", { default: null, notNull: false }),
  },
  "a column before goes": {
    ...old,
    up: (op) => op.dropColumn("p", "x"),
    changesRows: ["p"],
  },
  "another default in one revision, and another in the next": {
    ...old,
    up: (op) => {
      op.alterColumn("p", "n", { default: 7 });
      op.execute("INSERT INTO p(id) VALUES (20)");
      op.alterColumn("p", "n", { default: 8 });
      op.execute("DELETE FROM p WHERE id = 20 AND n = 7");
      op.alterColumn("p", "n", { default: null });
    },
    down: (op) => op.alterColumn("p", "n", { default: 5 }),
  },
  "the names are others": {
    definition,
    up: (op) => {
      op.renameColumn("p", "n", "m");
      op.alterColumn("p", "m", { default: 7 });
      op.renameTable("p", "q");
      op.alterColumn("q", "s", { default: null });
    },
    down: (op) => {
      op.renameTable("q", "p");
      op.alterColumn("p", "s", { default: "was" });
      op.alterColumn("p", "m", { default: 5 });
      op.renameColumn("p", "m", "n");
    },
    finds: { "SELECT group_concat(m || s || coalesce(e, '-')) FROM q": "5was-,5was-,1ownown" },
  },
  "a new column whose default is for the rows that there are": {
    ...old,
    up: (op) => {
      op.addColumn("p", t.integer("late", { notNull: true, default: 3 }));
      op.alterColumn("p", "late", { default: null });
      op.execute("INSERT INTO p(id, x, n, s, e, late) VALUES (10, 'z', 1, 'own', 'own', 4)");
      op.execute("DELETE FROM p WHERE id = 10");
    },
    down: (op) => op.dropColumn("p", "late"),
    changesRows: ["p"],
    finds: { ...held, "SELECT group_concat(late) FROM p": "3,3,3" },
  },
  "a new column whose default changes at once": {
    ...old,
    up: (op) => {
      op.addColumn("p", t.integer("late", { default: 3 }));
      op.alterColumn("p", "late", { default: 4 });
      op.alterColumn("p", "late", { notNull: true });
    },
    down: (op) => op.dropColumn("p", "late"),
    changesRows: ["p"],
    finds: { ...held, "SELECT group_concat(late) FROM p": "3,3,3" },
  },
  "a new column without default that gets one": {
    ...old,
    up: (op) => {
      op.addColumn("p", t.integer("late"));
      op.alterColumn("p", "late", { default: 4 });
    },
    down: (op) => op.dropColumn("p", "late"),
    changesRows: ["p"],
    finds: { ...held, "SELECT count(late) FROM p": 0 },
  },
};
