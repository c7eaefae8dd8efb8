/** What a change of a table consists of. */
import type { MigError } from "../../errors.ts";
import type { Row } from "../statement.ts";
import type { Catalogue, SchemaObject } from "./catalogue.ts";
import type { Ground } from "./rows.ts";

/** A statement of a change, before it is known who recorded it. */
export interface Part {
  readonly sql: string;
  readonly verify?: (rows: readonly Row[]) => MigError | null;
  /** The object that the statement puts back. */
  readonly restores?: SchemaObject;
}

/** A rebuild that is to be written. */
export interface Rebuild {
  readonly catalogue: Catalogue;
  readonly ground: Ground;
  /** The tables whose foreign keys refer to this one. */
  readonly children: readonly string[];
  readonly temporary: string;
  /** False for a script, whose engine may not know all that this one does: sqlite_stat4 is a choice of its builder. */
  readonly isFile: boolean;
}
