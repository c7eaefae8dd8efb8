/** One line for people about an operation: "+ column posts.slug". */
import type { ColumnType } from "../model/column-type.ts";
import { displayName, type TableName } from "../model/schema.ts";
import type { Operation, TableChange } from "./operation.ts";

/** What `operation` does, marked + for what appears, - for what goes, ~ for what changes, > for SQL and work. */
export function describe(operation: Operation): string {
  switch (operation.kind) {
    case "createTable":
      return `+ table ${displayName(operation.table.name)}`;
    case "dropTable":
      return `- table ${displayName(operation.table)}`;
    case "renameTable":
      return `~ table ${displayName(operation.from)}, now ${operation.to}`;
    case "alterTable":
      return operation.changes.map((change) => describeChange(operation.table, change)).join("; ");
    case "createIndex":
      return `+ index ${operation.index.name} on ${displayName(operation.table)}`;
    case "dropIndex":
      return `- index ${operation.name} on ${displayName(operation.table)}`;
    case "insert":
      return `+ ${operation.rows.length} row${operation.rows.length === 1 ? "" : "s"} in ${displayName(operation.table)}`;
    case "execute":
      return `> ${firstLine(operation.sql)}`;
    case "run":
      return `> ${operation.what}`;
  }
}

function describeChange(table: TableName, change: TableChange): string {
  const name = displayName(table);
  switch (change.kind) {
    case "addColumn":
      return `+ column ${name}.${change.column.name}`;
    case "dropColumn":
      return `- column ${name}.${change.name}`;
    case "renameColumn":
      return `~ column ${name}.${change.from}, now ${change.to}`;
    case "alterColumn":
      return `~ column ${name}.${change.name}: ${describeAlteration(change.to)}`;
    case "addConstraint":
      return `+ constraint ${change.constraint.name} on ${name}`;
    case "dropConstraint":
      return `- constraint ${change.name} on ${name}`;
  }
}

function describeAlteration(to: Extract<TableChange, { kind: "alterColumn" }>["to"]): string {
  const parts = [
    to.type && `type ${typeName(to.type)}`,
    to.notNull !== undefined && (to.notNull ? "not null" : "nullable"),
    to.default === null ? "no default" : to.default !== undefined && "default",
  ];
  return parts.filter(Boolean).join(", ") || "nothing";
}

function typeName(type: ColumnType): string {
  if (type.kind !== "raw") return type.kind;
  return type.postgresql === type.sqlite ? type.sqlite : `${type.postgresql} or ${type.sqlite}`;
}

function firstLine(text: string): string {
  // A comment above a statement must not hide it.
  const line =
    text.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/, "").split("\n", 1)[0] ?? "";
  return line.length > 100 ? `${line.slice(0, 99)}…` : line;
}
