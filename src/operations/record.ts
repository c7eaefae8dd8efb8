/** Running a script of a revision, which records operations and touches no database. */
import { fail } from "../errors.ts";
import type { TableName } from "../model/schema.ts";
import type { BatchOp, IndexOptions, Op } from "./op.ts";
import type { Operation, Recorded, TableChange } from "./operation.ts";
import { only, type RecordContext, type Resolve, resolver } from "./resolve.ts";

export type Script = (op: Op) => unknown;

/** What a script recorded, and what it gave back: a promise there is the caller's to refuse. */
export interface Recording {
  readonly operations: readonly Recorded[];
  readonly returned: unknown;
}

/** The operations that `script` records. */
export function record(script: Script, context: RecordContext): Recording {
  const operations: Recorded[] = [];
  let over = false;
  const op = createOp(context, (operation) => {
    if (over) refuseLate();
    operations.push({ operation, site: new Error("recorded here") });
  });
  const returned = script(op);
  over = true;
  return { returned, operations };
}

function createOp(context: RecordContext, add: (operation: Operation) => void): Op {
  const resolve = resolver(context);
  /** `op.addColumn("users", …)` is a batch of one change. */
  const on = (table: TableName): BatchOp =>
    batchOp(resolve, (change) =>
      add({ kind: "alterTable", table: resolve.table(table), changes: [change] }),
    );

  const op: Op = {
    dialect: context.dialect,
    args: context.args,
    addColumn: (table, column) => on(table).addColumn(column),
    dropColumn: (table, name) => on(table).dropColumn(name),
    renameColumn: (table, from, to) => on(table).renameColumn(from, to),
    alterColumn: (table, name, to) => on(table).alterColumn(name, to),
    addConstraint: (table, constraint) => on(table).addConstraint(constraint),
    dropConstraint: (table, name) => on(table).dropConstraint(name),
    ...tableCalls(resolve, add),
    ...indexCalls(resolve, add),
    execute: (sql) => {
      const text = resolve.sql(sql, "op.execute");
      if (text !== null) add({ kind: "execute", sql: text });
    },
    run: (what, work) => add({ kind: "run", what, work }),
    on: (dialect, script) => {
      if (dialect === context.dialect) refusePromise(script(op), "op.on");
    },
    batchAlterTable: (table, script) => {
      const changes: TableChange[] = [];
      const recorded = script(batchOp(resolve, (change) => changes.push(change)));
      refusePromise(recorded, "op.batchAlterTable");
      if (changes.length > 0) add({ kind: "alterTable", table: resolve.table(table), changes });
    },
  };
  return op;
}

function batchOp(resolve: Resolve, add: (change: TableChange) => void): BatchOp {
  const column = (name: string) => resolve.name(name, "column");
  return {
    addColumn: (input) => add({ kind: "addColumn", column: resolve.column(input) }),
    dropColumn: (name) => add({ kind: "dropColumn", name: column(name) }),
    renameColumn: (from, to) => add({ kind: "renameColumn", from: column(from), to: column(to) }),
    alterColumn: (name, to) =>
      add({ kind: "alterColumn", name: column(name), to: resolve.alteration(to) }),
    addConstraint: (input) => add({ kind: "addConstraint", constraint: resolve.constraint(input) }),
    dropConstraint: (name) =>
      add({ kind: "dropConstraint", name: resolve.name(name, "constraint") }),
  };
}

function tableCalls(
  resolve: Resolve,
  add: (operation: Operation) => void,
): Pick<Op, "createTable" | "dropTable" | "renameTable" | "insert"> {
  return {
    createTable: (name, columns, constraints = [], options = {}) => {
      only(options, ["ifNotExists"], "createTable");
      add({
        kind: "createTable",
        table: {
          name: resolve.table(name),
          columns: columns.map(resolve.column),
          constraints: constraints.map(resolve.constraint),
        },
        options: { ifNotExists: options.ifNotExists ?? false },
      });
    },
    dropTable: (table, options = {}) => {
      only(options, ["ifExists"], "dropTable");
      add({
        kind: "dropTable",
        table: resolve.table(table),
        ifExists: options.ifExists ?? false,
      });
    },
    renameTable: (from, to) =>
      add({ kind: "renameTable", from: resolve.table(from), to: resolve.name(to, "table") }),
    insert: (table, rows) => {
      if (rows.length === 0) return;
      add({ kind: "insert", table: resolve.table(table), rows: rows.map(resolve.row) });
    },
  };
}

function indexCalls(
  resolve: Resolve,
  add: (operation: Operation) => void,
): Pick<Op, "createIndex" | "dropIndex"> {
  return {
    createIndex: (name, table, columns, options = {}) => {
      only(options, ["unique", "where", "concurrently", "ifNotExists"], `index ${name}`);
      add({
        kind: "createIndex",
        table: resolve.table(table),
        index: {
          name: resolve.name(name, "index"),
          columns: columns.map((column) =>
            typeof column === "string"
              ? resolve.name(column, "column")
              : resolve.expression(column),
          ),
          ...(options.unique && { unique: true }),
          ...predicate(resolve, name, options),
        },
        concurrently: options.concurrently ?? false,
        ifNotExists: options.ifNotExists ?? false,
      });
    },
    dropIndex: (name, table, options = {}) => {
      only(options, ["concurrently", "ifExists"], `index ${name}`);
      add({
        kind: "dropIndex",
        table: resolve.table(table),
        name: resolve.name(name, "index"),
        concurrently: options.concurrently ?? false,
        ifExists: options.ifExists ?? false,
      });
    },
  };
}

function predicate(resolve: Resolve, name: string, { where }: IndexOptions) {
  const text = where === undefined ? null : resolve.sql(where, `index ${name}`);
  return text === null ? {} : { where: { sql: text } };
}

/** What is recorded after the script has returned was seen by no check, and would run at another place. */
function refuseLate(): never {
  const why = "it records, and upgrade() has returned; inside op.run use `db`";
  return fail("OPERATION_INVALID", { operation: "op", why });
}

function refusePromise(returned: unknown, operation: string): void {
  if (returned instanceof Promise) {
    fail("OPERATION_INVALID", {
      operation,
      why: "its function returned a promise; it records and must not be async",
    });
  }
}
