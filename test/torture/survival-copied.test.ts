/** The same, where every change is made by a copy of the table, needed or not. */
import { expect } from "vitest";
import type { BatchOp, Op } from "../../src/operations/op.ts";
import { tortureCases } from "./cases.ts";
import { refusalOf } from "./scene.ts";
import { sceneFor, survivals, survives } from "./survival.ts";

tortureCases("what survives a copy of its table", survivals, async (it) => {
  const { up, down } = it.change;
  const scene = await sceneFor(it, {
    up: (op) => up(copying(op)),
    ...(down && { down: (op: Op) => down(copying(op)) }),
  });
  if (it.refused === undefined) await survives(it, scene);
  else expect(await refusalOf(scene)).toContain(it.refused);
});

/** Each change of a table as a batch that copies it. */
function copying(op: Op): Op {
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
