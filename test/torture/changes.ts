/** Changes of the table `p` of a feature: what they make of its text and of its rows, and what takes them back. */
import { t } from "../../src/operations/columns.ts";
import { check, foreignKey, unique } from "../../src/operations/constraints.ts";
import type { BatchOp, Op } from "../../src/operations/op.ts";
import { sql } from "../../src/operations/sql.ts";
import type { Row } from "../support/contents.ts";
import type { Scripts } from "../support/history.ts";

/** What stands at the marks of a feature's text. */
export interface Marks {
  readonly x: string;
  /** The end of x, behind its other constraints. */
  readonly end: string;
  readonly y: string;
  readonly z: string;
  readonly columns: string;
  readonly constraints: string;
}

export interface Change extends Scripts {
  readonly text: Partial<Marks>;
  /** The same for features where it is another. */
  readonly textOf?: Readonly<Record<string, Partial<Marks>>>;
  /** What becomes of a row; it stays when absent. */
  readonly row?: (row: Row) => Row;
  /** Features that this change does not go with, and the code of the refusal. */
  readonly refused?: Readonly<Record<string, string>>;
}

export const before: Marks = {
  x: "x text",
  end: "",
  y: "y integer",
  z: "z real,",
  columns: "",
  constraints: "",
};

/** The text of a feature with these marks. */
export function marked(table: string, marks: Partial<Marks>): string {
  const all = { ...before, ...marks };
  return table.replaceAll(/@(columns|constraints|end|x|y|z)/g, (_, mark: keyof Marks) => all[mark]);
}

/** No value of x is NULL; where one is, that is in the way. */
const nullInX = { "rowids without a key of their own": "ROWS_IN_THE_WAY" };
const several: readonly ((p: BatchOp) => void)[] = [
  (p) => p.alterColumn("x", { default: "new" }),
  (p) => p.addConstraint(check("more", sql`y > -100`)),
  (p) => p.addColumn(t.integer("extra", { notNull: true, default: 7 })),
  (p) => p.addConstraint(unique("twice", ["x", "y"])),
];
const severalBack: typeof several = [
  (p) => p.dropConstraint("twice"),
  (p) => p.dropConstraint("more"),
  (p) => p.dropColumn("extra"),
  (p) => p.alterColumn("x", { default: null }),
];
const atOnce = (all: typeof several) => (op: Op) =>
  op.batchAlterTable("p", (p) => {
    for (const one of all) one(p);
  });
const inTurn = (all: typeof several) => (op: Op) => {
  for (const one of all) op.batchAlterTable("p", one);
};
const severalText: Partial<Marks> = {
  x: "x text DEFAULT 'new'",
  columns: ", extra integer DEFAULT 7 NOT NULL",
  constraints: ", CONSTRAINT more CHECK (y > -100), CONSTRAINT twice UNIQUE (x, y)",
};
/** A collation belongs to the type: a default comes behind it. */
const collated = "collations of columns";
const behind = (end: string, others: Partial<Marks> = {}) => ({
  textOf: { [collated]: { ...others, end } },
});
const severalBehind = (({ x: _, ...others }) => others)(severalText);
const severalRow = (row: Row): Row => ({ ...row, extra: 7n });

export const changes: Readonly<Record<string, Change>> = {
  "a default": {
    up: (op) => op.alterColumn("p", "x", { default: "new" }),
    down: (op) => op.alterColumn("p", "x", { default: null }),
    text: { x: "x text DEFAULT 'new'" },
    ...behind(" DEFAULT 'new'"),
  },
  "not null": {
    up: (op) => op.alterColumn("p", "x", { notNull: true }),
    down: (op) => op.alterColumn("p", "x", { notNull: false }),
    text: { end: " NOT NULL" },
    refused: nullInX,
  },
  "not null and a default": {
    up: (op) => op.alterColumn("p", "x", { notNull: true, default: "new" }),
    down: (op) => op.alterColumn("p", "x", { notNull: false, default: null }),
    text: { x: "x text DEFAULT 'new'", end: " NOT NULL" },
    ...behind(" DEFAULT 'new' NOT NULL"),
    refused: nullInX,
  },
  "a type of the same affinity": {
    up: (op) => op.alterColumn("p", "x", { type: t.varchar("x", { length: 50 }).type }),
    down: (op) => op.alterColumn("p", "x", { type: t.text("x").type }),
    text: { x: "x text(50)" },
    // A strict table has no lengths.
    textOf: { STRICT: {}, "STRICT and WITHOUT ROWID": {} },
  },
  "a type of another affinity": {
    up: (op) => op.alterColumn("p", "y", { type: t.text("y").type }),
    down: (op) => op.alterColumn("p", "y", { type: t.integer("y").type }),
    text: { y: "y text" },
    row: (row) => ({ ...row, y: typeof row.y === "bigint" ? String(row.y) : row.y }),
  },
  "a check": {
    up: (op) => op.addConstraint("p", check("more", sql`y > -100`)),
    down: (op) => op.dropConstraint("p", "more"),
    text: { constraints: ", CONSTRAINT more CHECK (y > -100)" },
  },
  "a unique constraint": {
    up: (op) => op.addConstraint("p", unique("more", ["x", "y"])),
    down: (op) => op.dropConstraint("p", "more"),
    text: { constraints: ", CONSTRAINT more UNIQUE (x, y)" },
  },
  "a foreign key": {
    up: (op) =>
      op.addConstraint("p", foreignKey("more", ["y"], "base", ["id"], { onDelete: "cascade" })),
    down: (op) => op.dropConstraint("p", "more"),
    text: {
      constraints: ", CONSTRAINT more FOREIGN KEY (y) REFERENCES base (id) ON DELETE CASCADE",
    },
  },
  "a column more": {
    up: (op) => op.addColumn("p", t.text("extra", { default: "e" })),
    down: (op) => op.dropColumn("p", "extra"),
    text: { columns: ", extra text DEFAULT 'e'" },
    row: (row) => ({ ...row, extra: "e" }),
  },
  "a column that ADD COLUMN cannot add": {
    up: (op) => op.addColumn("p", t.integer("extra", { notNull: true, default: sql`(abs(-2))` })),
    down: (op) => op.dropColumn("p", "extra"),
    text: { columns: ", extra integer DEFAULT (abs(-2)) NOT NULL" },
    row: (row) => ({ ...row, extra: 2n }),
  },
  "a column less": {
    up: (op) => op.dropColumn("p", "z"),
    text: { z: "" },
    row: ({ z: _, ...row }) => row,
  },
  "several at once": {
    up: atOnce(several),
    down: atOnce(severalBack),
    text: severalText,
    ...behind(" DEFAULT 'new'", severalBehind),
    row: severalRow,
  },
  "several one after the other": {
    up: inTurn(several),
    down: inTurn(severalBack),
    text: severalText,
    ...behind(" DEFAULT 'new'", severalBehind),
    row: severalRow,
  },
};
