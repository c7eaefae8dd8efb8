/** Storage parameters from the catalogue: `fillfactor=70`. */
import type { Parameters } from "../../../model/schema.ts";

export function parametersOf(rows: readonly string[] | null): { readonly with?: Parameters } {
  if (rows === null || rows.length === 0) return {};
  const entries = rows.map((row): [string, string | number | boolean] => {
    const equals = row.indexOf("=");
    return [row.slice(0, equals), parameterValue(row.slice(equals + 1))];
  });
  return { with: Object.fromEntries(entries) };
}

/** What `text` means: the catalogue keeps it as it was written, `on` for one, `true` for another. */
export function parameterValue(text: string): string | number | boolean {
  if (/^(?:true|on|yes)$/i.test(text)) return true;
  if (/^(?:false|off|no)$/i.test(text)) return false;
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}
