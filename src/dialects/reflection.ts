/** Reading a live database: what to read, and what came of it. */
import type { Schema } from "../model/schema.ts";
import type { VersionTable } from "./dialect.ts";

/** What of a database to read. */
export interface ReflectScope {
  /** PostgreSQL's schemas; the first of the search path when absent. Objects of that one have plain names. */
  readonly schemas?: readonly string[];
  /** PostgreSQL: every schema that there is, for a database which holds nothing but a history's. */
  readonly everywhere?: boolean;
  /** Those of the wanted schema, which are read too; null stands for the first of the search path. */
  readonly wanted?: readonly (string | null)[];
  /** Names to leave out: `audit_*`, `legacy.*`; `*` stands for any text. */
  readonly exclude?: readonly string[];
  /** mig's own tables are left out. */
  readonly versionTable: VersionTable;
  /** PostgreSQL: read roles, too. They belong to the whole server, not to the database. */
  readonly roles?: boolean;
}

/** Something that is in the database and that a `Schema` cannot say. */
export interface Note {
  /** The object as people write it: `public.users`, `users.users_no_overlap`. */
  readonly object: string;
  /** "is a partitioned table: RANGE (created_at)". */
  readonly what: string;
}

/** What a `Schema` cannot say and SQL can. */
export interface Besides {
  readonly kind: "function" | "trigger function" | "trigger";
  readonly name: string;
  /** The statement that makes it. */
  readonly sql: string;
  /** The one that takes it away. */
  readonly remove: string;
  /** The same; null where it goes with its table. */
  readonly undo: string | null;
}

/** A live database as data. */
export interface Reflected {
  readonly schema: Schema;
  readonly notes: readonly Note[];
}

/** A wanted schema in the words of the current one. */
export interface Normalised {
  readonly schema: Schema;
  /** What could not be asked of the database, and so was compared as text. */
  readonly notes: readonly Note[];
}
