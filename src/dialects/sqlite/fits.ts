/** Whether a value survives a change of its column's type. */
import type { Affinity } from "./types.ts";

/** SQL that is true for a `value` that fits: one that it can be turned back: '12' is 12, '012' and 'abc' are not. */
export function fits(value: string, to: Affinity, strict: boolean): string {
  const kind = `typeof(${value})`;
  const asText = (type: string) => `${value} = CAST(CAST(${value} AS ${type}) AS TEXT)`;
  const exactReal = `CAST(CAST(${value} AS REAL) AS INTEGER) = CAST(${value} AS INTEGER)`;
  switch (to) {
    case "INTEGER":
      return `${kind} IN ('null', 'integer') OR ${kind} = 'real' AND ${value} = CAST(${value} AS INTEGER) OR ${kind} = 'text' AND ${asText("INTEGER")}`;
    case "REAL":
      return `${kind} IN ('null', 'real') OR ${kind} = 'integer' AND ${exactReal} OR ${kind} = 'text' AND (${asText("REAL")} OR ${asText("INTEGER")} AND ${exactReal})`;
    case "NUMERIC":
      return `${kind} IN ('null', 'integer', 'real') OR ${kind} = 'text' AND (${asText("REAL")} OR ${asText("INTEGER")})`;
    case "TEXT":
      return `${kind} IN ('null', 'text', 'integer'${strict ? "" : ", 'blob'"}) OR ${kind} = 'real' AND ${value} = CAST(CAST(${value} AS TEXT) AS REAL)`;
    case "BLOB":
      return strict ? `${kind} IN ('null', 'blob')` : "1"; // anything fits a column without a type
  }
}
