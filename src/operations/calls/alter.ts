/** The calls that change one table, by themselves or in a batch. */
import type { ColumnType } from "../../model/column-type.ts";
import type { DialectName, ObjectName, TableName } from "../../model/schema.ts";
import type {
  ColumnInput,
  DefaultInput,
  GeneratedInput,
  IdentityInput,
  Listed,
  PerDialect,
  SqlInput,
} from "../columns.ts";
import type { ConstraintInput } from "../constraints.ts";
import type { AddColumn, ColumnPlace, Recreate, TableChange } from "../kinds/tables.ts";
import { resolveAlteration, resolveColumn } from "../resolve/column.ts";
import { resolveConstraint } from "../resolve/constraint.ts";
import { checkName, checkObject, given, invalid, oneOf, only } from "../resolve/names.ts";
import type { Values } from "../resolve/values.ts";
import type { Recorder } from "./recorder.ts";

/** What to change of a column. What is left out stays as it is; null takes away. */
export interface ColumnChanges {
  readonly type?: ColumnType;
  readonly notNull?: boolean;
  readonly default?: DefaultInput;
  readonly identity?: IdentityInput | null;
  readonly autoIncrement?: boolean;
  readonly generated?: GeneratedInput | null;
  readonly collation?: ObjectName | PerDialect<ObjectName> | null;
  readonly comment?: string | null;
  /** The new value in terms of the old row, with a new type or without: sql`coalesce(name, '')`. */
  readonly using?: SqlInput;
  /** The value of rows that have none: sql`'unknown'`. */
  readonly backfill?: SqlInput;
}

export interface AddColumnOptions {
  /** Its value in rows that exist: sql`lower(name)`. */
  readonly backfill?: SqlInput;
  /** SQLite: the column that it stands before; PostgreSQL's columns come last. */
  readonly before?: string;
  /** SQLite: the column that it stands after. */
  readonly after?: string;
}

/** The calls that `op` and a batch share; only `op` names the table. */
export interface TableOp<Where extends readonly TableName[]> {
  /** For a database that has no such column, or another one: `{ postgresql: …, sqlite: null }`. */
  addColumn(
    ...args: [...table: Where, column: Listed<ColumnInput>, options?: AddColumnOptions]
  ): void;
  dropColumn(...args: [...table: Where, name: string]): void;
  renameColumn(...args: [...table: Where, from: string, to: string]): void;
  alterColumn(...args: [...table: Where, name: string, to: ColumnChanges]): void;
  addConstraint(...args: [...table: Where, constraint: Listed<ConstraintInput>]): void;
  dropConstraint(...args: [...table: Where, name: string]): void;
  renameConstraint(...args: [...table: Where, from: string, to: string]): void;
  /** Check the rows that were there when it was added with `notValid`. */
  validateConstraint(...args: [...table: Where, name: string]): void;
}

/** The changes of one table, carried out together. */
export interface BatchOp extends TableOp<[]> {
  /** Changes for one database only. */
  on(dialect: DialectName, changes: (batch: BatchOp) => void): void;
}

export interface BatchOptions {
  /** SQLite: make the table anew `always`, `never`, or where ALTER TABLE does not do (`auto`). */
  readonly recreate?: Recreate;
  /** SQLite, in a script: the statements that made the table, where no revision did. */
  readonly copyFrom?: SqlInput;
}

export interface AlterCalls extends TableOp<[table: TableName]> {
  /** Several changes of one table at once: a single rebuild on SQLite. */
  batchAlterTable(
    table: TableName,
    changes: (batch: BatchOp) => void,
    options?: BatchOptions,
  ): void;
}

export function alterCalls({ add, values }: Recorder): AlterCalls {
  /** `op.addColumn("users", …)` is a batch of one change. */
  const on = (table: TableName): BatchOp =>
    batchOp(values, (change) =>
      add({ kind: "alterTable", table: checkObject(table, "table"), changes: [change] }),
    );
  return {
    addColumn: (table, column, options) => on(table).addColumn(column, options),
    dropColumn: (table, name) => on(table).dropColumn(name),
    renameColumn: (table, from, to) => on(table).renameColumn(from, to),
    alterColumn: (table, name, to) => on(table).alterColumn(name, to),
    addConstraint: (table, constraint) => on(table).addConstraint(constraint),
    dropConstraint: (table, name) => on(table).dropConstraint(name),
    renameConstraint: (table, from, to) => on(table).renameConstraint(from, to),
    validateConstraint: (table, name) => on(table).validateConstraint(name),
    batchAlterTable: (table, script, options = {}) => {
      const changes: TableChange[] = [];
      const returned: unknown = script(batchOp(values, (change) => changes.push(change)));
      refusePromise(returned, "op.batchAlterTable");
      const batch = resolveBatch(options, values);
      // A batch of nothing that is to be made anew all the same tidies the table up.
      if (changes.length === 0 && batch.recreate !== "always") return;
      add({ kind: "alterTable", table: checkObject(table, "table"), changes, ...batch });
    },
  };
}

function batchOp(values: Values, add: (change: TableChange) => void): BatchOp {
  const column = (name: string) => checkName(name, "column");
  const constraint = (name: string) => checkName(name, "constraint");
  const batch: BatchOp = {
    addColumn: (input, options = {}) => {
      for (const own of values.listed(input, "a column")) add(addedColumn(own, options, values));
    },
    dropColumn: (name) => add({ kind: "dropColumn", name: column(name) }),
    renameColumn: (from, to) => add({ kind: "renameColumn", from: column(from), to: column(to) }),
    alterColumn: (name, to) =>
      add({ kind: "alterColumn", name: column(name), to: resolveAlteration(to, values) }),
    addConstraint: (input) => {
      for (const own of values.listed(input, "a constraint"))
        add({ kind: "addConstraint", constraint: resolveConstraint(own, values) });
    },
    dropConstraint: (name) => add({ kind: "dropConstraint", name: constraint(name) }),
    renameConstraint: (from, to) =>
      add({ kind: "renameConstraint", from: constraint(from), to: constraint(to) }),
    validateConstraint: (name) => add({ kind: "validateConstraint", name: constraint(name) }),
    on: (dialect, script) => {
      const returned: unknown = dialect === values.dialect ? script(batch) : undefined;
      refusePromise(returned, "batch.on");
    },
  };
  return batch;
}

function addedColumn(input: ColumnInput, options: AddColumnOptions, values: Values): AddColumn {
  const column = resolveColumn(input, values);
  const operation = `column ${column.name}`;
  only(options, ["backfill", "before", "after"], operation);
  const { backfill } = options;
  const fill = backfill === undefined ? null : values.sql(backfill, operation);
  return {
    kind: "addColumn",
    column,
    ...(fill !== null && { backfill: { sql: fill } }),
    ...given({ place: placeOf(options, operation) }),
  };
}

function placeOf({ before, after }: AddColumnOptions, operation: string): ColumnPlace | undefined {
  if (before !== undefined && after !== undefined)
    invalid(operation, "it is both before and after");
  if (before !== undefined) return { before: checkName(before, "column") };
  return after === undefined ? undefined : { after: checkName(after, "column") };
}

function resolveBatch({ recreate, copyFrom, ...rest }: BatchOptions, values: Values) {
  const operation = "op.batchAlterTable";
  only(rest, ["recreate", "copyFrom"], operation);
  const text = copyFrom === undefined ? null : values.sql(copyFrom, operation);
  return {
    ...(recreate && { recreate: oneOf(recreate, ["auto", "always", "never"], operation) }),
    ...(text !== null && { copyFrom: text }),
  };
}

export function refusePromise(returned: unknown, operation: string): void {
  if (!(returned instanceof Promise)) return;
  invalid(operation, "its function returned a promise; it records and must not be async");
}
