/** Reading a table that is not mig's: that of another tool. */

import type { DialectName } from "../model/schema.ts";
import type { Dialect, Reader } from "./dialect.ts";
import type { Row } from "./statement.ts";

/** The rows of a table, with times as the database writes them; null if there is no such table. */
export async function tableRows(
  { dialect, connection }: { readonly dialect: Dialect; readonly connection: Reader },
  { schema, name }: { readonly schema?: string; readonly name: string },
): Promise<readonly Row[] | null> {
  const table = [schema, name].filter((part) => part !== undefined).map(quoted);
  try {
    return await readers[dialect.name](connection, table.join("."));
  } catch (failure) {
    if (isMissing(failure)) return null;
    throw failure;
  }
}

type Read = (reader: Reader, table: string) => Promise<readonly Row[]>;

const readers: Readonly<Record<DialectName, Read>> = {
  sqlite: (reader, table) => reader.all(`SELECT * FROM ${table}`),
  /** The driver would take a time without a zone for one of this machine's; JSON tells which has one. */
  async postgresql(reader, table) {
    const rows = await reader.all(`SELECT to_json(mig_row) AS row FROM ${table} AS mig_row`);
    return rows.map(({ row }) => row as Row);
  },
};

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
