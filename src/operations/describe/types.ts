/** Types of columns as people know them: `varchar(50)`, `timestamp(3) with time zone`. */
import type { ColumnType } from "../../model/column-type.ts";
import { displayName } from "../../model/schema.ts";

export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case "varchar":
    case "char":
      return `${type.kind}${sizes(type.length)}`;
    case "numeric":
      return `numeric${sizes(type.precision, type.scale)}`;
    case "time":
    case "timestamp":
      return `${type.kind}${sizes(type.precision)}${type.timezone ? " with time zone" : ""}`;
    case "doublePrecision":
      return "double precision";
    case "enum":
      return displayName(type.name);
    case "array":
      return `${typeText(type.of)}${"[]".repeat(type.dimensions)}`;
    case "raw":
      return type.postgresql === type.sqlite ? type.sqlite : `${type.postgresql} or ${type.sqlite}`;
    default:
      return type.kind;
  }
}

function sizes(...given: readonly (number | undefined)[]): string {
  const known = given.filter((size) => size !== undefined);
  return known.length > 0 ? `(${known.join(", ")})` : "";
}
