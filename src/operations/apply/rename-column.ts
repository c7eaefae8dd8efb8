/** A schema after a column got another name, wherever the column is listed. */
import type {
  Constraint,
  ForeignKey,
  Index,
  Schema,
  SchemaTable,
  TableName,
} from "../../model/schema.ts";
import type { Grant } from "../../model/security.ts";
import { withSequence } from "../identity-sequence.ts";
import type { Operation } from "../operation.ts";
import { findTable } from "./applier.ts";
import { findColumn, refuseColumn } from "./columns.ts";
import { mapped } from "./lists.ts";
import { sameName } from "./names.ts";

export function renameColumn(
  schema: Schema,
  of: TableName,
  { from, to }: { readonly from: string; readonly to: string },
  operation: Operation,
): Schema {
  const table = findTable(schema, of, operation);
  findColumn(table, from, operation);
  refuseColumn(table, to, operation);
  const names = (columns: readonly string[]) => columns.map((it) => (it === from ? to : it));
  return {
    ...schema,
    tables: mapped(schema.tables, (it) => {
      const referring = inForeignKeys(it, of, names);
      return it === table ? inTable(referring, names) : referring;
    }),
    grants: schema.grants.map((it) => inGrant(it, of, names)),
  };
}

type Names = (columns: readonly string[]) => readonly string[];

function inTable(table: SchemaTable, names: Names): SchemaTable {
  const columns = table.columns.map((it) => {
    const column = { ...it, name: names([it.name])[0] ?? it.name };
    return withSequence(column, table.name, { of: table.name, name: it.name });
  });
  return {
    ...table,
    columns,
    constraints: table.constraints.map((it) => inConstraint(it, names)),
    indexes: table.indexes.map((it) => inIndex(it, names)),
  };
}

function inConstraint(constraint: Constraint, names: Names): Constraint {
  if (constraint.kind === "check") return constraint;
  const columns = names(constraint.columns);
  if (constraint.kind === "foreignKey" || constraint.include === undefined) {
    return { ...constraint, columns };
  }
  return { ...constraint, columns, include: names(constraint.include) };
}

function inIndex(index: Index, names: Names): Index {
  const columns = index.columns.map((it) =>
    typeof it.of === "string" ? { ...it, of: names([it.of])[0] ?? it.of } : it,
  );
  return { ...index, columns, ...(index.include && { include: names(index.include) }) };
}

/** The keys of any table that refer to columns of `of`. */
function inForeignKeys(table: SchemaTable, of: TableName, names: Names): SchemaTable {
  const refers = (it: Constraint): it is ForeignKey =>
    it.kind === "foreignKey" && sameName(it.table, of);
  if (!table.constraints.some(refers)) return table;
  const constraints = table.constraints.map((it) =>
    refers(it) ? { ...it, references: names(it.references) } : it,
  );
  return { ...table, constraints };
}

function inGrant(grant: Grant, of: TableName, names: Names): Grant {
  const { on } = grant;
  if (!("table" in on) || on.columns === undefined || !sameName(on.table, of)) return grant;
  return { ...grant, on: { ...on, columns: names(on.columns) } };
}
