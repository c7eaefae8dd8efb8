/** Whether a statement that ran outside a transaction, and was perhaps cut off, took effect. */
import type { TableName } from "../../model/schema.ts";
import type { Operation, TableChange } from "../../operations/operation.ts";
import type { Row, Statement } from "../statement.ts";
import { alterations } from "./alter.ts";
import { type ConcurrentIndex, concurrentIndex } from "./concurrent-index.ts";
import { leadingTokens } from "./lex.ts";
import { string, table } from "./write.ts";

export type Finding = "done" | "undone" | "unclear";

/** How the session is asked, and how something is mended. */
export interface ProbeSession {
  all(sql: string): Promise<readonly Row[]>;
  sendAlone(statement: Statement): Promise<void>;
}

/** What became of `statement`. An index that is left invalid is dropped, and counts as undone. */
export async function probe(session: ProbeSession, statement: Statement): Promise<Finding> {
  const index = concurrentIndex(statement.sql);
  if (index)
    return index.table ? probeCreated(session, statement, index) : probeDropped(session, index);
  return statement.from ? probeOperation(session, statement, statement.from.operation) : "unclear";
}

/** https://www.postgresql.org/docs/current/sql-createindex.html#SQL-CREATEINDEX-CONCURRENTLY */
async function probeCreated(
  session: ProbeSession,
  { from }: Statement,
  index: ConcurrentIndex,
): Promise<Finding> {
  const [found] = await session.all(
    `SELECT pg_index.indisvalid AS valid, pg_class.oid::regclass::text AS name
FROM pg_index JOIN pg_class ON pg_class.oid = pg_index.indexrelid
WHERE pg_index.indrelid = to_regclass(${string(index.table ?? "")})
  AND pg_class.relname = (parse_ident(${string(index.name)}))[1]`,
  );
  if (!found) return "undone";
  if (found.valid === true) return "done";
  await session.sendAlone({ sql: `DROP INDEX CONCURRENTLY ${found.name}`, from });
  return "undone";
}

async function probeDropped(session: ProbeSession, { name }: ConcurrentIndex): Promise<Finding> {
  return (await holds(session, `to_regclass(${string(name)}) IS NOT NULL`)) ? "undone" : "done";
}

async function probeOperation(
  session: ProbeSession,
  statement: Statement,
  operation: Operation,
): Promise<Finding> {
  switch (operation.kind) {
    case "createTable":
      return operation.options.ifNotExists
        ? "undone"
        : appeared(session, exists(operation.table.name));
    case "dropTable":
      return disappeared(session, exists(operation.table));
    case "renameTable":
      return moved(session, exists(operation.from), exists(beside(operation.from, operation.to)));
    case "alterTable":
      return probeChange(session, statement, operation.table, operation.changes);
    case "execute":
      return isRepeatable(statement.sql) ? "undone" : "unclear";
    case "createIndex":
      return appeared(session, exists(beside(operation.table, operation.index.name)));
    case "dropIndex":
      return disappeared(session, exists(beside(operation.table, operation.name)));
    case "insert":
    case "run":
      return "unclear";
  }
}

async function probeChange(
  session: ProbeSession,
  { sql }: Statement,
  on: TableName,
  changes: readonly TableChange[],
): Promise<Finding> {
  const change = changes.find((it) => alterations(on, it).includes(sql));
  switch (change?.kind) {
    case undefined:
      return "unclear";
    case "addColumn":
      return appeared(session, hasColumn(on, change.column.name));
    case "dropColumn":
      return disappeared(session, hasColumn(on, change.name));
    case "renameColumn":
      return moved(session, hasColumn(on, change.from), hasColumn(on, change.to));
    case "alterColumn":
      // Everything else of a column can be said twice; USING would convert what is converted.
      return change.to.using && sql.endsWith(change.to.using.sql) ? "unclear" : "undone";
    case "addConstraint":
      return appeared(session, hasConstraint(on, change.constraint.name));
    case "dropConstraint":
      return disappeared(session, hasConstraint(on, change.name));
  }
}

/** Statements that do no harm when they run a second time. */
function isRepeatable(sql: string): boolean {
  const words = leadingTokens(sql, 8).join(" ").toUpperCase();
  return (
    /^(VACUUM|ANALYZE|REINDEX|REFRESH|SET|RESET|COMMENT|ALTER SYSTEM|BEGIN|START)\b/.test(words) ||
    /^(CREATE|DROP) .*\bIF (NOT )?EXISTS\b/.test(words) ||
    /^CREATE OR REPLACE\b/.test(words)
  );
}

async function appeared(session: ProbeSession, condition: string): Promise<Finding> {
  return (await holds(session, condition)) ? "done" : "undone";
}

async function disappeared(session: ProbeSession, condition: string): Promise<Finding> {
  return (await holds(session, condition)) ? "undone" : "done";
}

async function moved(session: ProbeSession, from: string, to: string): Promise<Finding> {
  const left = await holds(session, from);
  if (left === (await holds(session, to))) return "unclear";
  return left ? "undone" : "done";
}

async function holds(session: ProbeSession, condition: string): Promise<boolean> {
  const [row] = await session.all(`SELECT ${condition} AS holds`);
  return row?.holds === true;
}

function exists(name: TableName): string {
  return `to_regclass(${string(table(name))}) IS NOT NULL`;
}

/** `name` in the schema of `other`. */
function beside(other: TableName, name: string): TableName {
  return typeof other === "string" ? name : { schema: other.schema, name };
}

function hasColumn(on: TableName, name: string): string {
  return `EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${string(table(on))}) AND attname = ${string(name)} AND NOT attisdropped)`;
}

function hasConstraint(on: TableName, name: string): string {
  return `EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass(${string(table(on))}) AND conname = ${string(name)})`;
}
