/**
 * One change to a schema, or one piece of SQL or work between changes. `op` records them and `diff` drafts them; they are
 * compiled, reversed, rendered, described and linted. Everything in them is resolved for one dialect.
 */
import type { DataOperation } from "./kinds/data.ts";
import type { EnumOperation } from "./kinds/enums.ts";
import type { IndexOperation } from "./kinds/indexes.ts";
import type {
  CommentOperation,
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
  ViewOperation,
} from "./kinds/objects.ts";
import type { PolicyOperation, RoleOperation } from "./kinds/security.ts";
import type { TableOperation } from "./kinds/tables.ts";

export type { ColumnAlteration, TableChange, TableOptions } from "./kinds/tables.ts";

export type Operation =
  | TableOperation
  | IndexOperation
  | EnumOperation
  | NamespaceOperation
  | ExtensionOperation
  | SequenceOperation
  | ViewOperation
  | CommentOperation
  | RoleOperation
  | PolicyOperation
  | DataOperation;

/** An operation and the call that recorded it. Its stack is formatted only when something fails. */
export interface Recorded {
  readonly operation: Operation;
  readonly site: Error | SourceLine;
}

/** A place in a file that is not run, such as a .sql revision. */
export interface SourceLine {
  readonly file: string;
  readonly line: number;
}
