/** A schema after its indexes were made, dropped and renamed. */
import { displayName, type Index, type Schema, type TableName } from "../../model/schema.ts";
import type { IndexOperation } from "../kinds/indexes.ts";
import type { Operation } from "../operation.ts";
import {
  type Appliers,
  find,
  findTable,
  hasRelation,
  indexName,
  plain,
  refuseTaken,
  replaced,
  updateTable,
  without,
} from "./applier.ts";
import { findColumn } from "./columns.ts";
import { named } from "./names.ts";

export const indexAppliers: Appliers<IndexOperation> = {
  createIndex: (schema, operation) => {
    const { table: on, index } = operation;
    if (isMaterializedView(schema, on)) return schema;
    const table = findTable(schema, on, operation);
    const name = indexName(table, index.name);
    if (operation.ifNotExists && hasRelation(schema, name)) return schema;
    refuseTaken(schema, name, operation);
    for (const { of } of index.columns)
      if (typeof of === "string") findColumn(table, of, operation);
    for (const column of index.include ?? []) findColumn(table, column, operation);
    const made = plain(index, ["unique", "nullsNotDistinct"]);
    return updateTable(schema, on, operation, () => ({
      ...table,
      indexes: [...table.indexes, made],
    }));
  },
  dropIndex: (schema, operation) => {
    const { table: on, name, ifExists } = operation;
    if (isMaterializedView(schema, on)) return schema;
    if (ifExists && !schema.tables.find(named(on))?.indexes.some(named(name))) return schema;
    return updateTable(schema, on, operation, (table) => ({
      ...table,
      indexes: without(table.indexes, findIndex(schema, on, name, operation)),
    }));
  },
  renameIndex: (schema, operation) => {
    const { table: on, from, to } = operation;
    if (isMaterializedView(schema, on)) return schema;
    const index = findIndex(schema, on, from, operation);
    refuseTaken(schema, indexName({ name: on }, to), operation);
    return updateTable(schema, on, operation, (table) => ({
      ...table,
      indexes: replaced(table.indexes, index, { ...index, name: to }),
    }));
  },
};

/** A schema does not hold the indexes of materialized views. */
export function isMaterializedView(schema: Schema, name: TableName): boolean {
  return schema.views.some((it) => it.materialized && named(name)(it));
}

export function findIndex(
  schema: Schema,
  on: TableName,
  name: string,
  operation: Operation,
): Index {
  const { indexes } = findTable(schema, on, operation);
  return find(indexes, named(name), operation, `index "${name}" on "${displayName(on)}"`);
}
