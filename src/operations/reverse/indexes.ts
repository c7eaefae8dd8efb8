/** Indexes, put back as they were. */
import { displayName, type Index, type TableName } from "../../model/schema.ts";
import { findIndex, isMaterializedView } from "../apply/indexes.ts";
import type { IndexOperation } from "../kinds/indexes.ts";
import { by, never, type Reversers } from "./reversal.ts";

export const indexReversers: Reversers<IndexOperation> = {
  createIndex: ({ table, index, concurrently }) =>
    by([{ kind: "dropIndex", table, name: index.name, concurrently, ifExists: false }]),
  dropIndex: (operation, before) => {
    const { table, name, concurrently } = operation;
    if (isMaterializedView(before, table)) {
      return never(
        `the definition of index ${name} of materialized view ${displayName(table)} is not known`,
      );
    }
    return by([createIndex(table, findIndex(before, table, name, operation), concurrently)]);
  },
  renameIndex: ({ table, from, to }) => by([{ kind: "renameIndex", table, from: to, to: from }]),
};

export function createIndex(table: TableName, index: Index, concurrently = false) {
  const options = { concurrently, ifNotExists: false, only: false };
  return { kind: "createIndex", table, index, ...options } as const;
}
