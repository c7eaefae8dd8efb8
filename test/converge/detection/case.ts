/** A change that people make to a schema, and what a draft has to hold for it. */
import type { DialectName, Schema } from "../../../src/model/schema.ts";
import { column, id, key, schema, table } from "../../support/converge/tables.ts";

export interface Case {
  readonly what: string;
  readonly from: Schema;
  readonly to: Schema;
  /** The kinds of the operations and of the changes of tables, in their order; none where nothing is to differ. */
  readonly kinds: readonly string[];
  readonly only?: DialectName;
  /** Done by hand in between: what Drizzle cannot declare. */
  readonly byHand?: string;
  readonly renames?: boolean;
  /** False where what is in the database is not all of this history. */
  readonly made?: boolean;
}

export type Columns = Parameters<typeof table>[1];
export type Parts = Parameters<typeof table>[2];

/** A schema of one table `t`. */
export const t = (columns: Columns, parts: Parts = []): Schema =>
  schema([table("t", [id, ...columns], [key(), ...parts])]);

export const a = column("a");
export const n = column("n", "integer");
export const only = "postgresql" as const;
