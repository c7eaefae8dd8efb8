/** Editing the text of a CREATE TABLE: what is not named here stays as its author wrote it. */
import {
  type ColumnText,
  type ConstraintText,
  type Span,
  type TableText,
  textOf,
} from "./table.ts";
import { isSign } from "./tokens.ts";

interface Replacement extends Span {
  readonly text: string;
}

/** `sql` with every span replaced; they do not overlap. */
export function replace(sql: string, replacements: readonly Replacement[]): string {
  const inOrder = replacements.toSorted((a, b) => a.start - b.start);
  const pieces = inOrder.map(
    ({ start, text }, at) => sql.slice(inOrder[at - 1]?.end ?? 0, start) + text,
  );
  return pieces.join("") + sql.slice(inOrder.at(-1)?.end ?? 0);
}

/** The table under another name. */
export function retitle(table: TableText, name: string): string {
  return replace(table.sql, [{ ...table.name, text: name }]);
}

/** A column more, behind the others. */
export function appendColumn(table: TableText, definition: string): string {
  const first = table.constraints[0];
  if (!first) return appendItem(table, definition);
  return replace(table.sql, [at(first.span.start, `${definition},${separator(table)}`)]);
}

/** A column more, before `column`. */
export function insertColumn(table: TableText, column: ColumnText, definition: string): string {
  return replace(table.sql, [at(column.span.start, `${definition},${separator(table)}`)]);
}

/** A constraint of the table more, at the end. */
export function appendConstraint(table: TableText, definition: string): string {
  return appendItem(table, definition);
}

/** The comma goes right behind the last item, the new item behind the comments that follow it. */
function appendItem(table: TableText, definition: string): string {
  const last = table.constraints.at(-1) ?? table.columns.at(-1);
  if (!last) return table.sql;
  const tail = table.sql.slice(last.span.end, table.body.end - 1);
  const kept = tail.trimEnd();
  const place = last.span.end + kept.length;
  // A line comment would swallow what follows it.
  const gap = kept === "" ? separator(table) : `\n${indent(table)}`;
  return replace(table.sql, [at(last.span.end, ","), at(place, `${gap}${definition}`)]);
}

/** Take a column or a constraint of the table out, and the one comma that it leaves over. */
export function removeItem(table: TableText, span: Span): string {
  const { tokens } = table;
  const before = tokens.findLast((token) => token.end <= span.start);
  const after = tokens.find((token) => token.start >= span.end);
  // Between constraints the comma may be missing; then the one before belongs to what follows.
  const comma = isSign(after, ",")
    ? after
    : isSign(after, ")") && isSign(before, ",")
      ? before
      : null;
  const touch = comma === after && comma && table.sql.slice(span.end, comma.start).trim() === "";
  const cuts: readonly Span[] = touch
    ? [{ start: span.start, end: comma.end }]
    : [span, ...(comma ? [comma] : [])];
  const [first, ...rest] = merge(
    cuts.map((cut) => (cut === before ? cut : tidyItem(table.sql, cut))),
  );
  return replace(
    table.sql,
    [first ?? span, ...rest].map(({ start, end }) => ({ start, end, text: "" })),
  );
}

/** `span` with the line that it leaves empty, or with the blanks that it leaves double. */
function tidyItem(sql: string, { start, end }: Span): Span {
  const [blanksBefore, blanksAfter] = [
    /[ \t]*$/.exec(sql.slice(0, start)),
    /^[ \t]*/.exec(sql.slice(end)),
  ];
  const from = start - (blanksBefore?.[0].length ?? 0);
  const to = end + (blanksAfter?.[0].length ?? 0);
  const startsLine = sql.charAt(from - 1) === "\n";
  const endsLine = sql.charAt(to) === "\n";
  if (endsLine) return { start: startsLine ? from - 1 : from, end: to };
  return startsLine || sql.charAt(from - 1) === "(" || sql.charAt(end - 1) === ","
    ? { start, end: to }
    : { start: from, end };
}

/** Another type for `column`, or its first. */
export function replaceType(table: TableText, column: ColumnText, type: string): string {
  if (column.type) return replace(table.sql, [{ ...column.type, text: type }]);
  return replace(table.sql, [at(column.nameSpan.end, ` ${type}`)]);
}

/** NOT NULL at the end of `column`, in the place of a NULL that says the opposite. */
export function addNotNull(table: TableText, column: ColumnText): string {
  const cuts = column.constraints.filter(({ kind }) => kind === "null");
  return replace(table.sql, [...removals(table, cuts), at(column.span.end, " NOT NULL")]);
}

/** `column` without its NOT NULL, whatever that is called. */
export function dropNotNull(table: TableText, column: ColumnText): string {
  return removeConstraints(table, ofKind(column, "notNull"));
}

/** `definition` null drops the default. */
export function setDefault(
  table: TableText,
  column: ColumnText,
  definition: string | null,
): string {
  return setClause(table, column, "default", definition === null ? null : `DEFAULT ${definition}`);
}

/** `text` as what `column` says of one kind; null says nothing of it. */
export function setClause(
  table: TableText,
  column: ColumnText,
  kind: ConstraintText["kind"],
  text: string | null,
): string {
  const [current, ...others] = ofKind(column, kind);
  if (text === null) return removeConstraints(table, ofKind(column, kind));
  if (!current) {
    // A collation belongs to the type: what is said besides stands behind it, as in the text of a new column.
    const collation = kind === "collate" ? undefined : ofKind(column, "collate").at(-1);
    return collation
      ? insertBehind(table, collation.span, ` ${text}`)
      : insertClause(table, column, text);
  }
  return replace(table.sql, [{ ...current.span, text }, ...removals(table, others)]);
}

/** `text` behind the type of `column`. */
export function insertClause(table: TableText, column: ColumnText, text: string): string {
  return replace(table.sql, [at((column.type ?? column.nameSpan).end, ` ${text}`)]);
}

/** `text` right behind a part. */
export function insertBehind(table: TableText, { end }: Span, text: string): string {
  return replace(table.sql, [at(end, text)]);
}

/** Take constraints of columns out. */
export function removeConstraints(
  table: TableText,
  constraints: readonly ConstraintText[],
): string {
  return replace(table.sql, removals(table, constraints));
}

/** The constraints of `column` of one kind: SQLite takes several. */
export function ofKind(column: ColumnText, kind: ConstraintText["kind"]): ConstraintText[] {
  return column.constraints.filter((constraint) => constraint.kind === kind);
}

function removals(table: TableText, constraints: readonly ConstraintText[]): Replacement[] {
  return constraints.map(({ span }) => ({ ...tidy(table.sql, span), text: "" }));
}

/** `span` with the blanks before it, where those behind it are enough. */
function tidy(sql: string, { start, end }: Span): Span {
  const next = sql.charAt(end);
  if (!/[\s,)]/.test(next)) return { start, end };
  const blanks = /[ \t]*$/.exec(sql.slice(0, start))?.[0].length ?? 0;
  return { start: start - blanks, end };
}

function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = merged.at(-1);
    if (last && span.start <= last.end)
      merged.splice(-1, 1, { start: last.start, end: Math.max(last.end, span.end) });
    else merged.push(span);
  }
  return merged;
}

/** What stands between the items of this table: a new line where its author wrote one. */
function separator(table: TableText): string {
  return textOf(table, table.body).includes("\n") ? `\n${indent(table)}` : " ";
}

function indent(table: TableText): string {
  const first = table.columns[0];
  const before = first ? table.sql.slice(table.body.start + 1, first.span.start) : "";
  return /\n([ \t]*)$/.exec(before)?.[1] ?? "  ";
}

function at(place: number, text: string): Replacement {
  return { start: place, end: place, text };
}
