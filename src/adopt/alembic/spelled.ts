/** Types as SQLAlchemy spells them on SQLite, for a history whose other tables Alembic itself made. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Scope } from "./scope.ts";

/** `type` as it is, unless the names of SQLite's types are to be those of SQLAlchemy. */
export function spelled(type: ColumnType, { asAlembic = false }: Scope): ColumnType {
  const words = asAlembic ? wordsOf(type) : null;
  if (words === null) return type;
  const [postgresql, sqlite] = words;
  return { kind: "raw", postgresql, sqlite };
}

/** What PostgreSQL and SQLite are told; null where Drizzle's word is the same. */
function wordsOf(type: ColumnType): readonly [postgresql: string, sqlite: string] | null {
  switch (type.kind) {
    case "varchar":
    case "char": {
      const size = type.length === undefined ? "" : `(${type.length})`;
      return [`${type.kind}${size}`, `${type.kind.toUpperCase()}${size}`];
    }
    case "numeric": {
      const sizes = [type.precision, type.scale].filter((it) => it !== undefined);
      return sizes.length === 0
        ? null
        : [`numeric(${sizes.join()})`, `NUMERIC(${sizes.join(", ")})`];
    }
    case "time":
    case "timestamp": {
      const precision = type.precision === undefined ? "" : `(${type.precision})`;
      const zone = type.timezone ? " with time zone" : "";
      return [`${type.kind}${precision}${zone}`, type.kind === "time" ? "TIME" : "DATETIME"];
    }
    case "boolean":
    case "date":
    case "bigint":
    case "smallint":
    case "json":
      return [type.kind, type.kind.toUpperCase()];
    case "interval":
      return ["interval", "DATETIME"];
    case "doublePrecision":
      return ["double precision", "FLOAT"];
    case "uuid":
      return ["uuid", "CHAR(32)"];
    default:
      return null;
  }
}
