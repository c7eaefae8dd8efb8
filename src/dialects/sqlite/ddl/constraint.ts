/** Reading the constraints of columns and of tables. */
import {
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
} from "./cursor.ts";
import type { ConstraintKind, ConstraintText } from "./table.ts";
import { isSign, isWord, nameOf, type Token } from "./tokens.ts";

/** The words that end the type of a column: SQLite reserves them. */
const starts = new Set([
  "CONSTRAINT",
  "PRIMARY",
  "NOT",
  "NULL",
  "UNIQUE",
  "CHECK",
  "DEFAULT",
  "COLLATE",
  "REFERENCES",
  "AS",
]);

/** True when the next words end the type of a column. */
export function isConstraintStart(cursor: Cursor): boolean {
  // GENERATED alone may be a word of a type.
  const next = peek(cursor);
  if (next?.kind !== "word") return false;
  return starts.has(next.text.toUpperCase()) || sees(cursor, "GENERATED", "ALWAYS");
}

/** Read one constraint of a column. */
export function columnConstraint(cursor: Cursor): ConstraintText {
  const first = cursor.at;
  const name = skip(cursor, "CONSTRAINT") ? takeName(cursor).name : null;
  const kind = readColumnConstraint(cursor);
  return { source: cursor.source, kind, name, columns: [], span: spanSince(cursor, first) };
}

function readColumnConstraint(cursor: Cursor): ConstraintKind {
  const next = peek(cursor);
  switch (next?.kind === "word" ? next.text.toUpperCase() : "") {
    case "PRIMARY":
      return readPrimaryKey(cursor);
    case "NOT":
      demand(cursor, "NOT", "NULL");
      return conflict(cursor, "notNull");
    case "NULL":
      take(cursor);
      return conflict(cursor, "null");
    case "UNIQUE":
      take(cursor);
      return conflict(cursor, "unique");
    case "CHECK":
      take(cursor);
      return group(cursor, "check");
    case "DEFAULT":
      take(cursor);
      return readDefault(cursor);
    case "COLLATE":
      take(cursor);
      return named(cursor, "collate");
    case "REFERENCES":
      return readReferences(cursor);
    default:
      return readGenerated(cursor);
  }
}

function readPrimaryKey(cursor: Cursor): ConstraintKind {
  demand(cursor, "PRIMARY", "KEY");
  if (!skip(cursor, "ASC")) skip(cursor, "DESC");
  skipConflict(cursor);
  skip(cursor, "AUTOINCREMENT");
  return "primaryKey";
}

function readDefault(cursor: Cursor): ConstraintKind {
  if (seesSign(cursor, "(")) return group(cursor, "default");
  if (skipSign(cursor, "+") || skipSign(cursor, "-")) {
    if (peek(cursor)?.kind !== "number") throw misread(cursor);
  }
  const token = peek(cursor);
  // A bare word is text here: DEFAULT abc, DEFAULT CURRENT_TIMESTAMP, DEFAULT "abc".
  const fits = token?.kind === "number" || token?.kind === "blob" || nameOf(token) !== null;
  if (!fits) throw misread(cursor);
  take(cursor);
  return "default";
}

function readGenerated(cursor: Cursor): ConstraintKind {
  skip(cursor, "GENERATED", "ALWAYS");
  demand(cursor, "AS");
  takeGroup(cursor);
  if (!skip(cursor, "STORED")) skip(cursor, "VIRTUAL");
  return "generated";
}

function readReferences(cursor: Cursor): ConstraintKind {
  demand(cursor, "REFERENCES");
  takeName(cursor);
  if (seesSign(cursor, "(")) takeGroup(cursor);
  while (skipReferenceClause(cursor));
  return "foreignKey";
}

/** Behind SET and NO. */
const secondWords = new Set(["NULL", "DEFAULT", "ACTION"]);

function skipReferenceClause(cursor: Cursor): boolean {
  if (skip(cursor, "MATCH")) {
    takeName(cursor);
    return true;
  }
  if (skip(cursor, "NOT", "DEFERRABLE") || skip(cursor, "DEFERRABLE")) {
    if (skip(cursor, "INITIALLY")) take(cursor);
    return true;
  }
  if (!skip(cursor, "ON")) return false;
  take(cursor);
  const isPair = isWord(peek(cursor), "SET") || isWord(peek(cursor), "NO");
  if (isPair) {
    take(cursor);
    if (!secondWords.has(peek(cursor)?.text.toUpperCase() ?? "")) throw misread(cursor);
  }
  take(cursor);
  return true;
}

/** Read one constraint of a table. */
export function tableConstraint(cursor: Cursor): ConstraintText {
  const first = cursor.at;
  const name = skip(cursor, "CONSTRAINT") ? takeName(cursor).name : null;
  const { kind, columns } = readTableConstraint(cursor);
  return { source: cursor.source, kind, name, columns, span: spanSince(cursor, first) };
}

function readTableConstraint(cursor: Cursor): Pick<ConstraintText, "kind" | "columns"> {
  if (skip(cursor, "PRIMARY", "KEY")) return keyColumns(cursor, "primaryKey");
  if (skip(cursor, "UNIQUE")) return keyColumns(cursor, "unique");
  if (skip(cursor, "CHECK")) {
    takeGroup(cursor);
    return { kind: conflict(cursor, "check"), columns: [] };
  }
  demand(cursor, "FOREIGN", "KEY");
  const columns = listed(takeGroup(cursor));
  return { kind: readReferences(cursor), columns };
}

function keyColumns(
  cursor: Cursor,
  kind: ConstraintKind,
): Pick<ConstraintText, "kind" | "columns"> {
  const columns = listed(takeGroup(cursor));
  return { kind: conflict(cursor, kind), columns };
}

/** The first name after each comma of a list in parentheses; what follows it is its order and collation. */
function listed(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, at) => {
    const before = tokens[at - 1];
    const name = isSign(before, "(") || isSign(before, ",") ? nameOf(token) : null;
    return name === null ? [] : [name];
  });
}

function conflict<Kind extends ConstraintKind>(cursor: Cursor, kind: Kind): Kind {
  skipConflict(cursor);
  return kind;
}

function skipConflict(cursor: Cursor): void {
  if (skip(cursor, "ON", "CONFLICT")) take(cursor);
}

function group<Kind extends ConstraintKind>(cursor: Cursor, kind: Kind): Kind {
  takeGroup(cursor);
  return kind;
}

function named<Kind extends ConstraintKind>(cursor: Cursor, kind: Kind): Kind {
  takeName(cursor);
  return kind;
}
