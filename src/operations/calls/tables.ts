/** The calls that make, drop and move tables, and the rows that go into them. */
import type { Literal, TableName } from "../../model/schema.ts";
import type { ColumnInput, Listed } from "../columns.ts";
import type { ConstraintInput } from "../constraints.ts";
import { resolveColumn } from "../resolve/column.ts";
import { resolveConstraint } from "../resolve/constraint.ts";
import { checkName, checkObject, given, only } from "../resolve/names.ts";
import type { Values } from "../resolve/values.ts";
import type { SqlLike } from "../sql.ts";
import type { Recorder } from "./recorder.ts";

export interface TableOptions {
  readonly ifNotExists?: boolean;
  readonly comment?: string;
  /** SQLite: values must be of their column's type. */
  readonly strict?: boolean;
  /** SQLite: rows are stored by their primary key. */
  readonly withoutRowid?: boolean;
}

export type RowInput = Readonly<Record<string, Literal | SqlLike>>;

export interface TableCalls {
  createTable(
    name: TableName,
    columns: readonly Listed<ColumnInput>[],
    constraints?: readonly Listed<ConstraintInput>[],
    options?: TableOptions,
  ): void;
  dropTable(name: TableName, options?: { readonly ifExists?: boolean }): void;
  renameTable(from: TableName, to: string): void;
  /** Into another schema of PostgreSQL. */
  moveTable(table: TableName, schema: string): void;
  insert(table: TableName, rows: readonly RowInput[]): void;
}

export function tableCalls({ add, values }: Recorder): TableCalls {
  return {
    createTable: (name, columns, constraints = [], options = {}) => {
      only(options, ["ifNotExists", "comment", "strict", "withoutRowid"], "createTable");
      const { ifNotExists = false, ...rest } = options;
      const table = {
        name: checkObject(name, "table"),
        columns: columns
          .flatMap((it) => values.listed(it, "a column"))
          .map((it) => resolveColumn(it, values)),
        constraints: constraints
          .flatMap((it) => values.listed(it, "a constraint"))
          .map((it) => resolveConstraint(it, values)),
        ...given(rest),
      };
      add({ kind: "createTable", table, options: { ifNotExists } });
    },
    dropTable: (table, options = {}) => {
      only(options, ["ifExists"], "dropTable");
      const { ifExists = false } = options;
      add({ kind: "dropTable", table: checkObject(table, "table"), ifExists });
    },
    renameTable: (from, to) =>
      add({ kind: "renameTable", from: checkObject(from, "table"), to: checkName(to, "table") }),
    moveTable: (table, to) =>
      add({ kind: "moveTable", table: checkObject(table, "table"), to: checkName(to, "schema") }),
    insert: (table, rows) => {
      if (rows.length === 0) return;
      const written = rows.map((row) => resolveRow(row, values));
      add({ kind: "insert", table: checkObject(table, "table"), rows: written });
    },
  };
}

function resolveRow(row: RowInput, values: Values) {
  const cells = Object.entries(row).map(([name, value]) => [
    checkName(name, "column"),
    values.value(value, `the value of ${name}`),
  ]);
  return Object.fromEntries(cells);
}
