/**
 * Changes of what a table's text says and its rows do not: another text in sqlite_schema makes them, whatever the number
 * of rows. https://www.sqlite.org/lang_altertable.html#otheralter
 */
import { randomBytes } from "node:crypto";
import { error } from "../../errors.ts";
import type { Row } from "../statement.ts";
import type { Change } from "./arrange.ts";
import type { Choice } from "./choice.ts";
import { Unreadable } from "./ddl/cursor.ts";
import { ofKind, setDefault } from "./ddl/edit.ts";
import { parseTable } from "./ddl/parse.ts";
import { type ColumnText, type TableText, textOf } from "./ddl/table.ts";
import { sameName } from "./ddl/tokens.ts";
import type { Engine } from "./driver.ts";
import { nativeStatements } from "./native.ts";
import type { Course, Part } from "./part.ts";
import { rowInTheWay } from "./precheck.ts";
import { rehearse } from "./rehearse.ts";
import { columnsOf, shapeOf } from "./shape.ts";
import { attempt, attempted, onStage, textOn } from "./stage.ts";
import { editing, editOf, editSchema } from "./writable.ts";
import { quote } from "./write.ts";

/**
 * The plan that edits the text, behind an ALTER TABLE for columns that come or go; null where rows would have to change.
 * A script never gets it: nothing there proves what the rows hold, and another tool's shell may be defensive.
 */
export async function inSchemaText(it: Choice): Promise<Course | null> {
  const { play, subject, allowed, ground } = it;
  const { draft } = ground;
  const first = nativeStatements(subject.table, it.changes.filter(movesColumns), allowed);
  const converts = [...draft.sources.values()].some(({ kind }) => kind === "using");
  if (!allowed.isFile || converts || first === null) return null;
  const between = onStage(play, (engine) => tried(engine, it, first));
  if (between === null) return null;
  // A question about a new column cannot be asked before it is there.
  const inTheWay = first.length === 0 ? rowInTheWay(ground) : null;
  const defaults = await readsOfDefaults(it, between, inTheWay);
  if (defaults === "found") return null;

  const edit = editOf(subject.table, between.sql, draft.table.sql);
  const parts: readonly Part[] = [
    ...first.map((sql) => ({ sql })),
    ...editing([edit]),
    ...draft.indexes.map((index) => ({ sql: `DROP INDEX ${quote(index)}` })),
  ];
  const proofs = rehearse(play, subject, parts, draft.table);
  return {
    way: "schema text",
    parts: [...parts, ...proofsOf(it, defaults !== "not asked"), ...proofs],
    proven: defaults === "none" && inTheWay !== null,
  };
}

function movesColumns({ kind }: Change): boolean {
  return kind === "addColumn" || kind === "dropColumn";
}

/** The text that is edited, after the statements that come first; null unless the rows of it are those of the draft. */
function tried(engine: Engine, it: Choice, first: readonly string[]): TableText | null {
  const { subject, text, ground } = it;
  const { table } = subject;
  if (textOn(engine, table) !== text.sql) return null;
  if (first.some((sql) => attempt(engine, sql) !== null)) return null;
  const between = parseTable(textOn(engine, table));
  if (between instanceof Unreadable) return null;
  const before = shapeOf(engine, table, between);
  const wanted = ground.draft.table;
  const works = attempted(() => {
    editSchema(engine, [editOf(table, between.sql, wanted.sql)]);
    // An index that has no constraint any more makes the schema unreadable.
    if (shapeOf(engine, table, wanted) !== before) throw new Error("stored otherwise");
  });
  return works === null ? between : null;
}

/**
 * Whether a row reads the default of a column that gets another one. A row that is older than its column does not hold
 * it, and reads what the schema says by now: with another default it would change without a word. SQL cannot see such a
 * row, so a value that nobody has is put in the default's place, and looked for.
 * https://www.sqlite.org/lang_altertable.html#alter_table_add_column
 *
 * The table is read once for this and for rows that are in the way: either is found.
 */
async function readsOfDefaults(
  it: Choice,
  between: TableText,
  inTheWay: string | null,
): Promise<"found" | "none" | "not asked"> {
  const { text, ground, reader, subject } = it;
  const changed = between.columns.filter((column, at) => {
    const wanted = ground.draft.table.columns[at];
    return (
      wanted === undefined || defaultOf(between, column) !== defaultOf(ground.draft.table, wanted)
    );
  });
  const own = changed.map(({ name }) => text.columns.find((column) => sameName(column.name, name)));
  if (own.length === 0) return "not asked";
  const nobodys = `X'${randomBytes(16).toString("hex")}'`;
  const marked = own.reduce(
    (so, column) => column && so && mark(so, column.name, nobodys),
    text as TableText | undefined,
  );
  if (!marked || !reader.wouldFind) return "found";
  const reads = own.map((column) => `+${quote(column?.name ?? "")} IS ${nobodys}`);
  const sought = [...reads, ...(inTheWay === null ? [] : [inTheWay])].join(" OR ");
  const query = `SELECT 1 FROM ${quote(subject.table)} ${await withoutIndexes(it)} WHERE ${sought} LIMIT 1`;
  const edits = [editOf(subject.table, text.sql, marked.sql)];
  return (await reader.wouldFind(edits, query)) ? "found" : "none";
}

/**
 * An index keeps what the default was when it was made, so that only the table tells. NOT INDEXED is no use for a table
 * without rowids, which is an index itself: its other ones are then read all the same.
 */
async function withoutIndexes({ ground, reader, subject }: Choice): Promise<string> {
  if (!ground.before.withoutRowid) return "NOT INDEXED";
  const [key] = await reader.all("SELECT name FROM pragma_index_list(?) WHERE origin = 'pk'", [
    subject.table,
  ]);
  return `INDEXED BY ${quote(String(key?.name))}`;
}

function defaultOf(table: TableText, column: ColumnText): string {
  return ofKind(column, "default")
    .map(({ span }) => textOf(table, span))
    .join(" ");
}

function mark(table: TableText, name: string, value: string): TableText | undefined {
  const column = table.columns.find((it) => it.name === name);
  const marked = column && parseTable(setDefault(table, column, value));
  return marked instanceof Unreadable ? undefined : marked;
}

/**
 * That the database reads the new text as the stage did; and, unless the rows were all read to answer a question, that it
 * still reads what it stores: SQLite's manual asks for this check after such an edit.
 */
function proofsOf({ subject, ground }: Choice, wasRead: boolean): readonly Part[] {
  const { table } = subject;
  const expected = ground.after.columns.map(({ name }) => name);
  const refusal = (why: string) => error("REBUILD_REFUSED", { table, why });
  const columns: Part = {
    sql: columnsOf(table),
    verify: (rows) =>
      rows.length === expected.length && rows.every(({ name }, at) => name === expected[at])
        ? null
        : refusal("SQLite reads its new definition otherwise"),
  };
  const storage: Part = {
    sql: `PRAGMA quick_check(${quote(table)})`,
    verify: (rows) => {
      const found = damage(rows);
      return found === undefined ? null : refusal(`what it stores is damaged, ${found}`);
    },
  };
  return wasRead ? [columns] : [columns, storage];
}

/**
 * What quick_check says of how rows are stored. What it says of constraints is either asked before, or is about one that
 * nobody changes. https://www.sqlite.org/pragma.html#pragma_quick_check
 */
function damage(rows: readonly Row[]): string | undefined {
  const said = rows.map((row) => String(row.quick_check));
  return said.find((it) => it !== "ok" && !/ value in |^CHECK constraint failed in /.test(it));
}
