/** The statements that carry out an operation. */
import type { Operation, Recorded } from "../../operations/operation.ts";
import type { Reader } from "../dialect.ts";
import type { Statement } from "../statement.ts";
import { planChanges } from "./changes.ts";
import { createIndex, createTable } from "./create.ts";
import { sameName } from "./ddl/tokens.ts";
import { dropsTable, planDrop, planSql } from "./drop.ts";
import { planDropIndex } from "./drop-index.ts";
import { insertRows } from "./insert.ts";
import { needless, refused } from "./lacking.ts";
import type { Part } from "./part.ts";
import { isPlain } from "./plain.ts";
import type { Plan, Plans } from "./plan.ts";
import { planRename } from "./rename-index.ts";
import { viewPlans } from "./views.ts";
import { quote, tableName } from "./write.ts";

const plans: Plans<Operation> = {
  createTable: ({ table, options }) => [{ sql: createTable(table, options.ifNotExists) }],
  dropTable: planDrop,
  renameTable: ({ from, to }) => renameTable(tableName(from), to),
  alterTable: planChanges,
  createIndex: ({ table, index, ifNotExists }) => [
    { sql: createIndex(tableName(table), index, ifNotExists) },
  ],
  dropIndex: planDropIndex,
  renameIndex: planRename,
  ...viewPlans,
  insert: ({ table, rows }) => insertRows(tableName(table), rows).map((sql) => ({ sql })),
  execute: planSql,
  run: () => [],
  ...needless,
  ...refused,
};

/** What is checked is compiled soon after. */
const planned = new WeakMap<Operation, Plan>();

function plan(operation: Operation): Plan {
  const known = planned.get(operation);
  if (known !== undefined) return known;
  const make = plans[operation.kind] as (operation: Operation) => Plan;
  const made = make(operation);
  planned.set(operation, made);
  return made;
}

/** The statements of `recorded` on the database that `reader` shows. */
export async function compile(recorded: Recorded, reader: Reader): Promise<readonly Statement[]> {
  const made = plan(recorded.operation);
  const parts = typeof made === "function" ? await made(reader) : made;
  return parts.map(({ restores: _restores, copies: _copies, ...part }) => ({
    ...part,
    from: recorded,
  }));
}

/** Refuse what can be refused without the tables as they are. */
export function check({ operation }: Recorded): void {
  plan(operation);
}

/** Whether foreign keys have to be off: what drops a table, or may rebuild one, deletes the rows that refer to it else. */
export function suspendsForeignKeys(operation: Operation): boolean {
  if (operation.kind === "alterTable") return !isPlain(operation);
  // A rebuild that was written by hand, as drizzle-kit writes them, deletes rows just the same.
  if (operation.kind === "execute") return dropsTable(operation.sql);
  return operation.kind === "dropTable";
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
