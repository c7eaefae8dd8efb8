/** Queries for the rows that stand in the way of a change. They run before it, and count. */
import { error, type MigError } from "../../errors.ts";
import type { ForeignKey } from "../../model/schema.ts";
import type { Row } from "../statement.ts";
import { sameName } from "./ddl/tokens.ts";
import { fits } from "./fits.ts";
import type { Need } from "./making.ts";
import { type Ground, next, selectRows, sourceOf, valueIn } from "./rows.ts";
import { affinity } from "./types.ts";
import { quote, tableName } from "./write.ts";

/** A query that must find nothing, and what it means when it does. */
export interface Precheck {
  readonly sql: string;
  readonly verify: (rows: readonly Row[]) => MigError | null;
}

/** Types come first: the other questions are about the converted values. */
export function prechecks(ground: Ground): readonly Precheck[] {
  const { needs } = ground.draft;
  return [
    ...needs.filter((need) => need.kind === "type"),
    ...rowidNeed(ground),
    ...needs.filter((need) => need.kind !== "type"),
  ].flatMap((need) => precheck(ground, need) ?? []);
}

type AnyNeed = Need | { readonly kind: "rowid"; readonly column: string };

/** A column that becomes the rowid would number NULLs by itself, and refuse what is no integer. */
function rowidNeed({ before, after, draft }: Ground): readonly AnyNeed[] {
  const { rowid } = after;
  if (rowid === null || draft.sources.get(rowid)?.kind === "added") return [];
  const stays = before.rowid !== null && sameName(before.rowid, rowid) && !draft.sources.has(rowid);
  return stays ? [] : [{ kind: "rowid", column: rowid }];
}

function precheck(ground: Ground, need: AnyNeed): Precheck | null {
  switch (need.kind) {
    case "value":
      return found(
        ground,
        `${quote(need.column)} IS NULL`,
        `have no value in "${need.column}", which may no longer be null`,
      );
    case "noRows":
      return noRows(ground.table, need.column);
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

function found(ground: Ground, where: string, what: string): Precheck {
  return count(ground, `${next(ground)} WHERE ${where}`, what);
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
function misfits(ground: Ground, column: string, type: string): Precheck | null {
  if (type.toUpperCase() === "ANY") return null;
  const source = sourceOf(ground, column);
  const to = affinity(type, ground.after.strict);
  const from = `(${selectRows(ground, [`${source} AS "mig_value"`])}) WHERE NOT (${fits('"mig_value"', to, ground.after.strict)})`;
  return count(
    ground,
    from,
    `hold values in "${column}" that would not survive as ${type}; say how to convert them with \`using\``,
  );
}

function duplicates(ground: Ground, columns: readonly string[]): Precheck {
  const names = columns.map(quote);
  const set = names.map((name) => `${name} IS NOT NULL`).join(" AND ");
  const counted = `(SELECT *, count(*) OVER (PARTITION BY ${names.join(", ")}) AS "mig_same" FROM ${next(ground)} WHERE ${set})`;
  return count(
    ground,
    `${counted} WHERE "mig_same" > 1`,
    `share their value in ${columns.map((it) => `"${it}"`).join(", ")}`,
  );
}

function orphans(ground: Ground, key: ForeignKey): Precheck | null {
  const parent = tableName(key.table);
  // A table that is not there yet may come; the check before COMMIT asks again.
  if (!ground.tables.some((it) => sameName(it, parent))) return null;
  const own = key.columns.map((name) => `${quote(ground.table)}.${quote(name)}`);
  const set = own.map((name) => `${name} IS NOT NULL`).join(" AND ");
  const itself = sameName(parent, ground.table);
  const parents = itself
    ? `(${selectRows(
        ground,
        ground.after.columns.map(
          ({ name, type }) => `${valueIn(ground, name, type)} AS ${quote(name)}`,
        ),
      )})`
    : quote(parent);
  const match = key.references
    .map((name, at) => `"mig_parent".${quote(name)} = ${own[at]}`)
    .join(" AND ");
  return found(
    ground,
    `${set} AND NOT EXISTS (SELECT 1 FROM ${parents} AS "mig_parent" WHERE ${match})`,
    `refer to no row of "${parent}"`,
  );
}
