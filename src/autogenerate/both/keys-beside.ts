/**
 * Foreign keys beside the other changes of their table. A plan takes them apart, so that they may refer to what is only made
 * after those; where nothing between speaks of what they refer to, one call says it all.
 */
import type { ForeignKey, ObjectName, Schema } from "../../model/schema.ts";
import { apply } from "../../operations/apply.ts";
import type { Operation, TableChange } from "../../operations/operation.ts";
import { sameName } from "../compare/pair.ts";

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
    const at = keys.length === 0 ? -1 : result.findLastIndex((it) => isOf(it, operation));
    const earlier = result[at];
    const between = result.slice(at + 1);
    const [joins, stays] = divided(operation, keys, (key) => at >= 0 && mayPass(between, key));
    if (earlier?.kind === "alterTable" && joins.length > 0)
      result[at] = { ...earlier, changes: [...earlier.changes, ...joins] };
    result.push(...stays);
  }
  return result;
}

/** Keys that go join the changes behind them. */
function droppedBeside(operations: readonly Operation[], current: Schema): readonly Operation[] {
  let result: readonly Operation[] = [];
  for (const [at, operation] of [...operations.entries()].reverse()) {
    const before = () => operations.slice(0, at).reduce(apply, current);
    const keys = droppedKeys(operation, before);
    const place = keys.length === 0 ? -1 : result.findIndex((it) => isOf(it, operation));
    const later = result[place];
    const between = result.slice(0, place);
    const [joins, stays] = divided(operation, keys, (key) => place >= 0 && mayPass(between, key));
    if (later?.kind === "alterTable" && joins.length > 0)
      result = result.with(place, { ...later, changes: [...joins, ...later.changes] });
    result = [...stays, ...result];
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

/** The changes of `operation` whose keys may go, and what is left of it. */
function divided(
  operation: Operation,
  keys: readonly ForeignKey[],
  mayGo: (key: ForeignKey) => boolean,
): readonly [joins: readonly TableChange[], stays: readonly Operation[]] {
  if (operation.kind !== "alterTable") return [[], [operation]];
  const goes = (_: TableChange, at: number) => {
    const key = keys[at];
    return key !== undefined && mayGo(key);
  };
  const joins = operation.changes.filter(goes);
  const changes = operation.changes.filter((it) => !joins.includes(it));
  return [joins, changes.length > 0 ? [{ ...operation, changes }] : []];
}

/** The foreign keys that `operation` adds, where that is all that it does. */
function addedKeys(operation: Operation): readonly ForeignKey[] {
  if (operation.kind !== "alterTable") return [];
  const keys = operation.changes.flatMap((it) =>
    it.kind === "addConstraint" && it.constraint.kind === "foreignKey" ? [it.constraint] : [],
  );
  return keys.length === operation.changes.length ? keys : [];
}

/** The same of those that it drops. */
function droppedKeys(operation: Operation, before: () => Schema): readonly ForeignKey[] {
  if (operation.kind !== "alterTable") return [];
  const names = operation.changes.flatMap((it) => (it.kind === "dropConstraint" ? [it.name] : []));
  if (names.length < operation.changes.length) return [];
  const table = before().tables.find(({ name }) => sameName(name, operation.table));
  const keys = names.flatMap((name) => {
    const found = table?.constraints.find((it) => it.name === name);
    return found?.kind === "foreignKey" ? [found] : [];
  });
  return keys.length === names.length ? keys : [];
}

/** Whether it makes no difference if `key` is there before or after `between`. */
function mayPass(between: readonly Operation[], key: ForeignKey): boolean {
  return between.every((it) => {
    const table = tableOf(it);
    return table !== null && !sameName(table, key.table);
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
