/** Columns that are in use while they change. */
import type { ObjectName } from "../../model/schema.ts";
import { mentions } from "./mentions.ts";

/** A table, and columns of it that are dropped, made anew or change their type. */
export interface Touched {
  readonly table: ObjectName;
  readonly columns: readonly string[];
}

/** Whether `sql` may speak of one of them. */
export function readsOne(sql: string, touched: readonly Touched[]): boolean {
  return touched.some(
    ({ table, columns }) => mentions(sql, [lastName(table)]) && mentions(sql, columns),
  );
}

function lastName(name: ObjectName): string {
  return typeof name === "string" ? name : name.name;
}
