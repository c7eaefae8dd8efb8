/** What rows that exist have against an operation, counted: for whoever reads a draft. */
import type { Constraint, Index, TableName } from "../model/schema.ts";
import { displayName, isExpression } from "../model/schema.ts";
import type { AddColumn, TableChange } from "../operations/kinds/tables.ts";
import type { Operation } from "../operations/operation.ts";
import type { Reader } from "./dialect.ts";

export interface Concern {
  readonly kind:
    | "rows lost"
    | "values lost"
    | "no value"
    | "nulls"
    | "unfit"
    | "duplicates"
    | "orphans"
    | "violations";
  readonly table: string;
  /** The column, the constraint or the index. */
  readonly what: string;
  readonly count: number;
}

/** How a database spells what is asked. */
export interface Spelling {
  readonly quote: (name: string) => string;
  readonly table: (name: TableName) => string;
  /** The condition under which a value does not become one of the new type; null where it cannot be told. */
  readonly unfit: (change: Alteration) => string | null;
}

export type Alteration = Extract<TableChange, { kind: "alterColumn" }>;

/** A question: how many rows of `table` satisfy `where`, or the whole query. */
interface Question {
  readonly kind: Concern["kind"];
  readonly what: string;
  readonly sql: string;
}

/** The concerns about `operation`, asked one by one. What cannot be asked yet, as its table is not there, is none. */
export async function concernsOf(
  operation: Operation,
  reader: Reader,
  spelling: Spelling,
): Promise<readonly Concern[]> {
  const asked = questions(operation, spelling);
  if (asked === null) return [];
  const concerns: Concern[] = [];
  for (const { kind, what, sql } of asked.questions) {
    const rows = await reader.all(sql).catch(() => []);
    const count = Number(rows[0]?.n ?? 0);
    if (count > 0) concerns.push({ kind, what, count, table: displayName(asked.table) });
  }
  return concerns;
}

function questions(
  operation: Operation,
  spelling: Spelling,
): { readonly table: TableName; readonly questions: readonly Question[] } | null {
  const about = (table: TableName, list: readonly Question[]) => ({ table, questions: list });
  switch (operation.kind) {
    case "dropTable": {
      const sql = `SELECT count(*) AS n FROM ${spelling.table(operation.table)}`;
      return about(operation.table, [{ kind: "rows lost", what: "", sql }]);
    }
    case "createIndex":
      return about(operation.table, ofIndex(operation.table, operation.index, spelling));
    case "alterTable":
      return about(
        operation.table,
        operation.changes.flatMap((change) => ofChange(operation.table, change, spelling)),
      );
    default:
      return null;
  }
}

function ofChange(table: TableName, change: TableChange, spelling: Spelling): readonly Question[] {
  const { quote } = spelling;
  const count = (where: string) =>
    `SELECT count(*) AS n FROM ${spelling.table(table)} WHERE ${where}`;
  switch (change.kind) {
    case "addColumn":
      return needsValue(change)
        ? [{ kind: "no value", what: change.column.name, sql: count("true") }]
        : [];
    case "dropColumn": {
      const sql = count(`${quote(change.name)} IS NOT NULL`);
      return [{ kind: "values lost", what: change.name, sql }];
    }
    case "alterColumn":
      return ofAlteration(change, spelling, count);
    case "addConstraint":
      return ofConstraint(table, change.constraint, spelling, count);
    default:
      return [];
  }
}

function needsValue({ column, backfill }: AddColumn): boolean {
  const { notNull, default: initial, identity, generated, type } = column;
  const numbers = ["serial", "bigserial", "smallserial"].includes(type.kind);
  const isNull = isExpression(initial) ? /^\s*null\s*$/i.test(initial.sql) : initial === undefined;
  return Boolean(notNull) && isNull && !identity && !generated && !backfill && !numbers;
}

function ofAlteration(
  change: Alteration,
  { quote, unfit }: Spelling,
  count: (where: string) => string,
): readonly Question[] {
  const { name, to } = change;
  const wrong = to.type === undefined ? null : unfit(change);
  return [
    ...(wrong === null ? [] : [{ kind: "unfit", what: name, sql: count(wrong) } as const]),
    ...(to.notNull && to.backfill === undefined && to.using === undefined
      ? [{ kind: "nulls", what: name, sql: count(`${quote(name)} IS NULL`) } as const]
      : []),
  ];
}

function ofIndex(table: TableName, index: Index, spelling: Spelling): readonly Question[] {
  if (!index.unique || index.nullsNotDistinct) return [];
  const columns = index.columns.map(({ of }) =>
    isExpression(of) ? `(${of.sql})` : spelling.quote(of),
  );
  const where = index.where && `(${index.where.sql})`;
  const sql = duplicates(spelling.table(table), columns, where);
  return [{ kind: "duplicates", what: index.name, sql }];
}

/** Rows that share their values with another; a NULL is shared with none. */
function duplicates(table: string, columns: readonly string[], where?: string): string {
  const conditions = [...columns.map((it) => `${it} IS NOT NULL`), ...(where ? [where] : [])];
  return `SELECT coalesce(sum(n), 0) AS n FROM (SELECT count(*) AS n FROM ${table} WHERE ${conditions.join(" AND ")} GROUP BY ${columns.join(", ")} HAVING count(*) > 1) AS twice`;
}

function ofConstraint(
  table: TableName,
  it: Constraint,
  spelling: Spelling,
  count: (where: string) => string,
): readonly Question[] {
  const { quote } = spelling;
  const what = it.name;
  switch (it.kind) {
    case "check":
      return it.notValid
        ? []
        : [{ kind: "violations", what, sql: count(`NOT (${it.expression.sql})`) }];
    case "foreignKey":
      return it.notValid ? [] : [{ kind: "orphans", what, sql: count(orphan(it, spelling)) }];
    case "primaryKey":
    case "unique": {
      const sql = duplicates(spelling.table(table), it.columns.map(quote));
      const nulls = it.columns.map((column) => `${quote(column)} IS NULL`).join(" OR ");
      const isKey = it.kind === "primaryKey";
      return [
        { kind: "duplicates", what, sql },
        ...(isKey
          ? [{ kind: "nulls", what: it.columns.join(", "), sql: count(nulls) } as const]
          : []),
      ];
    }
  }
}

function orphan(
  { columns, table, references }: Extract<Constraint, { kind: "foreignKey" }>,
  { quote, table: tableName }: Spelling,
): string {
  const given = columns.map((column) => `${quote(column)} IS NOT NULL`);
  const own = columns.map(quote).join(", ");
  const theirs = references.map(quote).join(", ");
  return `${given.join(" AND ")} AND (${own}) NOT IN (SELECT ${theirs} FROM ${tableName(table)} WHERE ${references
    .map((column) => `${quote(column)} IS NOT NULL`)
    .join(" AND ")})`;
}
