/** The rows of a table as they are copied, and as they will be. */
import { isExpression } from "../../model/schema.ts";
import { sameName } from "./ddl/tokens.ts";
import type { Draft } from "./making.ts";
import type { Facts } from "./stage.ts";
import { affinity } from "./types.ts";
import { defaultText, quote } from "./write.ts";

/** What a change is made on: the table as it is, as it will be, and the tables that there are. */
export interface Ground {
  readonly table: string;
  readonly before: Facts;
  readonly after: Facts;
  readonly draft: Draft;
  readonly tables: readonly string[];
  /** A name for the rowid that no column has. */
  readonly rowid: string | null;
}

/** The rows as they will be, under the table's own name. */
export function next(ground: Ground): string {
  const columns = ground.after.columns.map(
    ({ name, type }) => `${valueIn(ground, name, type)} AS ${quote(name)}`,
  );
  return `(${selectRows(ground, columns)}) AS ${quote(ground.table)}`;
}

/** A query of `columns`, with the rowid beside them where there is one. */
export function selectRows({ table, rowid }: Ground, columns: readonly string[]): string {
  return `SELECT ${[`${rowid ?? "NULL"} AS "mig_row"`, ...columns].join(", ")} FROM ${quote(table)}`;
}

/** A column's value as it will be. */
export function valueIn(ground: Ground, name: string, type: string): string {
  const changes =
    ground.draft.sources.has(name) || typeNeeds(ground).some((it) => sameName(it.column, name));
  const to = affinity(type, ground.after.strict);
  const source = sourceOf(ground, name);
  return changes && to !== "BLOB" ? `CAST(${source} AS ${to})` : source;
}

function typeNeeds({ draft }: Ground) {
  return draft.needs.filter((need) => need.kind === "type");
}

/** What a column's value is copied from. */
export function sourceOf({ draft, rowid, after }: Ground, name: string): string {
  const source = draft.sources.get(name);
  if (!source) return quote(name);
  if (source.kind === "using") return `(${source.sql})`;
  if (source.column.identity && after.rowid === name) return rowid ?? "NULL";
  const initial = source.column.default;
  if (initial === undefined) return "NULL";
  // A bare word is text behind DEFAULT, and a column elsewhere; parentheses are for expressions only.
  return isExpression(initial) ? `(${initial.sql})` : defaultText(initial);
}
