/** The `op` that upgrade() and downgrade() receive. */
import type { DialectName } from "../model/schema.ts";
import type { AlterCalls } from "./calls/alter.ts";
import type { EnumCalls } from "./calls/enums.ts";
import type { IndexCalls } from "./calls/indexes.ts";
import type {
  CommentCalls,
  ExtensionCalls,
  NamespaceCalls,
  SequenceCalls,
} from "./calls/objects.ts";
import type { PolicyCalls, RoleCalls } from "./calls/security.ts";
import type { TableCalls } from "./calls/tables.ts";
import type { ViewCalls } from "./calls/views.ts";
import type { SqlInput } from "./columns.ts";
import type { WorkDatabase } from "./work.ts";

export type { BatchOp, ColumnChanges, TableOp } from "./calls/alter.ts";
export type { IndexOptions } from "./calls/indexes.ts";

/** Records what a revision does. Nothing runs until the whole script is recorded. */
export interface Op
  extends TableCalls,
    AlterCalls,
    IndexCalls,
    EnumCalls,
    NamespaceCalls,
    ExtensionCalls,
    SequenceCalls,
    ViewCalls,
    CommentCalls,
    RoleCalls,
    PolicyCalls {
  /** The database that the script is recorded for. Prefer per-dialect values, or `on`. */
  readonly dialect: DialectName;
  /** What `-x key=value` said. */
  readonly args: Readonly<Record<string, string>>;

  /** SQL as it is; for each database where it differs, null where there is nothing to do. */
  execute(sql: SqlInput): void;
  /** Work in TypeScript, run when its turn comes, in the revision's transaction. */
  run(what: string, work: (db: WorkDatabase) => Promise<void> | void): void;

  /** Record only for one database. */
  on(dialect: DialectName, script: (op: Op) => void): void;
}
