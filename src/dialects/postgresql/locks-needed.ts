/** How many entries of the server's lock table operations take until their transaction ends. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Column, Constraint } from "../../model/schema.ts";
import type { Operation, TableChange } from "../../operations/operation.ts";
import { leadingTokens } from "./lex.ts";

/** About how many locks `operation` adds. Each relation is one, and a table is rarely a single relation. */
export function locksNeeded(operation: Operation): number {
  switch (operation.kind) {
    case "createTable": {
      const { columns, constraints } = operation.table;
      return 1 + sum(columns, sequences) + sum(constraints, indexes) + longValues(columns);
    }
    case "dropTable":
      // The table, its primary key, its long values and their index.
      return 4;
    case "alterTable":
      return 1 + sum(operation.changes, changeLocks);
    case "createIndex":
    case "dropIndex":
    case "renameIndex":
      return 2;
    case "createView":
      return operation.view.materialized ? filledView : 2;
    case "refreshView":
      return filledView;
    case "alterEnum":
      return sum(operation.columns, () => rewrittenTable);
    case "execute":
      return makesRelations(operation.sql) ? 1 : 0;
    case "insert":
      return 0;
    default:
      return 1;
  }
}

/**
 * Whether SQL may lock a relation that nothing else of the revision has locked. Thousands of rows, comments and grants go
 * to a few tables: a script of them is not to be refused for its length.
 */
function makesRelations(sql: string): boolean {
  const [word = ""] = leadingTokens(sql, 1);
  return /^(?:create|drop|alter|refresh|reindex|do|call|import)$/i.test(word);
}

/** What a table is copied into and what it reads: the new table, its long values, and its indexes. */
const rewrittenTable = 4;
const filledView = 8;

function changeLocks(change: TableChange): number {
  if (change.kind === "alterColumn") return change.to.type ? rewrittenTable : 0;
  if (change.kind === "addColumn") return sequences(change.column) + longValues([change.column]);
  if (change.kind !== "addConstraint") return 0;
  // A foreign key locks the other table.
  return change.constraint.kind === "foreignKey" ? 1 : indexes(change.constraint);
}

function indexes({ kind }: Constraint): number {
  return kind === "primaryKey" || kind === "unique" ? 1 : 0;
}

function sequences({ identity, type }: Column): number {
  return identity !== undefined || type.kind.endsWith("serial") ? 1 : 0;
}

/** Long values are kept in a table of their own, with an index. */
function longValues(columns: readonly Column[]): number {
  const kept = columns.filter(({ generated }) => generated?.stored !== false);
  return kept.some(({ type }) => isLong(type)) ? 2 : 0;
}

/** True when a value may not fit in a page. https://www.postgresql.org/docs/current/storage-toast.html */
function isLong(type: ColumnType): boolean {
  switch (type.kind) {
    case "text":
    case "json":
    case "jsonb":
    case "bytea":
    case "array":
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
    case "smallserial":
    case "serial":
    case "bigserial":
    case "real":
    case "doublePrecision":
    case "boolean":
    case "date":
    case "time":
    case "timestamp":
    case "interval":
    case "uuid":
    case "enum":
      return false;
  }
}

function sum<Item>(items: readonly Item[], count: (item: Item) => number): number {
  return items.reduce((total, item) => total + count(item), 0);
}
