/** The public API. */
export type {
  AboutRun,
  AfterRevision,
  AfterRun,
  BeforeRevision,
  BeforeRun,
  Callbacks,
  DoneStep,
  Failure,
  RunFailed,
  RunStep,
} from "./config/callbacks.ts";
export { type Config, defineConfig, type EnvironmentConfig } from "./config/config.ts";
export type { ServerParts } from "./config/environment.ts";
export type {
  DrizzleDatabase,
  ExistingClient,
  PgliteClient,
  PostgresClient,
  SqliteClient,
} from "./dialects/existing.ts";
export { MigError } from "./errors/mig-error.ts";
export type { ErrorCode, ErrorContext } from "./errors.ts";
export type { CheckDocument } from "./migrator/check.ts";
export type { RunDocument } from "./migrator/documents.ts";
export type { EventName, MigratorEvents } from "./migrator/events.ts";
export type { CurrentDocument, StatusDocument } from "./migrator/look.ts";
export {
  type ChangeOptions,
  type CompareOptions,
  Migrator,
  type MigratorOptions,
  type RunOptions,
  type StampOptions,
  type UpgradeOptions,
} from "./migrator/migrator.ts";
export type { ColumnType } from "./model/column-type.ts";
export type {
  Check,
  DialectName,
  ForeignKey,
  ForeignKeyAction,
  Literal,
  ObjectName,
  Parameters,
  PrimaryKey,
  TableName,
  Unique,
} from "./model/schema.ts";
export type { GrantTarget, RoleOptions } from "./model/security.ts";
export type { AddColumnOptions, BatchOptions } from "./operations/calls/alter.ts";
export type { AlterEnumOptions, EnumValueOptions } from "./operations/calls/enums.ts";
export type { IndexColumnInput } from "./operations/calls/indexes.ts";
export type { CreateSequenceOptions } from "./operations/calls/objects.ts";
export type { PolicyOptions } from "./operations/calls/security.ts";
export type { TableOptions } from "./operations/calls/tables.ts";
export type { ViewOptions } from "./operations/calls/views.ts";
export {
  type ColumnInput,
  type ColumnOptions,
  type DefaultInput,
  type GeneratedInput,
  type IdentityInput,
  type Listed,
  type PerDialect,
  type SqlInput,
  t,
} from "./operations/columns.ts";
export {
  type CheckInput,
  type CheckOptions,
  type ConstraintInput,
  check,
  type ForeignKeyOptions,
  foreignKey,
  type PrimaryKeyOptions,
  primaryKey,
  type UniqueOptions,
  unique,
} from "./operations/constraints.ts";
export type { CommentTarget } from "./operations/kinds/objects.ts";
export type { BatchOp, ColumnChanges, IndexOptions, Op, TableOp } from "./operations/op.ts";
export type { SequenceInput } from "./operations/sequences.ts";
export { Sql, type SqlLike, sql } from "./operations/sql.ts";
export type { WorkDatabase } from "./operations/work.ts";
export type { RevisionState, RevisionStatus } from "./runtime/status.ts";
