/** One line for people about an operation: "+ column posts.slug". */
import { displayName } from "../model/schema.ts";
import { describeChange } from "./describe/changes.ts";
import { type Describers, firstLine } from "./describe/line.ts";
import { objectDescribers } from "./describe/objects.ts";
import { securityDescribers } from "./describe/security.ts";
import type { Operation } from "./operation.ts";

/** A line for each kind: none can be forgotten. */
const describers: Describers<Operation> = {
  createTable: ({ table }) => `+ table ${displayName(table.name)}`,
  dropTable: ({ table }) => `- table ${displayName(table)}`,
  renameTable: ({ from, to }) => `~ table ${displayName(from)}, now ${to}`,
  moveTable: ({ table, to }) => `~ table ${displayName(table)}, now in ${to}`,
  alterTable: ({ table, changes }) =>
    changes.map((change) => describeChange(table, change)).join("; ") ||
    `~ table ${displayName(table)}, made anew`,
  createIndex: ({ index, table }) => `+ index ${index.name} on ${displayName(table)}`,
  dropIndex: ({ name, table }) => `- index ${name} on ${displayName(table)}`,
  renameIndex: ({ from, to, table }) => `~ index ${from} on ${displayName(table)}, now ${to}`,
  ...objectDescribers,
  ...securityDescribers,
  insert: ({ table, rows }) => `+ ${counted(rows.length)} in ${displayName(table)}`,
  execute: ({ sql }) => `> ${firstLine(sql)}`,
  run: ({ what }) => `> ${what}`,
};

/** What `operation` does, marked + for what appears, - for what goes, ~ for what changes, > for SQL and work. */
export function describe(operation: Operation): string {
  const describer = describers[operation.kind] as (operation: Operation) => string;
  return describer(operation);
}

function counted(rows: number): string {
  return `${rows} row${rows === 1 ? "" : "s"}`;
}
