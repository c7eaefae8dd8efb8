/** Editing the constraints in the text of a CREATE TABLE. */
import { replace } from "./edit.ts";
import { type ConstraintText, type Span, type TableText, textOf } from "./table.ts";
import { isSign, isWord, type Token } from "./tokens.ts";

/** `constraints`, which have a name, under the name that `name` spells. */
export function renameConstraints(
  table: TableText,
  constraints: readonly ConstraintText[],
  name: string,
): string {
  const names = constraints.flatMap((constraint) => tokensOf(table, constraint.span)[1] ?? []);
  return replace(
    table.sql,
    names.map(({ start, end }) => ({ start, end, text: name })),
  );
}

/** True when `constraint` says the word. */
export function says(table: TableText, constraint: ConstraintText, word: string): boolean {
  return tokensOf(table, constraint.span).some((token) => isWord(token, word));
}

/** Take the word out of `constraint`, and the blanks before it. */
export function removeWord(table: TableText, constraint: ConstraintText, word: string): string {
  const cuts = tokensOf(table, constraint.span).filter((token) => isWord(token, word));
  return replace(
    table.sql,
    cuts.map(({ start, end }) => ({ start: blanksBefore(table.sql, start), end, text: "" })),
  );
}

function blanksBefore(sql: string, place: number): number {
  return place - (/[ \t]*$/.exec(sql.slice(0, place))?.[0].length ?? 0);
}

/** What `constraint` of the table says, without the columns that it lists: as it stands with a column. */
export function withoutColumns(table: TableText, constraint: ConstraintText): string {
  const tokens = tokensOf(table, constraint.span);
  const open = tokens.find((token) => isSign(token, "("));
  const close = tokens.find((token) => isSign(token, ")"));
  if (!open || !close) return textOf(table, constraint.span);
  const [head, tail] = [
    { start: constraint.span.start, end: open.start },
    { start: close.end, end: constraint.span.end },
  ].map((span) => textOf(table, span).trim());
  return [head, tail].filter(Boolean).join(" ");
}

/** The tokens of a part, where they stand in the whole text. */
function tokensOf(table: TableText, span: Span): readonly Token[] {
  return table.tokens.filter(({ start, end }) => start >= span.start && end <= span.end);
}
