/** What was renamed, by the operations of a history: between two points of it nobody has to be asked. */
import type { ObjectName } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import { keyOf } from "../compare/pair.ts";
import type { Told } from "./candidates.ts";
import type { Rename } from "./rename.ts";

/** Whether a rename is one of `operations`, or several of them, in whichever direction. */
export function renamedBy(operations: readonly Operation[]): Told {
  const same = names();
  for (const operation of operations) noteObject(same, operation);
  // By which name a table is called is known now.
  for (const operation of operations) noteMembers(same, operation);
  return (rename) => same.are(...ends(same, rename));
}

/** Names of the same thing. */
interface Names {
  /** One name for all names of a thing. */
  of(name: string): string;
  join(one: string, other: string): void;
  are(one: string, other: string): boolean;
}

function names(): Names {
  const newer = new Map<string, string>();
  const of = (name: string): string => {
    const next = newer.get(name);
    return next === undefined ? name : of(next);
  };
  return {
    of,
    join(one, other) {
      if (of(one) !== of(other)) newer.set(of(one), of(other));
    },
    are: (one, other) => of(one) === of(other),
  };
}

function noteObject(same: Names, operation: Operation): void {
  switch (operation.kind) {
    case "renameTable":
    case "renameEnum":
    case "renameSequence": {
      const { from, to } = operation;
      same.join(object(operation.kind, from), object(operation.kind, besides(from, to)));
      return;
    }
    default:
  }
}

function noteMembers(same: Names, operation: Operation): void {
  if (operation.kind === "alterTable") {
    const table = same.of(object("renameTable", operation.table));
    for (const change of operation.changes)
      if (change.kind === "renameColumn")
        same.join(member(table, change.from), member(table, change.to));
  }
  if (operation.kind === "renameEnumValue") {
    const type = same.of(object("renameEnum", operation.name));
    same.join(member(type, operation.from), member(type, operation.to));
  }
}

function ends(same: Names, rename: Rename): readonly [string, string] {
  switch (rename.kind) {
    case "table":
      return [object("renameTable", rename.from), object("renameTable", rename.to)];
    case "enum":
      return [object("renameEnum", rename.from), object("renameEnum", rename.to)];
    case "sequence":
      return [object("renameSequence", rename.from), object("renameSequence", rename.to)];
    case "column": {
      const table = same.of(object("renameTable", rename.table));
      return [member(table, rename.from), member(table, rename.to)];
    }
    case "value": {
      const type = same.of(object("renameEnum", rename.enum));
      return [member(type, rename.from), member(type, rename.to)];
    }
  }
}

function object(kind: "renameTable" | "renameEnum" | "renameSequence", name: ObjectName): string {
  return `${kind} ${keyOf(name)}`;
}

function member(of: string, name: string): string {
  return `${of} ${JSON.stringify(name)}`;
}

function besides(name: ObjectName, other: string): ObjectName {
  return typeof name === "string" ? other : { schema: name.schema, name: other };
}
