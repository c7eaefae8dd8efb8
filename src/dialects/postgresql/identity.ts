/** What numbers rows: the options of sequences, and the columns that own one. */
import type { TableName } from "../../model/schema.ts";
import type { Identity, SequenceOptions } from "../../model/sequence.ts";
import { beside, block, qualified, quote, string, table, words } from "./write.ts";

/** The options of a sequence. https://www.postgresql.org/docs/current/sql-createsequence.html */
export function sequenceText(options: SequenceOptions): string {
  const { increment, minValue, maxValue, startWith, cache, cycle } = options;
  return words(
    increment && `INCREMENT BY ${increment}`,
    minValue && `MINVALUE ${minValue}`,
    maxValue && `MAXVALUE ${maxValue}`,
    startWith && `START WITH ${startWith}`,
    cache && `CACHE ${cache}`,
    cycle !== undefined && (cycle ? "CYCLE" : "NO CYCLE"),
  );
}

/** `GENERATED ALWAYS AS IDENTITY (START WITH 10)`. A name alone would stand in the first schema of the search path. */
export function identityText(on: TableName, identity: Identity): string {
  const { name } = identity;
  const own = name !== undefined && `SEQUENCE NAME ${qualified(beside(on, name))}`;
  const options = words(own, sequenceText(identity.options));
  return words(generated(identity), "AS IDENTITY", options && `(${options})`);
}

function generated(identity: Identity): string {
  return `GENERATED ${identity.generated === "always" ? "ALWAYS" : "BY DEFAULT"}`;
}

/**
 * Make `name` number its rows as `identity` says, whether it did already or not. PostgreSQL has a command for each of the
 * two and none for both; to drop and add it would begin at 1 again, and give numbers that are taken.
 */
export function setIdentity(on: TableName, name: string, identity: Identity): string {
  const column = `ALTER TABLE ${table(on)} ALTER COLUMN ${quote(name)}`;
  return block(`BEGIN
  IF (SELECT attidentity FROM pg_attribute WHERE attrelid = ${string(table(on))}::regclass AND attname = ${string(name)}) = '' THEN
    ${column} ADD ${identityText(on, identity)};${goOn(on, name, identity.options)}
  ELSE
    ${column} SET ${generated(identity)} ${resetText(identity.options)};${rename(on, name, identity.name)}
  END IF;
END`);
}

/** Behind the numbers that rows have already, unless it is said where to start. */
function goOn(on: TableName, name: string, options: SequenceOptions): string {
  if (options.startWith !== undefined) return "";
  const sequence = `pg_get_serial_sequence(${string(table(on))}, ${string(name)})`;
  const last = `${isDescending(options) ? "min" : "max"}(${quote(name)})`;
  const reached = isDescending(options) ? "<=" : ">=";
  return `
    PERFORM setval(${sequence}, ${last}) FROM ${table(on)} HAVING ${last} ${reached} ${start(options)};`;
}

function rename(on: TableName, column: string, name: string | undefined): string {
  if (name === undefined) return "";
  const own = `pg_get_serial_sequence(${string(table(on))}, ${string(column)})`;
  return `
    IF (SELECT relname FROM pg_class WHERE oid = ${own}::regclass) <> ${string(name)} THEN
      EXECUTE format('ALTER SEQUENCE %s RENAME TO %I', ${own}, ${string(name)});
    END IF;`;
}

/** Every option: what is absent becomes what the server sets for a new sequence. The next number stays. */
function resetText(options: SequenceOptions): string {
  const { increment = "1", minValue, maxValue, cache = "1", cycle = false } = options;
  const parts = [
    `INCREMENT BY ${increment}`,
    minValue ? `MINVALUE ${minValue}` : "NO MINVALUE",
    maxValue ? `MAXVALUE ${maxValue}` : "NO MAXVALUE",
    `START WITH ${start(options)}`,
    `CACHE ${cache}`,
    cycle ? "CYCLE" : "NO CYCLE",
  ];
  return parts.map((part) => `SET ${part}`).join(" ");
}

function start(options: SequenceOptions): string {
  if (options.startWith !== undefined) return options.startWith;
  return isDescending(options) ? (options.maxValue ?? "-1") : (options.minValue ?? "1");
}

function isDescending({ increment = "1" }: SequenceOptions): boolean {
  return increment.startsWith("-");
}
