/** A table's columns and nothing else, for expressions to stand on. */
import type { ColumnType } from "../../model/column-type.ts";
import type { SchemaTable } from "../../model/schema.ts";
import { plainName } from "./normalise-slots.ts";
import { typeText } from "./types.ts";
import { quote } from "./write.ts";

/** As a temporary table: its name has to be the one that expressions may say. */
export function scratchTable(table: SchemaTable): string {
  const columns = table.columns.map(({ name, type }) => `${quote(name)} ${typeText(stored(type))}`);
  return `CREATE TEMPORARY TABLE ${quote(plainName(table.name))} (${columns.join(", ")})`;
}

/** What a serial column holds: the word would make a sequence. */
export function stored(type: ColumnType): ColumnType {
  switch (type.kind) {
    case "smallserial":
      return { kind: "smallint" };
    case "serial":
      return { kind: "integer" };
    case "bigserial":
      return { kind: "bigint" };
    default:
      return type;
  }
}
