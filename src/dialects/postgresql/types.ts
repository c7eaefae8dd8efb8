/** How PostgreSQL spells the types of columns. https://www.postgresql.org/docs/current/datatype.html */
import type { ColumnType } from "../../model/column-type.ts";
import { qualified } from "./write.ts";

/** `type` as PostgreSQL writes it. */
export function typeText(type: ColumnType): string {
  switch (type.kind) {
    case "text":
    case "smallint":
    case "integer":
    case "bigint":
    case "smallserial":
    case "serial":
    case "bigserial":
    case "real":
    case "boolean":
    case "date":
    case "interval":
    case "json":
    case "jsonb":
    case "uuid":
    case "bytea":
      return type.kind;
    case "varchar":
    case "char":
      return `${type.kind}${sizes(type.length)}`;
    case "doublePrecision":
      return "double precision";
    case "numeric":
      return `numeric${sizes(type.precision, type.scale)}`;
    case "time":
    case "timestamp":
      return `${type.kind}${sizes(type.precision)}${type.timezone ? " with time zone" : ""}`;
    case "enum":
      return qualified(type.name);
    case "array":
      return `${typeText(type.of)}${"[]".repeat(type.dimensions)}`;
    case "raw":
      return type.postgresql;
  }
}

/** `(10, 2)`, or nothing where no size is given. */
function sizes(...given: readonly (number | undefined)[]): string {
  const known = given.filter((size) => size !== undefined);
  return known.length > 0 ? `(${known.join(", ")})` : "";
}
