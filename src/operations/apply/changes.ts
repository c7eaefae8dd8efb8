/** A schema after one change of a table. */
import type { Schema, SchemaTable, TableName } from "../../model/schema.ts";
import type { Operation, TableChange } from "../operation.ts";
import { updateTable } from "./applier.ts";
import { addColumn, alterColumn, dropColumn } from "./columns.ts";
import {
  addConstraint,
  dropConstraint,
  renameConstraint,
  validateConstraint,
} from "./constraints.ts";
import { grantsWithoutColumn } from "./grants.ts";
import { renameColumn } from "./rename-column.ts";

/** `schema` after `change` of the table `of`; `operation` is what it belongs to, for messages. */
export function applyChange(
  schema: Schema,
  of: TableName,
  change: TableChange,
  operation: Operation,
): Schema {
  if (change.kind === "renameColumn") return renameColumn(schema, of, change, operation);
  const changed = updateTable(schema, of, operation, (table) =>
    changeTable(table, change, operation),
  );
  if (change.kind !== "dropColumn") return changed;
  return { ...changed, grants: grantsWithoutColumn(changed.grants, of, change.name) };
}

function changeTable(
  table: SchemaTable,
  change: Exclude<TableChange, { readonly kind: "renameColumn" }>,
  operation: Operation,
): SchemaTable {
  switch (change.kind) {
    case "addColumn":
      return addColumn(table, change, operation);
    case "dropColumn":
      return dropColumn(table, change.name, operation);
    case "alterColumn":
      return alterColumn(table, change.name, change.to, operation);
    case "addConstraint":
      return addConstraint(table, change.constraint, operation);
    case "dropConstraint":
      return dropConstraint(table, change.name);
    case "renameConstraint":
      return renameConstraint(table, change, operation);
    case "validateConstraint":
      return validateConstraint(table, change.name);
  }
}
