/** The rows of a table as a draft will have left them by then, as far as a query on those that exist can say. */
import type { Column, Schema, TableName } from "../../model/schema.ts";
import { named, renamed } from "../../operations/apply/names.ts";
import type { TableChange } from "../../operations/kinds/tables.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Spelling } from "./spelling.ts";

export interface Rows {
  /** What to select from; null for a table that the draft itself makes, which has no rows. */
  from(table: TableName): string | null;
  /** Take in what `operation` does to a database like `before`. */
  after(operation: Operation, before: Schema): void;
}

interface Source {
  readonly sql: string;
  /** The columns, where they are not those of the table itself. */
  readonly columns: readonly string[];
}

export function createRows(spelling: Spelling): Rows {
  const sources = new Map<string, Source | null>();
  const key = (table: TableName) => JSON.stringify(table);
  const from = (table: TableName) => {
    const source = sources.get(key(table));
    return source === undefined ? spelling.table(table) : (source?.sql ?? null);
  };
  return {
    from,
    after(operation, before) {
      switch (operation.kind) {
        case "createTable":
          sources.set(key(operation.table.name), null);
          break;
        case "renameTable": {
          const { from: old, to } = operation;
          const source = sources.get(key(old));
          const sql = `(SELECT * FROM ${from(old)}) AS ${spelling.quote(to)}`;
          sources.set(key(renamed(old, to)), source === null ? null : { sql, columns: [] });
          break;
        }
        case "alterTable": {
          const { table, changes } = operation;
          const columns = before.tables.find(named(table))?.columns ?? [];
          const known = sources.get(key(table));
          if (known === null) break;
          const start: Source = { sql: from(table) ?? "", columns: columns.map(({ name }) => name) };
          const alias = spelling.quote(typeof table === "string" ? table : table.name);
          sources.set(
            key(table),
            changes.reduce((source: Source, it) => changedBy(it, source, alias, spelling), start),
          );
          break;
        }
        default:
      }
    },
  };
}

/** `source` after a change of its columns. */
export function changedBy(
  change: TableChange,
  { sql, columns }: Source,
  alias: string,
  spelling: Spelling,
): Source {
  const { quote } = spelling;
  const select = (items: readonly string[]) =>
    `(SELECT ${items.length > 0 ? items.join(", ") : "NULL AS nothing"} FROM ${sql}) AS ${alias}`;
  switch (change.kind) {
    case "addColumn": {
      const { column, backfill } = change;
      const value = backfill ?? valueOf(column);
      const added = `${value === null ? "NULL" : spelling.value(value)} AS ${quote(column.name)}`;
      return {
        sql: select([...columns.map(quote), added]),
        columns: [...columns, column.name],
      };
    }
    case "dropColumn": {
      const left = columns.filter((name) => name !== change.name);
      return { sql: select(left.map(quote)), columns: left };
    }
    case "renameColumn": {
      const { from, to } = change;
      const items = columns.map((name) =>
        name === from ? `${quote(from)} AS ${quote(to)}` : quote(name),
      );
      return { sql: select(items), columns: columns.map((name) => (name === from ? to : name)) };
    }
    case "alterColumn": {
      const { name, to } = change;
      const value = to.type && !to.using ? spelling.converted(quote(name), to.type) : null;
      if (value === null) return { sql, columns };
      const items = columns.map((it) => (it === name ? `${value} AS ${quote(it)}` : quote(it)));
      return { sql: select(items), columns };
    }
    default:
      return { sql, columns };
  }
}

function valueOf({ generated, default: initial }: Column) {
  return generated?.as ?? initial ?? null;
}
