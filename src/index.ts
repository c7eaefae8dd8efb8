/** The public API. */
export { type Config, defineConfig, type EnvironmentConfig } from "./config/config.ts";
export type { ColumnType } from "./model/column-type.ts";
export type {
  Check,
  DialectName,
  ForeignKey,
  ForeignKeyAction,
  Literal,
  PrimaryKey,
  TableName,
  Unique,
} from "./model/schema.ts";
export {
  type ColumnInput,
  type ColumnOptions,
  type DefaultInput,
  type PerDialect,
  t,
} from "./operations/columns.ts";
export {
  type CheckInput,
  type ConstraintInput,
  check,
  type ForeignKeyOptions,
  foreignKey,
  primaryKey,
  unique,
} from "./operations/constraints.ts";
export type { BatchOp, ColumnChanges, IndexOptions, Op, TableOp } from "./operations/op.ts";
export { Sql, type SqlLike, sql } from "./operations/sql.ts";
export type { WorkDatabase } from "./operations/work.ts";
