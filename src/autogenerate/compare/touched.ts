/** What is not as it was while a draft runs: a view or a policy that reads it goes before, and may come back after. */
import type { ObjectName } from "../../model/schema.ts";
import { localName } from "../../operations/apply/names.ts";
import { areAmong, casts, wordsOf } from "./mentions.ts";

export interface Touched {
  /** Columns of a table that are dropped, made anew or change their type. */
  readonly columns: readonly { readonly table: ObjectName; readonly columns: readonly string[] }[];
  /** Enums that are made anew. */
  readonly enums: readonly ObjectName[];
  /** Tables and views that are dropped, for good or for a moment. */
  readonly relations: readonly ObjectName[];
}

/** Whether `sql` may speak of something that is touched. */
export function readsOne(sql: string, { columns, enums, relations }: Touched): boolean {
  if (columns.length + enums.length + relations.length === 0) return false;
  const words = wordsOf(sql);
  return (
    columns.some((it) => areAmong(words, [localName(it.table)]) && areAmong(words, it.columns)) ||
    areAmong(words, relations.map(localName)) ||
    casts(sql, enums)
  );
}
