/** Whether rows that exist lack a value for a new column. */
import { isExpression } from "../model/schema.ts";
import type { AddColumn } from "./kinds/tables.ts";

export function needsValue({ column, backfill }: AddColumn): boolean {
  const { notNull, default: initial, identity, autoIncrement, generated, type } = column;
  const isNull = isExpression(initial) ? /^\s*null\s*$/i.test(initial.sql) : initial === undefined;
  const numbers = identity || autoIncrement || type.kind.endsWith("serial");
  return Boolean(notNull) && isNull && !generated && !backfill && !numbers;
}
