/** How mig's own tables are written here. */

import type { TableName } from "../../model/schema.ts";
import { logName, bookkeeping as shared } from "../bookkeeping.ts";
import type { Bookkeeping, VersionTable } from "../dialect.ts";
import { literal, quote, string, table } from "./write.ts";

const words = {
  table: (at: VersionTable, name: string) => table(inSchema(at, name)),
  literal,
  number: "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
  boolean: "boolean",
  timestamp: "timestamp with time zone",
  versionTableOptions: "",
  now: "now()",
  sinceBegin: () =>
    "(extract(epoch FROM clock_timestamp() - transaction_timestamp()) * 1000)::integer",
};

/** The statements of the version table and the log. */
export const bookkeeping: Bookkeeping = {
  ...shared(words),
  create: (at) => [...createSchema(at), ...shared(words).create(at)],
};

/** A name beside the version table. */
export function inSchema(at: VersionTable, name: string): TableName {
  return at.schema === undefined ? name : { schema: at.schema, name };
}

/** The log beside a version table. */
export function logTable(at: VersionTable): TableName {
  return inSchema(at, logName(at.name));
}

/** CREATE SCHEMA IF NOT EXISTS asks for the right to create schemas even when there is nothing to create. */
function createSchema({ schema }: VersionTable): string[] {
  if (schema === undefined) return [];
  const body = `BEGIN IF to_regnamespace(${string(quote(schema))}) IS NULL THEN CREATE SCHEMA ${quote(schema)}; END IF; END`;
  return [`DO ${string(body)}`];
}
