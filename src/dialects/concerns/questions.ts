/** What to ask of the rows before an operation. */
import {
  type Column,
  type Index,
  isExpression,
  type Schema,
  type TableName,
} from "../../model/schema.ts";
import { itemNamed } from "../../operations/apply/lists.ts";
import { needsValue } from "../../operations/needs-value.ts";
import type { Operation, TableChange } from "../../operations/operation.ts";
import type { Concern } from "../concerns.ts";
import { ofConstraint } from "./constraints.ts";
import { changedBy, type Rows, type Source } from "./rows.ts";
import type { Spelling, Unfit } from "./spelling.ts";

/** A query that counts, as `n`, the rows of `table` that are of a kind. */
export interface Question {
  readonly kind: Concern["kind"];
  readonly table: TableName;
  readonly what: string;
  readonly sql: string;
  /** It counts where this query fails on a value. */
  readonly unless?: string;
}

export interface Situation {
  readonly schema: Schema;
  readonly rows: Rows;
  readonly spelling: Spelling;
}

export function questionsAbout(operation: Operation, situation: Situation): readonly Question[] {
  switch (operation.kind) {
    case "dropTable":
      return ofDrop(operation.table, situation);
    case "createIndex":
      return ofIndex(operation.table, operation.index, situation);
    case "alterTable":
      return ofChanges(operation, situation);
    case "alterEnum":
      return ofEnum(operation, situation);
    default:
      return [];
  }
}

function ofDrop(table: TableName, { rows, schema }: Situation): readonly Question[] {
  const source = rows.of(table, schema);
  if (source === null) return [];
  return [{ kind: "rows lost", table, what: "", sql: `SELECT count(*) AS n FROM ${source.sql}` }];
}

function ofIndex(table: TableName, index: Index, { rows, schema, spelling }: Situation) {
  const source = rows.of(table, schema);
  if (!index.unique || source === null) return [];
  const columns = index.columns.map(({ of }) =>
    isExpression(of) ? `(${of.sql})` : spelling.quote(of),
  );
  const where = index.where && `(${index.where.sql})`;
  const sql = duplicates(source.sql, columns, { where, nulls: index.nullsNotDistinct });
  return [{ kind: "duplicates", table, what: index.name, sql } as const];
}

/** How many rows share their values with another. A NULL is shared with none, unless it is said to be. */
export function duplicates(
  from: string,
  columns: readonly string[],
  { where, nulls }: { readonly where?: string | undefined; readonly nulls?: boolean | undefined },
): string {
  const given = nulls ? [] : columns.map((it) => `${it} IS NOT NULL`);
  const conditions = [...given, ...(where ? [where] : [])];
  const filter = conditions.length > 0 ? ` WHERE ${conditions.join(" AND ")}` : "";
  return `SELECT coalesce(sum(n), 0) AS n FROM (SELECT count(*) AS n FROM ${from}${filter} GROUP BY ${columns.join(", ")} HAVING count(*) > 1) AS twice`;
}

/** Each change sees the table as those before it leave it. */
function ofChanges(
  { table, changes }: Extract<Operation, { kind: "alterTable" }>,
  situation: Situation,
): readonly Question[] {
  const start = situation.rows.of(table, situation.schema);
  if (start === null) return [];
  let source = start;
  const all = changes.flatMap((change) => {
    const asked = ofChange(table, change, source, situation);
    source = changedBy(change, source, table, situation.spelling);
    return asked;
  });
  // That a new column of the key has no value says it all.
  const without = all.flatMap(({ kind, what }) => (kind === "no value" ? what : []));
  return all.filter(({ kind, what }) => kind !== "nulls" || !without.includes(what));
}

function ofChange(
  table: TableName,
  change: TableChange,
  source: Source,
  situation: Situation,
): readonly Question[] {
  const { quote } = situation.spelling;
  const counted: Counted = (kind, what, where) => {
    const sql = `SELECT count(*) AS n FROM ${source.sql} WHERE ${where}`;
    return { kind, table, what, sql };
  };
  const column = (name: string) => source.columns.find((it) => it.name === name);
  switch (change.kind) {
    case "addColumn":
      return needsValue(change) ? [counted("no value", change.column.name, "1 = 1")] : [];
    case "dropColumn":
      return column(change.name)?.generated
        ? []
        : [counted("values lost", change.name, `${quote(change.name)} IS NOT NULL`)];
    case "alterColumn":
      return ofAlteration(change, column(change.name), situation, counted);
    case "addConstraint":
      return ofConstraint(table, change.constraint, source.sql, situation);
    default:
      return [];
  }
}

type Counted = (kind: Question["kind"], what: string, where: string) => Question;

function ofAlteration(
  { name, to }: Extract<TableChange, { kind: "alterColumn" }>,
  column: Column | undefined,
  { spelling, schema }: Situation,
  counted: Counted,
): readonly Question[] {
  const { type } = to;
  const { quote } = spelling;
  const wrong =
    type && column ? spelling.unfit(quote(name), column.type, type, schema.enums) : null;
  const other = type && column ? spelling.changed(quote(name), column.type, type) : null;
  const demands = to.notNull && to.backfill === undefined;
  return [
    ...(wrong === null ? [] : [ofUnfit(name, wrong, quote(name), counted)]),
    ...(other === null ? [] : [counted("values changed", name, other)]),
    ...(demands ? [counted("nulls", name, `${quote(name)} IS NULL`)] : []),
  ];
}

function ofUnfit(name: string, unfit: Unfit, column: string, counted: Counted): Question {
  if ("where" in unfit) return counted("unfit", name, unfit.where);
  const { sql } = counted("unfit", name, `${column} IS NOT NULL AND ${unfit.attempt} IS NULL`);
  return { ...counted("perhaps unfit", name, `${column} IS NOT NULL`), unless: sql };
}

/** The rows that hold a value which goes, and are not told what becomes of it. */
function ofEnum(
  { name, values, columns, map }: Extract<Operation, { kind: "alterEnum" }>,
  { schema, rows, spelling }: Situation,
): readonly Question[] {
  const before = itemNamed(schema.enums, name)?.values ?? [];
  const gone = before.filter((value) => !values.includes(value) && !Object.hasOwn(map, value));
  return gone.flatMap((value) =>
    columns.flatMap((use) => {
      const [source, where] = [rows.of(use.table, schema), spelling.holds(use, value)];
      if (source === null || where === null) return [];
      const sql = `SELECT count(*) AS n FROM ${source.sql} WHERE ${where}`;
      return [{ kind: "value gone", table: use.table, what: value, sql } as const];
    }),
  );
}
