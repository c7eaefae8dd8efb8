/** The statements that carry out an operation. */
import { describe } from "../../operations/describe.ts";
import type { Operation, Recorded } from "../../operations/operation.ts";
import type { Reader } from "../dialect.ts";
import type { Statement } from "../statement.ts";
import { alterTable } from "./alter.ts";
import { createIndex, createTable } from "./create.ts";
import { sameName, significant, tokenize } from "./ddl/tokens.ts";
import { insertRows } from "./insert.ts";
import type { Part } from "./part.ts";
import { isPlain, plainChanges } from "./plain.ts";
import { inTransaction } from "./proof.ts";
import { split } from "./split.ts";
import { quote, tableName } from "./write.ts";

/** The statements of `recorded` on the database that `reader` shows. */
export async function compile(recorded: Recorded, reader: Reader): Promise<readonly Statement[]> {
  const { operation } = recorded;
  const parts = await partsOf(operation, reader);
  return parts.map(({ sql, verify }) => ({ sql, from: recorded, ...(verify && { verify }) }));
}

async function partsOf(operation: Operation, reader: Reader): Promise<readonly Part[]> {
  if (operation.kind === "alterTable" && !isPlain(operation.changes)) {
    return alterTable(operation, reader);
  }
  return partsWithout(operation);
}

/** Refuse what can be refused without the tables as they are. */
export function check({ operation }: Recorded): void {
  if (operation.kind === "alterTable" && !isPlain(operation.changes)) tableName(operation.table);
  else partsWithout(operation);
}

/** The parts of an operation that is the same whatever the tables are like. */
function partsWithout(operation: Operation): readonly Part[] {
  switch (operation.kind) {
    case "createTable":
      return [{ sql: createTable(operation.table, operation.options.ifNotExists) }];
    case "dropTable":
      return [
        inTransaction(describe(operation)),
        { sql: `DROP TABLE ${ifExists(operation)}${quote(tableName(operation.table))}` },
      ];
    case "renameTable":
      return renameTable(tableName(operation.from), operation.to);
    case "alterTable":
      return plainChanges(operation);
    case "createIndex": {
      const table = tableName(operation.table);
      return [{ sql: createIndex(table, operation.index, operation.ifNotExists) }];
    }
    case "dropIndex":
      tableName(operation.table);
      return [{ sql: `DROP INDEX ${ifExists(operation)}${quote(operation.name)}` }];
    case "insert":
      return insertRows(tableName(operation.table), operation.rows).map((sql) => ({ sql }));
    case "execute":
      return split(operation.sql).map(({ sql }) => ({ sql }));
    case "run":
      return [];
  }
}

/** Whether foreign keys have to be off: what drops a table, or may rebuild one, deletes the rows that refer to it else. */
export function suspendsForeignKeys(operation: Operation): boolean {
  if (operation.kind === "alterTable") return !isPlain(operation.changes);
  if (operation.kind === "execute") return dropsTable(operation.sql);
  return operation.kind === "dropTable";
}

/** A rebuild that was written by hand, as drizzle-kit writes them, deletes rows just the same. */
function dropsTable(sql: string): boolean {
  if (!/\bDROP\b/i.test(sql)) return false;
  return split(sql).some((statement) => {
    const [first, second] = significant(tokenize(statement.sql));
    return first?.text.toUpperCase() === "DROP" && second?.text.toUpperCase() === "TABLE";
  });
}

function ifExists(operation: { readonly ifExists: boolean }): string {
  return operation.ifExists ? "IF EXISTS " : "";
}

/**
 * SQLite rewrites the keys, views and triggers that mention the table, and refuses where it cannot. A name that differs in
 * case only is taken, by the table itself.
 */
function renameTable(from: string, to: string): Part[] {
  const names = sameName(from, to) ? [from, `_mig_${from}`, to] : [from, to];
  return names
    .slice(1)
    .map((name, at) => ({ sql: `ALTER TABLE ${quote(names[at] ?? "")} RENAME TO ${quote(name)}` }));
}
