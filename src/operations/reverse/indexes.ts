/** Indexes, put back as they were. */
import type { Index, TableName } from "../../model/schema.ts";
import { findIndex } from "../apply/indexes.ts";
import type { IndexOperation } from "../kinds/indexes.ts";
import { by, type Reversers } from "./reversal.ts";

export const indexReversers: Reversers<IndexOperation> = {
  createIndex: ({ table, index, concurrently }) =>
    by([{ kind: "dropIndex", table, name: index.name, concurrently, ifExists: false }]),
  dropIndex: (operation, before) => {
    const { table, name, concurrently } = operation;
    return by([createIndex(table, findIndex(before, table, name, operation), concurrently)]);
  },
  renameIndex: ({ table, from, to }) => by([{ kind: "renameIndex", table, from: to, to: from }]),
};

export function createIndex(table: TableName, index: Index, concurrently = false) {
  const options = { concurrently, ifNotExists: false, only: false };
  return { kind: "createIndex", table, index, ...options } as const;
}
