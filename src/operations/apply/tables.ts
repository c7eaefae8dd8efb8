/** A schema after its tables were made, dropped and moved. */
import type { ObjectName, Schema, SchemaTable, Table } from "../../model/schema.ts";
import { withSequence } from "../identity-sequence.ts";
import type { TableOperation } from "../kinds/tables.ts";
import type { Operation } from "../operation.ts";
import { type Appliers, findTable, hasRelation, refuseTaken } from "./applier.ts";
import { applyChange } from "./changes.ts";
import { implied, newColumn } from "./columns.ts";
import { plainConstraint } from "./constraints.ts";
import { grantsWithout } from "./grants.ts";
import { added, itemNamed, replaced, without } from "./lists.ts";
import { moved, renamed, sameName } from "./names.ts";
import { mapNames } from "./references.ts";

export const tableAppliers: Appliers<TableOperation> = {
  createTable: (schema, operation) => {
    const { table, options } = operation;
    if (options.ifNotExists && hasRelation(schema, table.name)) return schema;
    refuseTaken(schema, table.name, operation);
    return { ...schema, tables: added(schema.tables, newTable(table)) };
  },
  // What refers to the table stays as it is: PostgreSQL refuses the drop then, SQLite lets it dangle.
  dropTable: (schema, operation) => {
    if (operation.ifExists && !itemNamed(schema.tables, operation.table)) return schema;
    const table = findTable(schema, operation.table, operation);
    const grants = grantsWithout(schema.grants, { table: table.name });
    return { ...schema, tables: without(schema.tables, table), grants };
  },
  renameTable: (schema, operation) =>
    changeName(schema, operation.from, renamed(operation.from, operation.to), operation),
  moveTable: (schema, operation) =>
    changeName(schema, operation.table, moved(operation.table, operation.to), operation),
  alterTable: (schema, operation) => {
    findTable(schema, operation.table, operation);
    return operation.changes.reduce(
      (after, change) => applyChange(after, operation.table, change, operation),
      schema,
    );
  },
};

/** A table as it is when it was just made: its rows, of which there are none, satisfy every constraint. */
function newTable(table: Table): SchemaTable {
  return implied({
    ...table,
    columns: table.columns.map(newColumn),
    constraints: table.constraints.map((it) => plainConstraint(it, { valid: true })),
    indexes: [],
    policies: [],
    rowSecurity: { enabled: false, forced: false },
  });
}

function changeName(
  schema: Schema,
  from: ObjectName,
  to: ObjectName,
  operation: Operation,
): Schema {
  findTable(schema, from, operation);
  refuseTaken(schema, to, operation);
  const after = mapNames(schema, { table: (name) => (sameName(name, from) ? to : name) });
  const table = findTable(after, to, operation);
  return { ...after, tables: replaced(after.tables, table, withSequences(table, from)) };
}

function withSequences(table: SchemaTable, from: ObjectName): SchemaTable {
  const columns = table.columns.map((it) =>
    withSequence(it, table.name, { of: from, name: it.name }),
  );
  return { ...table, columns };
}
