/** Storage parameters of indexes and views. https://www.postgresql.org/docs/current/sql-createtable.html#SQL-CREATETABLE-STORAGE-PARAMETERS */
import type { Parameters } from "../../model/schema.ts";
import { literal, quote } from "./write.ts";

/** `WITH ("fillfactor"=70)`, or nothing where there are none. */
export function parametersText(parameters: Parameters | undefined): string | undefined {
  const all = Object.entries(parameters ?? {});
  if (all.length === 0) return undefined;
  return `WITH (${all.map(([name, value]) => `${nameText(name)}=${literal(value)}`).join(", ")})`;
}

/** `toast.autovacuum_enabled` is a parameter of the table of long values. */
function nameText(name: string): string {
  return name.split(".").map(quote).join(".");
}
