/** The lines of the changes of a table. */
import type { ColumnType } from "../../model/column-type.ts";
import { displayName, type TableName } from "../../model/schema.ts";
import type { ColumnAlteration, TableChange } from "../operation.ts";

export function describeChange(table: TableName, change: TableChange): string {
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
    case "renameConstraint":
      return `~ constraint ${change.from} on ${name}, now ${change.to}`;
    case "validateConstraint":
      return `~ constraint ${change.name} on ${name}: validated`;
  }
}

function describeAlteration(to: ColumnAlteration): string {
  const parts = [
    to.type && `type ${typeName(to.type)}`,
    to.notNull !== undefined && (to.notNull ? "not null" : "nullable"),
    to.default === null ? "no default" : to.default !== undefined && "default",
    present("identity", to.identity),
    to.autoIncrement !== undefined && (to.autoIncrement ? "auto increment" : "no auto increment"),
    to.generated === null ? "no longer generated" : to.generated && "generated",
    to.collation ? `collation ${displayName(to.collation)}` : present("collation", to.collation),
    present("comment", to.comment),
    to.using && !to.type && "new values",
    to.backfill && "values where there is none",
  ];
  return parts.filter(Boolean).join(", ") || "nothing";
}

/** `identity`, or `no identity` where it is taken away. */
function present(what: string, value: unknown): string | false {
  if (value === undefined) return false;
  return value === null ? `no ${what}` : what;
}

function typeName(type: ColumnType): string {
  if (type.kind === "enum") return displayName(type.name);
  if (type.kind === "array") return `${typeName(type.of)}${"[]".repeat(type.dimensions)}`;
  if (type.kind !== "raw") return type.kind;
  return type.postgresql === type.sqlite ? type.sqlite : `${type.postgresql} or ${type.sqlite}`;
}
