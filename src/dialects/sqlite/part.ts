/** What a change of a table consists of. */
import type { MigError } from "../../errors.ts";
import type { Row, StatementProgress } from "../statement.ts";
import type { Aside } from "./aside.ts";
import type { Catalogue, SchemaObject } from "./catalogue.ts";
import type { Ground } from "./rows.ts";

/** A statement of a change, before it is known who recorded it. */
export interface Part {
  readonly sql: string;
  readonly verify?: (rows: readonly Row[]) => MigError | null;
  /** Which change asks for it, where it is about one alone. */
  readonly change?: number;
  /** The statements of `sql`, when they edit the schema's own text. */
  readonly edits?: readonly string[];
  /** True for the statement that makes the new rows of the old ones. */
  readonly copies?: boolean;
  /** What is said before it runs. */
  readonly progress?: () => StatementProgress | null;
  /** The object that the statement puts back. */
  readonly restores?: SchemaObject;
}

/** How a table is changed: from what only tells the schema to what writes every row anew. */
export type Way = "nothing" | "native" | "schema text" | "transfer copy" | "general copy";

/** What a change consists of, and which way it goes. */
export interface Course {
  readonly way: Way;
  readonly parts: readonly Part[];
  /** True when the rows were looked at on the way: none is in it. */
  readonly proven?: boolean;
  /** True when foreign keys are set aside, for they cannot be switched off. */
  readonly setsKeysAside?: boolean;
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
  /** The indexes that are made before the rows come, when rows and indexes are transferred; null for a general copy. */
  readonly moved: readonly MovedIndex[] | null;
  /** The last rowid of each stretch in which the rows are copied, but of the last one. */
  readonly stretches: readonly bigint[];
  /** The foreign keys that are set aside; null where they are off. */
  readonly aside: Aside | null;
}

/** An index of a transfer: how it is made under another name, and the edit of the schema that gives it its own. */
export interface MovedIndex {
  readonly created: string;
  readonly edit: string;
}
