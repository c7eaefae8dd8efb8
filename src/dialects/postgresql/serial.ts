/**
 * Columns that a sequence of their own numbers. CREATE TABLE makes the sequence of `serial`; ALTER TABLE knows no such type.
 * https://www.postgresql.org/docs/current/datatype-numeric.html#DATATYPE-SERIAL
 */
import type { ColumnType } from "../../model/column-type.ts";
import type { TableName } from "../../model/schema.ts";
import type { ColumnAlteration } from "../../operations/operation.ts";
import { stored } from "./normalise-table.ts";
import { truncated } from "./truncate.ts";
import { typeText } from "./types.ts";
import { beside, block, qualified, quote, string, table } from "./write.ts";

/** Whether an alteration says that a column is to be numbered otherwise, or no longer, so that its sequence may go. */
export function mayLeaveSequence(to: ColumnAlteration): boolean {
  return to.identity !== undefined && to.default !== undefined;
}

/** Drop the sequence that the column owns, if it does. That of an identity goes with the identity. */
export function leaveSequence(on: TableName, name: string): string {
  const column = `attrelid = ${string(table(on))}::regclass AND attname = ${string(name)}`;
  return block(`DECLARE
  own text := pg_get_serial_sequence(${string(table(on))}, ${string(name)});
BEGIN
  IF own IS NOT NULL AND (SELECT attidentity FROM pg_attribute WHERE ${column}) = '' THEN
    EXECUTE 'DROP SEQUENCE ' || own;
  END IF;
END`);
}

/** Have a sequence of its own number the column, behind the numbers that rows have already. */
export function ownSequence(on: TableName, name: string, type: ColumnType): string {
  const local = typeof on === "string" ? on : on.name;
  const sequence = qualified(beside(on, truncated(`${local}_${name}_seq`)));
  const last = `max(${quote(name)})`;
  return block(`DECLARE
  own text := pg_get_serial_sequence(${string(table(on))}, ${string(name)});
BEGIN
  IF own IS NULL THEN
    CREATE SEQUENCE ${sequence} AS ${typeText(stored(type))} OWNED BY ${table(on)}.${quote(name)};
    PERFORM setval(${string(sequence)}, ${last}) FROM ${table(on)} HAVING ${last} >= 1;
    ALTER TABLE ${table(on)} ALTER COLUMN ${quote(name)} SET DEFAULT nextval(${string(sequence)});
  ELSE
    EXECUTE format('ALTER SEQUENCE %s AS ${typeText(stored(type))}', own);
  END IF;
END`);
}
