/** Rows, SQL and work between changes. */
import type { Expression, Literal, TableName } from "../../model/schema.ts";
import type { WorkDatabase } from "../work.ts";

export type DataOperation =
  | {
      readonly kind: "insert";
      readonly table: TableName;
      readonly rows: readonly Readonly<Record<string, Literal | Expression>>[];
    }
  | { readonly kind: "execute"; readonly sql: string }
  | {
      readonly kind: "run";
      readonly what: string;
      readonly work: (db: WorkDatabase) => Promise<void> | void;
    };
