/** Queries for the rows that stand in the way of a change. They run before it, and count. */
import { error, type MigError } from "../../errors.ts";
import type { ForeignKey } from "../../model/schema.ts";
import type { Reader } from "../dialect.ts";
import type { Row } from "../statement.ts";
import { ofKind } from "./ddl/edit.ts";
import { textOf } from "./ddl/table.ts";
import { sameName, significant, tokenize } from "./ddl/tokens.ts";
import { fits } from "./fits.ts";
import type { Need } from "./making.ts";
import { type Ground, next, valueBefore } from "./rows.ts";
import { affinity } from "./types.ts";
import { quote, tableName } from "./write.ts";

/** A query that must find nothing, and what it means when it does. */
export interface Precheck {
  readonly sql: string;
  readonly verify: (rows: readonly Row[]) => MigError | null;
  readonly change?: number;
}

/** What may stand in the way of one need: how to find a row of it at all, and how to tell of them. */
interface Question {
  /** True for a row in the way, where one row can tell. */
  readonly row?: string;
  /** A query that finds something when rows are in the way, where one row cannot tell. */
  readonly any?: string;
  readonly told: Precheck;
}

/**
 * The queries that tell of rows in the way; none when there are none. A table is read once to know that, whatever the
 * number of its changes, and again only to count and name what was found.
 */
export async function prechecks(ground: Ground, reader: Reader): Promise<readonly Precheck[]> {
  const asked = questions(ground);
  const rows = asked.flatMap(({ row }) => (row === undefined ? [] : [`(${row})`]));
  const queries = asked.flatMap(({ any }) => any ?? []);
  if (rows.length > 0)
    queries.push(`SELECT 1 FROM ${next(ground)} WHERE ${rows.join(" OR ")} LIMIT 1`);
  for (const query of queries) {
    // What cannot be asked is asked again by itself, and fails under its own name.
    const found = await reader.all(query).catch(() => null);
    if (found === null || found.length > 0) return asked.map(({ told }) => told);
  }
  return [];
}

/** True for a row in the way as it stands in the table; null where rows are converted, or one row cannot tell. */
export function rowInTheWay(ground: Ground): string | null {
  if (ground.draft.needs.some(({ kind }) => kind === "type")) return null;
  const rows = questions(ground).map(({ row }) => row);
  if (rows.length === 0 || rows.includes(undefined)) return null;
  return rows.map((row) => `(${row})`).join(" OR ");
}

/** Types come first: the other questions are about the converted values. */
function questions(ground: Ground): readonly Question[] {
  const { needs } = ground.draft;
  return [
    ...needs.filter((need) => need.kind === "type"),
    ...rowidNeed(ground),
    ...needs.filter((need) => need.kind !== "type"),
  ].flatMap((need) => {
    const asked = question(ground, need);
    if (asked === null) return [];
    const { change } = need;
    return [{ ...asked, told: { ...asked.told, ...(change !== undefined && { change }) } }];
  });
}

type AnyNeed = Need | { readonly kind: "rowid"; readonly column: string; readonly change?: number };

/** A column that becomes the rowid would number NULLs by itself, and refuse what is no integer. */
function rowidNeed({ before, after, draft }: Ground): readonly AnyNeed[] {
  const { rowid } = after;
  if (rowid === null || draft.sources.get(rowid)?.kind === "added") return [];
  const stays = before.rowid !== null && sameName(before.rowid, rowid) && !draft.sources.has(rowid);
  return stays ? [] : [{ kind: "rowid", column: rowid }];
}

function question(ground: Ground, need: AnyNeed): Question | null {
  switch (need.kind) {
    case "value":
      return found(
        ground,
        `${quote(need.column)} IS NULL`,
        `have no value in "${need.column}", which may no longer be null`,
      );
    case "noRows":
      return {
        any: `SELECT 1 FROM ${quote(ground.table)} LIMIT 1`,
        told: noRows(ground.table, need.column),
      };
    case "type":
      return misfits(ground, need.column, need.type);
    case "rowid":
      return found(
        ground,
        `typeof(${quote(need.column)}) <> 'integer'`,
        `have no integer in "${need.column}", which becomes the row's number`,
      );
    case "unique":
      return duplicates(ground, need.constraint.columns);
    case "parent":
      return orphans(ground, need.constraint);
    case "check":
      return found(ground, `NOT (${need.sql})`, `would fail the check "${need.name}"`);
  }
}

/** A new column that may not be null and has no default fits a table without rows only. */
export function noRows(table: string, column: string): Precheck {
  const what = `would have no value in the new column "${column}", which is not null and has no default`;
  return {
    sql: `SELECT count(*) AS "rows" FROM ${quote(table)}`,
    verify: ([row]) => {
      const rows = Number(row?.rows);
      return rows === 0
        ? null
        : error("ROWS_IN_THE_WAY", { table, what, count: rows, examples: [] });
    },
  };
}

function found(ground: Ground, where: string, what: string): Question {
  return { row: where, told: count(ground, `${next(ground)} WHERE ${where}`, what) };
}

function count({ table }: Ground, from: string, what: string): Precheck {
  return {
    sql: `SELECT count(*) OVER () AS "rows", "mig_row" AS example FROM ${from} LIMIT 5`,
    verify: (rows) => {
      if (rows.length === 0) return null;
      const examples = rows.flatMap(({ example }) => (example === null ? [] : String(example)));
      return error("ROWS_IN_THE_WAY", { table, what, count: Number(rows[0]?.rows), examples });
    },
  };
}

/** Rows whose value would not be the same value any more. */
function misfits(ground: Ground, column: string, type: string): Question | null {
  if (type.toUpperCase() === "ANY") return null;
  const to = affinity(type, ground.after.strict);
  const where = `NOT (${fits(quote(valueBefore(column)), to, ground.after.strict)})`;
  const what = `hold values in "${column}" that would not survive as ${type}; say how to convert them with \`using\``;
  return found(ground, where, what);
}

function duplicates(ground: Ground, columns: readonly string[]): Question {
  const names = columns.map((name) => `${quote(name)} COLLATE ${collationOf(ground, name)}`);
  const set = columns
    .map(quote)
    .map((name) => `${name} IS NOT NULL`)
    .join(" AND ");
  const counted = `(SELECT *, count(*) OVER (PARTITION BY ${names.join(", ")}) AS "mig_same" FROM ${next(ground)} WHERE ${set})`;
  return {
    any: `SELECT 1 FROM ${next(ground)} WHERE ${set} GROUP BY ${names.join(", ")} HAVING count(*) > 1 LIMIT 1`,
    told: count(
      ground,
      `${counted} WHERE "mig_same" > 1`,
      `share their value in ${columns.map((it) => `"${it}"`).join(", ")}`,
    ),
  };
}

/** How the values of the column `name` will compare: its collation may be new, and an expression has none. */
function collationOf({ draft: { table } }: Ground, name: string): string {
  const column = table.columns.find((it) => sameName(it.name, name));
  const clause = column && ofKind(column, "collate").at(-1);
  const words = clause && significant(tokenize(textOf(table, clause.span)));
  return words?.at(-1)?.text ?? "BINARY";
}

function orphans(ground: Ground, key: ForeignKey): Question | null {
  const parent = tableName(key.table);
  // A table that is not there yet may come; the check before COMMIT asks again.
  if (!ground.tables.some((it) => sameName(it, parent))) return null;
  const own = key.columns.map((name) => `${quote(ground.table)}.${quote(name)}`);
  const set = own.map((name) => `${name} IS NOT NULL`).join(" AND ");
  const itself = sameName(parent, ground.table);
  const parents = itself ? `(SELECT * FROM ${next(ground)})` : quote(parent);
  const match = key.references
    .map((name, at) => `"mig_parent".${quote(name)} = ${own[at]}`)
    .join(" AND ");
  return found(
    ground,
    `${set} AND NOT EXISTS (SELECT 1 FROM ${parents} AS "mig_parent" WHERE ${match})`,
    `refer to no row of "${parent}"`,
  );
}
