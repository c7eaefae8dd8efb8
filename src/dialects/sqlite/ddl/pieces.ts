/**
 * A CREATE TABLE read piece by piece. The tables of a database have most of their columns in common, and a text that was
 * read once need not be taken apart again.
 */
import { parseTable } from "./parse.ts";
import type { TableParts, TableText } from "./table.ts";

/** What the texts were read as: those between the commas, and those behind the last parenthesis. */
export interface KnownPieces {
  readonly columns: Map<string, TableParts>;
  readonly constraints: Map<string, TableParts>;
  readonly tails: Map<string, TableParts>;
}

export function noPieces(): KnownPieces {
  return { columns: new Map(), constraints: new Map(), tails: new Map() };
}

/** The parts of `sql`, each in a text of its own; null for what has to be read as a whole, to be read or to be refused. */
export function readPieces(sql: string, known: KnownPieces): TableParts | null {
  const cut = cutTable(sql);
  if (cut === null) return null;
  const first = cut.items.findIndex((item, at) => at > 0 && tableConstraint.test(item));
  const ends = first < 0 ? cut.items.length : first;
  const columns = cut.items
    .slice(0, ends)
    .map((item) => readPiece(known.columns, item, (text) => `(${text})`));
  const constraints = cut.items
    .slice(ends)
    .map((item) => readPiece(known.constraints, item, (text) => `(a, ${text})`));
  const options = cut.tail === "" ? none : readPiece(known.tails, cut.tail, (text) => `(a)${text}`);
  // Of two that say the same each has a name of its own.
  if (new Set(constraints).size < constraints.length || options === null) return null;
  if (!columns.every(isColumn) || !constraints.every(areConstraints)) return null;
  return {
    columns: columns.flatMap((it) => it.columns),
    constraints: constraints.flatMap((it) => it.constraints),
    strict: options.strict,
    withoutRowid: options.withoutRowid,
  };
}

const none = { strict: false, withoutRowid: false };

/** The words that a constraint of a table begins with; in quotes they are the names of columns. */
const tableConstraint = /^(?:constraint|primary|unique|check|foreign)(?![\w$\u0080-\uffff])/i;

function readPiece(
  known: Map<string, TableParts>,
  piece: string,
  bodyOf: (piece: string) => string,
): TableParts | null {
  const found = known.get(piece);
  if (found) return found;
  const text: TableText | Error = parseTable(`CREATE TABLE t ${bodyOf(piece)}`);
  if (text instanceof Error) return null;
  known.set(piece, text);
  return text;
}

function isColumn(it: TableParts | null): it is TableParts {
  return it !== null && it.columns.length === 1 && it.constraints.length === 0;
}

function areConstraints(it: TableParts | null): it is TableParts {
  return it !== null && it.columns.length === 1 && it.constraints.length > 0;
}

/** The texts between the commas of the table, and what follows the closing parenthesis. */
interface Cut {
  readonly items: readonly string[];
  readonly tail: string;
}

/** SQLite writes the first two words itself, whatever it was given. */
const opening = /^CREATE TABLE (?:"[^"]*"|'[^']*'|`[^`]*`|\[[^\]]*\]|[^\s"'`[(]+)\s*\(/;

/** Null where there is a comment, or no end. */
function cutTable(sql: string): Cut | null {
  const open = opening.exec(sql)?.[0].length;
  if (open === undefined) return null;
  const items: string[] = [];
  let depth = 1;
  let start = open;
  for (let at = open; at < sql.length; at += 1) {
    const code = sql.charCodeAt(at);
    if (code === comma && depth === 1) {
      items.push(sql.slice(start, at).trim());
      start = at + 1;
    } else if (code === opens) depth += 1;
    else if (code === closes) {
      depth -= 1;
      if (depth > 0) continue;
      items.push(sql.slice(start, at).trim());
      return { items, tail: sql.slice(at + 1) };
    } else if (isQuote(code)) {
      at = sql.indexOf(code === bracket ? "]" : sql.charAt(at), at + 1);
      if (at < 0) return null;
    } else if (isComment(sql, at, code)) return null;
  }
  return null;
}

const [comma, opens, closes, bracket] = [44, 40, 41, 91];

function isQuote(code: number): boolean {
  return code === 34 || code === 39 || code === 96 || code === bracket;
}

function isComment(sql: string, at: number, code: number): boolean {
  if (code === 45) return sql.charCodeAt(at + 1) === 45;
  return code === 47 && sql.charCodeAt(at + 1) === 42;
}
