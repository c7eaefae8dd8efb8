/** Tables, put back as they were. */
import { displayName, type Schema, type SchemaTable } from "../../model/schema.ts";
import { itemNamed } from "../apply/lists.ts";
import { defaultSchema, localName, moved, renamed, schemaOf } from "../apply/names.ts";
import type { TableOperation } from "../kinds/tables.ts";
import type { Operation, TableChange } from "../operation.ts";
import { reverseAlterTable } from "./alter-table.ts";
import { grantsAgain } from "./grants.ts";
import { createIndex } from "./indexes.ts";
import { by, type Reversers } from "./reversal.ts";

export const tableReversers: Reversers<TableOperation> = {
  createTable: ({ table }) => by([{ kind: "dropTable", table: table.name, ifExists: false }]),
  dropTable: ({ table: name }, before) => {
    const gone = itemNamed(before.tables, name);
    return by(gone === undefined ? [] : recreate(gone, before), [
      `the rows of ${displayName(name)}`,
    ]);
  },
  renameTable: ({ from, to }) =>
    by([{ kind: "renameTable", from: renamed(from, to), to: localName(from) }]),
  moveTable: ({ table, to }) =>
    by([{ kind: "moveTable", table: moved(table, to), to: schemaOf(table) ?? defaultSchema }]),
  alterTable: reverseAlterTable,
};

/** The operations that make `table` with all that belongs to it. */
function recreate(table: SchemaTable, before: Schema): readonly Operation[] {
  const { indexes, policies, rowSecurity, constraints, ...rest } = table;
  const unchecked = constraints.filter((it) => "notValid" in it && it.notValid);
  const checked = constraints.filter((it) => !unchecked.includes(it));
  const { name } = table;
  return [
    {
      kind: "createTable",
      table: { ...rest, constraints: checked },
      options: { ifNotExists: false },
    },
    ...alterTable(
      table,
      unchecked.map((constraint) => ({ kind: "addConstraint", constraint })),
    ),
    ...indexes.map((index) => createIndex(table.name, index)),
    ...policies.map((policy) => ({ kind: "createPolicy", table: name, policy }) as const),
    ...(rowSecurity.enabled || rowSecurity.forced
      ? [{ kind: "rowSecurity", table: name, ...rowSecurity } as const]
      : []),
    ...grantsAgain(before, { table: name }),
  ];
}

function alterTable(table: SchemaTable, changes: readonly TableChange[]): readonly Operation[] {
  return changes.length === 0 ? [] : [{ kind: "alterTable", table: table.name, changes }];
}
