/**
 * Foreign keys beside the other changes of their table. A plan takes them apart, so that they may refer to what is only made
 * after those; where nothing between speaks of what they refer to, one call says it all.
 */
import type { ForeignKey, ObjectName, Schema } from "../../model/schema.ts";
import { itemNamed } from "../../operations/apply/lists.ts";
import { apply } from "../../operations/apply.ts";
import type { AlterTable, TableChange } from "../../operations/kinds/tables.ts";
import type { Operation } from "../../operations/operation.ts";
import { keyOf } from "../compare/pair.ts";

export function keysBeside(
  operations: readonly Operation[],
  current: Schema,
): readonly Operation[] {
  return addedBeside(droppedBeside(operations, current));
}

/** Keys that come join the changes before them. */
function addedBeside(operations: readonly Operation[]): readonly Operation[] {
  return beside(operations, addedKeys, (there, keys) => [...there, ...keys]);
}

/** Keys that go join the changes behind them. */
function droppedBeside(operations: readonly Operation[], current: Schema): readonly Operation[] {
  const dropped = droppedKeys(operations, current);
  const keysOf = (operation: Operation) => dropped.get(operation) ?? [];
  const join: Join = (there, keys) => [...keys, ...there];
  return beside(operations.toReversed(), keysOf, join).toReversed();
}

type Join = (there: readonly TableChange[], keys: readonly TableChange[]) => readonly TableChange[];

/** `operations`, of which those that are only keys join the last change of their table, unless what is between forbids it. */
function beside(
  operations: readonly Operation[],
  keysOf: (operation: Operation) => readonly ForeignKey[],
  join: Join,
): readonly Operation[] {
  const result: Operation[] = [];
  const last = lastPlaces();
  for (const operation of operations) {
    const keys = keysOf(operation);
    const place = keys.length === 0 ? -1 : last.changing(operation);
    const there = result[place];
    const mayPass = (key: ForeignKey) => place >= 0 && last.about(key.table) <= place;
    const [joins, stays] = divided(operation, keys, mayPass);
    if (there?.kind === "alterTable" && joins.length > 0)
      result[place] = { ...there, changes: join(there.changes, joins) };
    for (const it of stays) last.note(it, result.push(it) - 1);
  }
  return result;
}

/** Where in a list of operations a table was last spoken of; -1 for nowhere. */
function lastPlaces() {
  const [changes, mentions] = [new Map<string, number>(), new Map<string, number>()];
  let ofAny = -1;
  return {
    changing: (it: Operation) =>
      it.kind === "alterTable" ? (changes.get(keyOf(it.table)) ?? -1) : -1,
    about: (table: ObjectName) => Math.max(ofAny, mentions.get(keyOf(table)) ?? -1),
    note(it: Operation, place: number): void {
      const table = tableOf(it);
      if (table === null) ofAny = place;
      else mentions.set(keyOf(table), place);
      if (it.kind === "alterTable") changes.set(keyOf(it.table), place);
    },
  };
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

/** The same of those that are dropped, by operation. */
function droppedKeys(
  operations: readonly Operation[],
  current: Schema,
): ReadonlyMap<Operation, readonly ForeignKey[]> {
  const found = new Map<Operation, readonly ForeignKey[]>();
  const end = operations.findLastIndex(onlyDrops) + 1;
  let schema = current;
  for (const operation of operations.slice(0, end)) {
    found.set(operation, keysDroppedBy(operation, schema));
    schema = apply(schema, operation);
  }
  return found;
}

function onlyDrops(operation: Operation): operation is AlterTable {
  return (
    operation.kind === "alterTable" &&
    operation.changes.every(({ kind }) => kind === "dropConstraint")
  );
}

function keysDroppedBy(operation: Operation, before: Schema): readonly ForeignKey[] {
  if (!onlyDrops(operation)) return [];
  const table = itemNamed(before.tables, operation.table);
  const keys = operation.changes.flatMap((change) => {
    const found = table?.constraints.find(
      (it) => change.kind === "dropConstraint" && it.name === change.name,
    );
    return found?.kind === "foreignKey" ? [found] : [];
  });
  return keys.length === operation.changes.length ? keys : [];
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
