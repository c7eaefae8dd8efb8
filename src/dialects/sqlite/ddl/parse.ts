/** Finding the parts of a CREATE TABLE, by SQLite's own grammar: https://www.sqlite.org/src/file/src/parse.y */
import { columnConstraint, isConstraintStart, tableConstraint } from "./constraint.ts";
import {
  beginningOf,
  type Cursor,
  demand,
  misread,
  peek,
  sees,
  seesSign,
  skip,
  skipSign,
  spanSince,
  take,
  takeGroup,
  takeName,
  Unreadable,
} from "./cursor.ts";
import type { ColumnText, ConstraintText, Span, TableText } from "./table.ts";
import { nameOf, type Token } from "./tokens.ts";

/** The parts of `sql`, or why they are not understood with certainty. */
export function parseTable(sql: string): TableText | Unreadable {
  try {
    return readTable(sql);
  } catch (failure) {
    if (failure instanceof Unreadable) return failure;
    throw failure;
  }
}

function readTable(sql: string): TableText {
  const cursor = beginningOf(sql);
  demand(cursor, "CREATE", "TABLE");
  const name = takeName(cursor).token;
  const open = peek(cursor);
  if (!open || !skipSign(cursor, "(")) throw misread(cursor);
  const columns = readColumns(cursor);
  const constraints = readConstraints(cursor);
  const close = take(cursor);
  if (close.text !== ")") throw new Unreadable(`near ${JSON.stringify(close.text)}`);
  return {
    ...cursor.source,
    name: { start: name.start, end: name.end },
    body: { start: open.start, end: close.end },
    columns,
    constraints,
    ...readOptions(cursor),
  };
}

function readColumns(cursor: Cursor): ColumnText[] {
  const columns = [readColumn(cursor)];
  while (seesSign(cursor, ",") && !isTableConstraint(peek(cursor, 1))) {
    take(cursor);
    columns.push(readColumn(cursor));
  }
  return columns;
}

function readColumn(cursor: Cursor): ColumnText {
  const first = cursor.at;
  const { name, token } = takeName(cursor);
  const type = readType(cursor);
  const constraints: ConstraintText[] = [];
  while (peek(cursor) && !seesSign(cursor, ",") && !seesSign(cursor, ")")) {
    constraints.push(columnConstraint(cursor));
  }
  const nameSpan = { start: token.start, end: token.end };
  return {
    source: cursor.source,
    name,
    nameSpan,
    span: spanSince(cursor, first),
    type,
    constraints,
  };
}

/** Any words up to the first constraint, and up to two numbers in parentheses. */
function readType(cursor: Cursor): Span | null {
  const first = cursor.at;
  while (nameOf(peek(cursor)) !== null && !isConstraintStart(cursor)) take(cursor);
  if (cursor.at === first) return null;
  if (seesSign(cursor, "(")) takeGroup(cursor);
  return spanSince(cursor, first);
}

const tableConstraints = new Set(["CONSTRAINT", "PRIMARY", "UNIQUE", "CHECK", "FOREIGN"]);

function isTableConstraint(token: Token | undefined): boolean {
  return token?.kind === "word" && tableConstraints.has(token.text.toUpperCase());
}

/** SQLite lets the commas between the constraints of a table be left out. */
function readConstraints(cursor: Cursor): ConstraintText[] {
  const constraints: ConstraintText[] = [];
  while (seesSign(cursor, ",") || (constraints.length > 0 && isTableConstraint(peek(cursor)))) {
    skipSign(cursor, ",");
    constraints.push(tableConstraint(cursor));
  }
  return constraints;
}

function readOptions(cursor: Cursor): Pick<TableText, "strict" | "withoutRowid"> {
  const options = { strict: false, withoutRowid: false };
  while (peek(cursor)) {
    if (skip(cursor, "WITHOUT", "ROWID")) options.withoutRowid = true;
    else if (skip(cursor, "STRICT")) options.strict = true;
    else throw misread(cursor);
    if (peek(cursor) && (!skipSign(cursor, ",") || !peek(cursor))) throw misread(cursor);
  }
  return options;
}

/** True when `sql` creates a virtual table, whose text is its module's affair. */
export function isVirtual(sql: string): boolean {
  const cursor = beginningOf(sql);
  return sees(cursor, "CREATE", "VIRTUAL");
}
