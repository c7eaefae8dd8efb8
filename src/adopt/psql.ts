/** What psql does itself, and never reaches a server: `\connect`, and the rows behind `COPY … FROM stdin`. */
import { error, type MigError } from "../errors.ts";
import { lineOf } from "../revisions/cursor.ts";
import { blanked } from "./sql-scan.ts";

interface PsqlPart {
  readonly from: number;
  readonly to: number;
  readonly what: string;
}

const command = /^[ \t]*(\\[A-Za-z!?]+)/m;
const copy = /\bCOPY\b[^;]*\bFROM\s+STDIN\b/i;

/** The first of it, as what stops an import; null where there is none. */
export function psqlProblem(text: string, file: string): MigError | null {
  const [first] = psqlParts(text);
  if (!first) return null;
  const location = `${file}:${lineOf(text, first.from)}`;
  const why = `${first.what} is for psql, not for the server`;
  const forced = "keep it as a comment, in a revision that cannot run until it is written in SQL";
  return error("IMPORT_FILE", { file, why, forced }, { location });
}

/** Comments instead of it, and a statement that no database accepts before the first: nothing is left out unseen. */
export function withoutPsql(text: string): string {
  const parts = psqlParts(text);
  let left = "";
  let at = 0;
  for (const [index, { from, to }] of parts.entries()) {
    const lines = text.slice(from, to).split("\n");
    const refusal = [
      "-- TODO: write in SQL what psql did here, in place of this statement, which no database accepts.",
      "SELECT imported_from_psql_and_not_written_yet;",
    ];
    const comments = lines.map((line) => `--psql: ${line}`.trimEnd());
    left += text.slice(at, from) + [...(index === 0 ? refusal : []), ...comments].join("\n");
    at = to;
  }
  return left + text.slice(at);
}

/** `text` with blanks for it; every line and place stays where it is. */
export function blankedPsql(text: string): string {
  return psqlParts(text).reduce((left, { from, to }) => {
    const blanks = left.slice(from, to).replace(/[^\n]/g, " ");
    return left.slice(0, from) + blanks + left.slice(to);
  }, text);
}

function psqlParts(text: string): readonly PsqlPart[] {
  const parts: PsqlPart[] = [];
  for (let part = partFrom(text, 0); part; part = partFrom(text, part.to)) parts.push(part);
  return parts;
}

/** Rows may hold anything, quotes as well: what follows them is looked at anew. */
function partFrom(text: string, at: number): PsqlPart | null {
  const code = blanked(text.slice(at));
  const [meta, rows] = [command.exec(code), copy.exec(code)];
  if (meta && (!rows || meta.index < rows.index)) {
    const word = at + meta.index + meta[0].search(/\\/);
    return { from: word, to: lineEnd(text, word), what: `"${meta[1]}"` };
  }
  if (!rows) return null;
  const from = at + rows.index;
  const end = /^\\\.[ \t]*$/m.exec(text.slice(from));
  const to = end ? from + end.index + end[0].length : text.length;
  return { from, to, what: "COPY … FROM stdin" };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end;
}
