/** The rows of a table as they are copied, and as they will be. */
import { numbers } from "./column.ts";
import { sameName } from "./ddl/tokens.ts";
import type { Draft } from "./making.ts";
import { currentValue } from "./source.ts";
import type { FactColumn, Facts } from "./stage.ts";
import { affinity } from "./types.ts";
import { quote } from "./write.ts";

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

/** The rows as they will be, under the table's own name; with the values before a conversion, under names of theirs. */
export function next(ground: Ground): string {
  const { table, after, draft } = ground;
  const value = ({ name, type }: FactColumn) => `${valueIn(ground, name, type)} AS ${quote(name)}`;
  const computed = after.columns.filter(({ name }) => isComputed(draft, name));
  const columns = [
    ...after.columns.filter((it) => !computed.includes(it)).map(value),
    ...typeNeeds(ground).map(
      ({ column }) => `${sourceOf(ground, column)} AS ${quote(valueBefore(column))}`,
    ),
  ];
  // What is computed is so from the columns as they will be, of which some may be new.
  return computed.reduce(
    (rows, column) => `(SELECT *, ${value(column)} FROM ${rows}) AS ${quote(table)}`,
    `(${selectRows(ground, columns)}) AS ${quote(table)}`,
  );
}

function isComputed({ sources }: Draft, name: string): boolean {
  const source = sources.get(name);
  return source?.kind === "added" && source.column.generated !== undefined;
}

/** A query of `columns`, with the rowid beside them where there is one. */
export function selectRows({ table, rowid }: Ground, columns: readonly string[]): string {
  return `SELECT ${[`${rowid ?? "NULL"} AS "mig_row"`, ...columns].join(", ")} FROM ${quote(table)}`;
}

/** What the value of `column` is called, before its type changes it. */
export function valueBefore(column: string): string {
  return `mig_before_${column}`;
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
  const numbered = source?.kind === "added" && numbers(source.column) && after.rowid === name;
  return numbered ? (rowid ?? "NULL") : currentValue(draft, name);
}
