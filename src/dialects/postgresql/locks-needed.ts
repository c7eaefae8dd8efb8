/** How many entries of the server's lock table operations take until their transaction ends. */
import type { Column, Table } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";

/** About how many locks `operation` adds. Each relation is one, and a table is rarely a single relation. */
export function locksNeeded(operation: Operation): number {
  switch (operation.kind) {
    case "createTable":
      return tableLocks(operation.table);
    case "dropTable":
      // The table, its primary key, its long values and their index.
      return 4;
    case "renameTable":
    case "alterTable":
    case "insert":
      return 1;
    case "createIndex":
    case "dropIndex":
      return 2;
    case "execute":
    case "run":
      // Not known; most work on tables that others of the revision have locked.
      return 1;
  }
}

function tableLocks({ columns, constraints }: Table): number {
  const indexes = constraints.filter(({ kind }) => kind === "primaryKey" || kind === "unique");
  const sequences = columns.filter(({ identity }) => identity !== undefined);
  // Long values are kept in a table of their own, with an index.
  const long = columns.some(isLong) ? 2 : 0;
  return 1 + indexes.length + sequences.length + long;
}

/** True when a value may not fit in a page. https://www.postgresql.org/docs/current/storage-toast.html */
function isLong({ type }: Column): boolean {
  switch (type.kind) {
    case "text":
    case "json":
    case "jsonb":
    case "bytea":
    case "raw":
      return true;
    case "varchar":
    case "char":
      return type.kind === "varchar"
        ? type.length === undefined || type.length > 500
        : (type.length ?? 1) > 500;
    case "numeric":
      return type.precision === undefined;
    case "smallint":
    case "integer":
    case "bigint":
    case "real":
    case "doublePrecision":
    case "boolean":
    case "date":
    case "time":
    case "timestamp":
    case "interval":
    case "uuid":
      return false;
  }
}
