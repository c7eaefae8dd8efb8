/** Changes of indexes. */
import type { Index, TableName } from "../../model/schema.ts";

export type IndexOperation =
  | {
      readonly kind: "createIndex";
      readonly table: TableName;
      readonly index: Index;
      readonly concurrently: boolean;
      readonly ifNotExists: boolean;
      /** Of a partitioned table: only its own index, none of its partitions. */
      readonly only: boolean;
    }
  | {
      readonly kind: "dropIndex";
      readonly table: TableName;
      readonly name: string;
      readonly concurrently: boolean;
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "renameIndex";
      readonly table: TableName;
      readonly from: string;
      readonly to: string;
    };
