/**
 * Foreign keys beside the other changes of their table. A plan takes them apart, so that they may refer to what is only made
 * after those; where nothing between speaks of what they refer to, one call says it all.
 */
import type { ForeignKey, ObjectName, Schema } from "../../model/schema.ts";
import { apply } from "../../operations/apply.ts";
import type { AlterTable } from "../../operations/kinds/tables.ts";
import type { Operation } from "../../operations/operation.ts";
import { keyOf, sameName } from "../compare/pair.ts";

export function keysBeside(
  operations: readonly Operation[],
  current: Schema,
): readonly Operation[] {
  return addedBeside(droppedBeside(operations, current));
}

/** Keys that come join the changes before them. */
function addedBeside(operations: readonly Operation[]): readonly Operation[] {
  const result: Operation[] = [];
  for (const operation of operations) {
    const keys = addedKeys(operation);
    const at = keys && result.findLastIndex((it) => isOf(it, operation));
    const earlier = at === null ? undefined : result[at];
    if (
      keys &&
      at !== null &&
      earlier?.kind === "alterTable" &&
      mayPass(result.slice(at + 1), keys)
    )
      result[at] = { ...earlier, changes: [...earlier.changes, ...changesOf(operation)] };
    else result.push(operation);
  }
  return result;
}

/** Keys that go join the changes behind them. */
function droppedBeside(operations: readonly Operation[], current: Schema): readonly Operation[] {
  const result = [...operations];
  for (let at = operations.length - 1; at >= 0; at -= 1) {
    const operation = result[at];
    const keys =
      operation && droppedKeys(operation, () => operations.slice(0, at).reduce(apply, current));
    if (!operation || !keys) continue;
    const later = result.findIndex((it, place) => place > at && isOf(it, operation));
    const next = result[later];
    if (next?.kind !== "alterTable" || !mayPass(result.slice(at + 1, later), keys)) continue;
    result[later] = { ...next, changes: [...changesOf(operation), ...next.changes] };
    result.splice(at, 1);
  }
  return result;
}

function isOf(it: Operation, operation: Operation): boolean {
  return (
    it.kind === "alterTable" &&
    operation.kind === "alterTable" &&
    sameName(it.table, operation.table)
  );
}

function changesOf(operation: Operation): AlterTable["changes"] {
  return operation.kind === "alterTable" ? operation.changes : [];
}

/** The foreign keys that are all that `operation` adds; null where it does anything else. */
function addedKeys(operation: Operation): readonly ForeignKey[] | null {
  const keys = changesOf(operation).map((it) =>
    it.kind === "addConstraint" && it.constraint.kind === "foreignKey" ? it.constraint : null,
  );
  return allOf(keys);
}

/** The foreign keys that are all that `operation` drops. */
function droppedKeys(operation: Operation, before: () => Schema): readonly ForeignKey[] | null {
  const changes = changesOf(operation);
  if (operation.kind !== "alterTable" || !changes.every(({ kind }) => kind === "dropConstraint"))
    return null;
  const table = before().tables.find(({ name }) => sameName(name, operation.table));
  const keys = changes.map((it) => {
    const found = table?.constraints.find(({ name }) => "name" in it && name === it.name);
    return found?.kind === "foreignKey" ? found : null;
  });
  return allOf(keys);
}

function allOf(keys: readonly (ForeignKey | null)[]): readonly ForeignKey[] | null {
  const found = keys.filter((it) => it !== null);
  return found.length > 0 && found.length === keys.length ? found : null;
}

/** Whether it makes no difference if `keys` are there before or after `between`. */
function mayPass(between: readonly Operation[], keys: readonly ForeignKey[]): boolean {
  const targets = new Set(keys.map(({ table }) => keyOf(table)));
  return between.every((it) => {
    const table = tableOf(it);
    return table !== null && !targets.has(keyOf(table));
  });
}

/** The one table that an operation is about; null where it may be about any. */
function tableOf(operation: Operation): ObjectName | null {
  switch (operation.kind) {
    case "createTable":
      return operation.table.name;
    case "alterTable":
    case "dropTable":
    case "createIndex":
    case "dropIndex":
    case "renameIndex":
      return operation.table;
    case "createEnum":
      return operation.enum.name;
    case "createSequence":
      return operation.sequence.name;
    default:
      return null;
  }
}
