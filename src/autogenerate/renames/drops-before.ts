/**
 * Views and policies that are to say something else of what is renamed: they go before the renames. On the way back they
 * come after them, with the texts that were theirs.
 */
import type { ObjectName, Schema, SchemaTable, TableName } from "../../model/schema.ts";
import type { Policy } from "../../model/security.ts";
import { renamed } from "../../operations/apply/names.ts";
import type { Operation } from "../../operations/operation.ts";
import { mentions } from "../compare/mentions.ts";
import { keyOf, sameName } from "../compare/pair.ts";
import { readersOf, speaksOf } from "./respell.ts";

export interface DropsBefore {
  readonly views: readonly DropView[];
  readonly policies: readonly PolicyBefore[];
}

type DropView = Extract<Operation, { kind: "dropView" }>;

/** A policy, and its table before and after the renames. */
export interface PolicyBefore {
  readonly name: string;
  readonly was: TableName;
  readonly now: TableName;
}

/** `changes` are those that come after `renames`, which begin at `current`. */
export function dropsBefore(
  current: Schema,
  renames: readonly Operation[],
  changes: readonly Operation[],
): DropsBefore {
  const reading = current.views.filter(readersOf(renames)).map(({ name }) => keyOf(name));
  const drops = changes.filter((it) => it.kind === "dropView");
  const views = drops.some(({ name }) => reading.includes(keyOf(name))) ? drops : [];
  const isBefore = policyGoes(renames, changes, views.length > 0);
  const policies = current.tables.flatMap((table) =>
    table.policies.flatMap((policy): readonly PolicyBefore[] => {
      const now = nameAfter(table.name, renames);
      const { name } = policy;
      return isBefore(now, policy) ? [{ name, was: table.name, now }] : [];
    }),
  );
  return { views, policies };
}

/** A policy may read a view that goes, too. */
function policyGoes(
  renames: readonly Operation[],
  changes: readonly Operation[],
  viewsGo: boolean,
): (table: TableName, policy: Policy) => boolean {
  const speaks = speaksOf(renames);
  return (table, { name, using, withCheck }) => {
    const change = changes.find(
      (it) => isOfPolicy(it) && it.name === name && sameName(it.table, table),
    );
    if (change === undefined) return false;
    if (viewsGo && change.kind === "dropPolicy") return true;
    const columns = renamedColumns(table, renames);
    return [using, withCheck].some((it) => it && (speaks(it) || mentions(it.sql, columns)));
  };
}

type OfPolicy = Extract<Operation, { kind: "dropPolicy" | "alterPolicy" }>;

function isOfPolicy(it: Operation): it is OfPolicy {
  return it.kind === "dropPolicy" || it.kind === "alterPolicy";
}

function nameAfter(table: SchemaTable["name"], renames: readonly Operation[]): ObjectName {
  return renames.reduce<ObjectName>((name, it) => {
    const isIt = it.kind === "renameTable" && sameName(it.from, name);
    return isIt ? renamed(it.from, it.to) : name;
  }, table);
}

function renamedColumns(table: TableName, renames: readonly Operation[]): readonly string[] {
  return renames.flatMap((it) => {
    if (it.kind !== "alterTable" || !sameName(it.table, table)) return [];
    return it.changes.flatMap((change) => (change.kind === "renameColumn" ? change.from : []));
  });
}
