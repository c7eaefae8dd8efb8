/** The calls that make, drop and rename indexes. */
import type { ObjectName, Parameters, TableName } from "../../model/schema.ts";
import type { PerDialect, SqlInput } from "../columns.ts";
import { resolveIndex } from "../resolve/indexes.ts";
import { checkName, checkObject, only } from "../resolve/names.ts";
import type { SqlLike } from "../sql.ts";
import type { Recorder } from "./recorder.ts";

/** A column, an expression, or either with how it is sorted. */
export type IndexColumnInput =
  | string
  | SqlLike
  | {
      readonly on: string | SqlLike | PerDialect<SqlLike>;
      readonly order?: "asc" | "desc";
      readonly nulls?: "first" | "last";
      readonly operatorClass?: string;
      readonly collation?: ObjectName | PerDialect<ObjectName>;
    };

export interface IndexOptions {
  readonly unique?: boolean;
  readonly where?: SqlInput;
  /** `btree` when absent; SQLite has no other. */
  readonly method?: string;
  /** Columns that the index holds besides (PostgreSQL). */
  readonly include?: readonly string[];
  /** Two NULLs count as equal (PostgreSQL). */
  readonly nullsNotDistinct?: boolean;
  /** Storage parameters (PostgreSQL). */
  readonly with?: Parameters;
  readonly comment?: string;
  /** Build it without blocking writers (PostgreSQL; the revision says `transaction = false`). */
  readonly concurrently?: boolean;
  readonly ifNotExists?: boolean;
  /** Of a partitioned table only, none of its partitions (PostgreSQL). */
  readonly only?: boolean;
}

const members: readonly string[] = [
  "unique",
  "where",
  "method",
  "include",
  "nullsNotDistinct",
  "with",
  "comment",
  "concurrently",
  "ifNotExists",
  "only",
] satisfies readonly (keyof IndexOptions)[];

export interface IndexCalls {
  createIndex(
    name: string,
    table: TableName,
    columns: readonly IndexColumnInput[],
    options?: IndexOptions,
  ): void;
  dropIndex(
    name: string,
    table: TableName,
    options?: { readonly concurrently?: boolean; readonly ifExists?: boolean },
  ): void;
  renameIndex(table: TableName, from: string, to: string): void;
}

export function indexCalls({ add, values }: Recorder): IndexCalls {
  return {
    createIndex: (name, table, columns, options = {}) => {
      only(options, members, `index ${name}`);
      add({
        kind: "createIndex",
        table: checkObject(table, "table"),
        index: resolveIndex(name, columns, options, values),
        concurrently: options.concurrently ?? false,
        ifNotExists: options.ifNotExists ?? false,
        only: options.only ?? false,
      });
    },
    dropIndex: (name, table, options = {}) => {
      only(options, ["concurrently", "ifExists"], `index ${name}`);
      add({
        kind: "dropIndex",
        table: checkObject(table, "table"),
        name: checkName(name, "index"),
        concurrently: options.concurrently ?? false,
        ifExists: options.ifExists ?? false,
      });
    },
    renameIndex: (table, from, to) =>
      add({
        kind: "renameIndex",
        table: checkObject(table, "table"),
        from: checkName(from, "index"),
        to: checkName(to, "index"),
      }),
  };
}
