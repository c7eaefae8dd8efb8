/** Whether a value survives a change of its column's type. */
import type { Affinity } from "./types.ts";

/**
 * SQL that is true for a `value` that fits: one that it can be turned back: '12' is 12, '012' and 'abc' are not. Never
 * NULL, and what most values are is asked first.
 */
export function fits(value: string, to: Affinity, strict: boolean): string {
  const asText = (type: string) => `${value} = CAST(CAST(${value} AS ${type}) AS TEXT)`;
  const exactReal = `CAST(CAST(${value} AS REAL) AS INTEGER) = CAST(${value} AS INTEGER)`;
  switch (to) {
    case "INTEGER":
      return byKind(value, ["integer", "null"], {
        real: `${value} = CAST(${value} AS INTEGER)`,
        text: asText("INTEGER"),
      });
    case "REAL":
      return byKind(value, ["real", "null"], {
        integer: exactReal,
        text: `${asText("REAL")} OR ${asText("INTEGER")} AND ${exactReal}`,
      });
    case "NUMERIC":
      return byKind(value, ["integer", "real", "null"], {
        text: `${asText("REAL")} OR ${asText("INTEGER")}`,
      });
    case "TEXT":
      return byKind(value, ["text", "integer", "null", ...(strict ? [] : ["blob"])], {
        real: `${value} = CAST(CAST(${value} AS TEXT) AS REAL)`,
      });
    case "BLOB":
      // Anything fits a column without a type.
      return strict ? byKind(value, ["blob", "null"], {}) : "1";
  }
}

function byKind(
  value: string,
  fitting: readonly string[],
  perhaps: Readonly<Record<string, string>>,
): string {
  const whens = [
    ...fitting.map((kind) => `WHEN '${kind}' THEN 1`),
    ...Object.entries(perhaps).map(([kind, fits]) => `WHEN '${kind}' THEN ${fits}`),
  ];
  return `CASE typeof(${value}) ${whens.join(" ")} ELSE 0 END`;
}
