/** What to ask of the rows before a constraint is added. */
import type { Constraint, ForeignKey, TableName } from "../../model/schema.ts";
import { sameName } from "../../operations/apply/names.ts";
import { duplicates, type Question, type Situation } from "./questions.ts";
import type { Spelling } from "./spelling.ts";

/** `from` is what the rows of `table` are selected from. */
export function ofConstraint(
  table: TableName,
  it: Constraint,
  from: string,
  { rows, schema, spelling }: Situation,
): readonly Question[] {
  const { quote } = spelling;
  const counted = (kind: Question["kind"], what: string, where: string): Question => {
    return { kind, table, what, sql: `SELECT count(*) AS n FROM ${from} WHERE ${where}` };
  };
  switch (it.kind) {
    case "check":
      return it.notValid ? [] : [counted("violations", it.name, `NOT (${it.expression.sql})`)];
    case "foreignKey": {
      const parents = sameName(it.table, table) ? from : (rows.of(it.table, schema)?.sql ?? null);
      return it.notValid ? [] : [counted("orphans", it.name, orphan(it, parents, spelling))];
    }
    case "primaryKey": {
      const nulls = it.columns.map((column) => `${quote(column)} IS NULL`).join(" OR ");
      const sql = duplicates(from, it.columns.map(quote), {});
      return [
        { kind: "duplicates", table, what: it.name, sql },
        counted("nulls", it.columns.join(", "), nulls),
      ];
    }
    case "unique": {
      const sql = duplicates(from, it.columns.map(quote), { nulls: it.nullsNotDistinct });
      return [{ kind: "duplicates", table, what: it.name, sql }];
    }
  }
}

/** To a table that is only now made, no row can refer. */
function orphan(
  { columns, references }: ForeignKey,
  parents: string | null,
  { quote }: Spelling,
): string {
  const given = columns.map((column) => `${quote(column)} IS NOT NULL`).join(" AND ");
  if (parents === null) return given;
  const own = columns.map(quote).join(", ");
  const theirs = references.map(quote).join(", ");
  const known = references.map((column) => `${quote(column)} IS NOT NULL`).join(" AND ");
  return `${given} AND (${own}) NOT IN (SELECT ${theirs} FROM ${parents} WHERE ${known})`;
}
