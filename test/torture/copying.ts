/** Changes that are made by a copy of their table, needed or not. */
import type { BatchOp, Op } from "../../src/operations/op.ts";
import type { Scripts } from "../support/history.ts";

/** The same scripts, with a copy for each change. */
export function copying({ up, down }: Scripts): Scripts {
  return {
    up: (op) => up(copies(op)),
    ...(down && { down: (op: Op) => down(copies(op)) }),
  };
}

/** Each change of a table as a batch that copies it. */
function copies(op: Op): Op {
  const batch = (table: string, changes: (it: BatchOp) => void) =>
    op.batchAlterTable(table, changes, { recreate: "always" });
  const name = (table: Parameters<Op["dropTable"]>[0]) =>
    typeof table === "string" ? table : table.name;
  return {
    ...op,
    batchAlterTable: (table, changes) => batch(name(table), changes),
    addColumn: (table, column) => batch(name(table), (it) => it.addColumn(column)),
    dropColumn: (table, column) => batch(name(table), (it) => it.dropColumn(column)),
    alterColumn: (table, column, to) => batch(name(table), (it) => it.alterColumn(column, to)),
    addConstraint: (table, it) => batch(name(table), (p) => p.addConstraint(it)),
    dropConstraint: (table, it) => batch(name(table), (p) => p.dropConstraint(it)),
  };
}
