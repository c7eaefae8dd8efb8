/** Queries with a name. */
import type { Expression, Index, ObjectName, Parameters } from "./schema.ts";

export interface View {
  readonly name: ObjectName;
  /** The query. */
  readonly definition: Expression;
  readonly materialized: boolean;
  /** The names of its columns; those of the query when absent. */
  readonly columns?: readonly string[];
  /** PostgreSQL's options: `security_invoker`, `check_option`, or storage parameters of a materialized view. */
  readonly with?: Parameters;
  /** The access method of a materialized view. */
  readonly using?: string;
  readonly tablespace?: string;
  /** A materialized view that is empty until it is refreshed. */
  readonly withNoData?: boolean;
  /** Those of a materialized view, where there are some. */
  readonly indexes?: readonly Index[];
  readonly comment?: string;
}
