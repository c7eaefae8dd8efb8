/** Tables, each with all that belongs to it. */
import type { SchemaTable } from "../../../model/schema.ts";
import type { Policy } from "../../../model/security.ts";
import { withoutParentheses } from "../expression.ts";
import { columnSource, columnsOf } from "./columns.ts";
import type { CommentOf } from "./comments.ts";
import { type ColumnNames, constraintsOf } from "./constraints.ts";
import { indexSource } from "./indexes.ts";
import { byName, grouped, type Names } from "./names.ts";
import type { RelationRow } from "./object-questions.ts";
import type { Catalogue } from "./read.ts";
import type { PolicyRow } from "./table-questions.ts";

/** The tables of `catalogue`; `kept` are the relations that are not left out. */
export function tablesOf(
  catalogue: Catalogue,
  kept: readonly RelationRow[],
  commentOf: CommentOf,
  names: Names,
): readonly SchemaTable[] {
  const rows = {
    columns: grouped(catalogue.columns),
    constraints: grouped(catalogue.constraints),
    policies: grouped(catalogue.policies),
  };
  const sources = {
    columns: columnSource(catalogue, commentOf, names),
    constraints: { indexes: new Map(catalogue.indexes.map((it) => [it.id, it])), commentOf, names },
  };
  const indexesOn = indexSource(catalogue, commentOf, names);
  const tables = kept.filter(({ kind }) => kind === "r" || kind === "p");
  return tables
    .map((row): SchemaTable => {
      const columns = rows.columns.get(row.id) ?? [];
      const columnNames: ColumnNames = new Map(columns.map((it) => [it.number, it.name]));
      return {
        name: names.of(row.schema, row.name),
        columns: columnsOf(row, columns, sources.columns),
        constraints: constraintsOf(
          rows.constraints.get(row.id) ?? [],
          columnNames,
          sources.constraints,
        ),
        indexes: indexesOn(row.id),
        policies: (rows.policies.get(row.id) ?? [])
          .map((it) => policyOf(it, commentOf))
          .sort(byName),
        rowSecurity: { enabled: row.rowSecurity, forced: row.rowSecurityForced },
        ...commentOf("pg_class", row.id),
      };
    })
    .sort(byName);
}

const commands: Readonly<Record<PolicyRow["command"], Policy["for"]>> = {
  "*": "all",
  r: "select",
  a: "insert",
  w: "update",
  d: "delete",
};

function policyOf(row: PolicyRow, commentOf: CommentOf): Policy {
  return {
    name: row.name,
    as: row.permissive ? "permissive" : "restrictive",
    for: commands[row.command],
    to: row.to,
    ...(row.using !== null && { using: { sql: withoutParentheses(row.using) } }),
    ...(row.withCheck !== null && { withCheck: { sql: withoutParentheses(row.withCheck) } }),
    ...commentOf("pg_policy", row.id),
  };
}
