/** The calls that make and change views. */
import type { ObjectName, Parameters } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import type { SqlInput } from "../columns.ts";
import {
  checkName,
  checkNames,
  checkObject,
  checkParameters,
  given,
  invalid,
  only,
} from "../resolve/names.ts";
import type { Values } from "../resolve/values.ts";
import type { Recorder } from "./recorder.ts";

export interface ViewOptions {
  /** The names of its columns; those of the query when absent. */
  readonly columns?: readonly string[];
  /** PostgreSQL keeps its rows until they are refreshed. */
  readonly materialized?: boolean;
  /** PostgreSQL's options: `{ security_invoker: true }`. */
  readonly with?: Parameters;
  /** The access method of a materialized view. */
  readonly using?: string;
  readonly tablespace?: string;
  /** Leave a materialized view empty until it is refreshed. */
  readonly withNoData?: boolean;
  readonly comment?: string;
  readonly orReplace?: boolean;
}

const members: readonly string[] = [
  "columns",
  "materialized",
  "with",
  "using",
  "tablespace",
  "withNoData",
  "comment",
  "orReplace",
] satisfies readonly (keyof ViewOptions)[];

export interface ViewCalls {
  /** `definition` is the query: sql`SELECT …`. */
  createView(name: ObjectName, definition: SqlInput, options?: ViewOptions): void;
  dropView(
    name: ObjectName,
    options?: { readonly materialized?: boolean; readonly ifExists?: boolean },
  ): void;
  renameView(from: ObjectName, to: string, options?: { readonly materialized?: boolean }): void;
  /** Compute the rows of a materialized view anew. */
  refreshView(name: ObjectName, options?: { readonly concurrently?: boolean }): void;
}

export function viewCalls({ add, values }: Recorder): ViewCalls {
  const view = (name: ObjectName) => checkObject(name, "view");
  return {
    createView: (name, definition, options = {}) => {
      const made = resolveView(view(name), definition, options, values);
      if (made !== null)
        add({ kind: "createView", view: made, orReplace: options.orReplace ?? false });
    },
    dropView: (name, options = {}) => {
      only(options, ["materialized", "ifExists"], "dropView");
      const { materialized = false, ifExists = false } = options;
      add({ kind: "dropView", name: view(name), materialized, ifExists });
    },
    renameView: (from, to, options = {}) => {
      only(options, ["materialized"], "renameView");
      const { materialized = false } = options;
      add({ kind: "renameView", from: view(from), to: checkName(to, "view"), materialized });
    },
    refreshView: (name, options = {}) => {
      only(options, ["concurrently"], "refreshView");
      add({ kind: "refreshView", name: view(name), concurrently: options.concurrently ?? false });
    },
  };
}

/** Null where this database has no such view. */
function resolveView(
  name: ObjectName,
  definition: SqlInput,
  options: ViewOptions,
  values: Values,
): View | null {
  const operation = "createView";
  only(options, members, operation);
  const { orReplace: _orReplace, materialized = false, columns, ...rest } = options;
  const materializedOnly = [rest.using, rest.tablespace, rest.withNoData].some(Boolean);
  if (materializedOnly && !materialized) {
    invalid(operation, "using, tablespace and withNoData are for materialized views");
  }
  const text = values.sql(definition, operation);
  if (text === null) return null;
  return {
    name,
    definition: { sql: text },
    materialized,
    ...given({
      ...rest,
      columns: columns && checkNames(columns, "column", operation),
      with: rest.with && checkParameters(rest.with, operation),
    }),
  };
}
