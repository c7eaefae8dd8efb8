import { fail } from "../errors.ts";
import { lineOf, locationOf } from "./cursor.ts";
import { isSectionLine, readSectionLine, type SectionMark } from "./sql-section.ts";
import { type LineComment, lineComments } from "./sql-text.ts";

/** A part of a .sql revision. */
export interface SqlSection {
  /** Null: for every dialect. */
  readonly dialect: SectionMark["dialect"];
  readonly text: string;
  /** The line of the file on which `text` begins, counted from 1. */
  readonly line: number;
}

/** The two scripts of a .sql revision, each in the order of the file. */
export interface SqlScripts {
  readonly up: readonly SqlSection[];
  readonly down: readonly SqlSection[];
}

interface Part extends SectionMark {
  readonly from: number;
  readonly to: number;
}

/**
 * Take a .sql revision apart at its lines `-- UP [dialect]` and `-- DOWN [dialect]`; text before the first is UP.
 * Statements are split elsewhere, as each database does it. Throws SQL_SECTION_INVALID and FILE_DOES_NOT_PARSE.
 */
export function readSqlFile(text: string, file: string): SqlScripts {
  const comments = lineComments(file, text);
  const [before, ...marked] = partsOf({ file, text }, comments);
  // A section that says nothing is a script that does nothing; a header before the sections is none at all.
  const parts = before && holdsCode(text, before, comments) ? [before, ...marked] : marked;
  const scripts = { up: [] as SqlSection[], down: [] as SqlSection[] };
  for (const { direction, dialect, from, to } of parts) {
    scripts[direction].push({ dialect, text: text.slice(from, to), line: lineOf(text, from) });
  }
  return scripts;
}

function partsOf(source: { file: string; text: string }, comments: readonly LineComment[]): Part[] {
  const { text } = source;
  const parts: Part[] = [];
  let mark: SectionMark = { direction: "up", dialect: null };
  let from = text.startsWith("\uFEFF") ? 1 : 0;
  for (const comment of comments) {
    const next = markAt(source, comment);
    if (!next) continue;
    parts.push({ ...mark, from, to: comment.from });
    mark = next;
    from = behindLine(text, comment.to);
  }
  return [...parts, { ...mark, from, to: text.length }];
}

function markAt(source: { file: string; text: string }, { from, to }: LineComment) {
  const before = source.text[from - 1] ?? "\n";
  const line = source.text.slice(from, to);
  if (!/[\n\r\uFEFF]/.test(before) || !isSectionLine(line)) return null;
  const location = locationOf({ ...source, at: from }, from);
  return readSectionLine(line) ?? fail("SQL_SECTION_INVALID", { line: line.trim() }, { location });
}

function behindLine(text: string, at: number): number {
  return text.startsWith("\r\n", at) ? at + 2 : Math.min(at + 1, text.length);
}

/** True if there is more than comments. Block comments count as code: PostgreSQL and SQLite end them differently. */
function holdsCode(
  text: string,
  { from, to }: LineComment,
  comments: readonly LineComment[],
): boolean {
  let at = from;
  for (const comment of comments) {
    if (comment.from < at) continue;
    if (comment.from >= to) break;
    if (text.slice(at, comment.from).trim() !== "") return true;
    at = comment.to;
  }
  return text.slice(at, to).trim() !== "";
}
