/** A schema after its indexes were made, dropped and renamed. */
import { displayName, type Index, type Schema, type TableName } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import type { IndexOperation } from "../kinds/indexes.ts";
import type { Operation } from "../operation.ts";
import {
  type Appliers,
  find,
  findTable,
  hasRelation,
  plain,
  refuseTaken,
  updateTable,
} from "./applier.ts";
import { findColumn } from "./columns.ts";
import { indexName, itemNamed, replaced, without } from "./lists.ts";
import { named } from "./names.ts";

export const indexAppliers: Appliers<IndexOperation> = {
  createIndex: (schema, operation) => {
    const { table: on, index } = operation;
    const name = indexName({ name: on }, index.name);
    indexesOn(schema, on, operation);
    if (operation.ifNotExists && hasRelation(schema, name)) return schema;
    refuseTaken(schema, name, operation);
    refuseStrange(schema, operation);
    const made = plain(index, ["unique", "nullsNotDistinct"]);
    return updateIndexes(schema, on, operation, (indexes) => [...indexes, made]);
  },
  dropIndex: (schema, operation) => {
    const { table: on, name, ifExists } = operation;
    if (ifExists && !hasIndex(schema, on, name)) return schema;
    const index = findIndex(schema, on, name, operation);
    return updateIndexes(schema, on, operation, (indexes) => without(indexes, index));
  },
  renameIndex: (schema, operation) => {
    const { table: on, from, to } = operation;
    const index = findIndex(schema, on, from, operation);
    refuseTaken(schema, indexName({ name: on }, to), operation);
    return updateIndexes(schema, on, operation, (indexes) =>
      replaced(indexes, index, { ...index, name: to }),
    );
  },
};

/** Columns that the table does not have; which ones a view has is not told. */
function refuseStrange(
  schema: Schema,
  operation: Extract<IndexOperation, { kind: "createIndex" }>,
): void {
  const { table: on, index } = operation;
  if (findMaterializedView(schema, on)) return;
  const table = findTable(schema, on, operation);
  const names = index.columns.flatMap(({ of }) => (typeof of === "string" ? [of] : []));
  for (const name of [...names, ...(index.include ?? [])]) findColumn(table, name, operation);
}

function findMaterializedView(schema: Schema, name: TableName): View | undefined {
  const view = itemNamed(schema.views, name);
  return view?.materialized ? view : undefined;
}

/** The indexes of a table or a materialized view. */
function indexesOn(schema: Schema, on: TableName, operation: Operation): readonly Index[] {
  const view = findMaterializedView(schema, on);
  return view ? (view.indexes ?? []) : findTable(schema, on, operation).indexes;
}

function hasIndex(schema: Schema, on: TableName, name: string): boolean {
  const holder = findMaterializedView(schema, on) ?? itemNamed(schema.tables, on);
  return holder?.indexes?.some(named(name)) ?? false;
}

function updateIndexes(
  schema: Schema,
  on: TableName,
  operation: Operation,
  change: (indexes: readonly Index[]) => readonly Index[],
): Schema {
  const view = findMaterializedView(schema, on);
  if (view === undefined) {
    return updateTable(schema, on, operation, (table) => ({
      ...table,
      indexes: change(table.indexes),
    }));
  }
  const { indexes: were = [], ...rest } = view;
  const indexes = change(were);
  const changed = { ...rest, ...(indexes.length > 0 && { indexes }) };
  return { ...schema, views: replaced(schema.views, view, changed) };
}

export function findIndex(
  schema: Schema,
  on: TableName,
  name: string,
  operation: Operation,
): Index {
  const indexes = indexesOn(schema, on, operation);
  return find(indexes, named(name), operation, `index "${name}" on "${displayName(on)}"`);
}
