/** Reading a table that is not mig's: that of another tool. */
import type { Reader } from "./dialect.ts";
import type { Row } from "./statement.ts";

/** The rows of a table as they come; null if there is no such table. */
export async function tableRows(
  reader: Reader,
  { schema, name }: { readonly schema?: string; readonly name: string },
): Promise<readonly Row[] | null> {
  const table = [schema, name].filter((part) => part !== undefined).map(quoted);
  try {
    return await reader.all(`SELECT * FROM ${table.join(".")}`);
  } catch (failure) {
    if (isMissing(failure)) return null;
    throw failure;
  }
}

/** Both databases quote names so. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** undefined_table and invalid_schema_name: https://www.postgresql.org/docs/current/errcodes-appendix.html */
function isMissing(failure: unknown): boolean {
  for (let at = failure; at instanceof Error; at = at.cause) {
    const { code } = at as { code?: unknown };
    if (code === "42P01" || code === "3F000" || /^no such table: /.test(at.message)) return true;
  }
  return false;
}
