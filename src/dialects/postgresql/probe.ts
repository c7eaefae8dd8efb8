/** Whether a statement that ran outside a transaction, and was perhaps cut off, took effect. */
import type { Operation } from "../../operations/operation.ts";
import type { Row, Statement } from "../statement.ts";
import { type ConcurrentIndex, concurrentIndex } from "./concurrent-index.ts";
import { leadingTokens } from "./lex.ts";
import { traceOf } from "./traces.ts";
import { string } from "./write.ts";

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
  { sql }: Statement,
  operation: Operation,
): Promise<Finding> {
  const trace = isRepeatable(sql) ? "again" : traceOf(operation, sql);
  if (trace === "again") return "undone";
  if (trace === "unclear") return "unclear";
  if (await holds(session, trace.done)) return "done";
  return (await holds(session, trace.undone)) ? "undone" : "unclear";
}

/** Statements that do no harm when they run a second time. */
function isRepeatable(sql: string): boolean {
  const words = leadingTokens(sql, 8)
    .filter((token) => !token.startsWith('"'))
    .join(" ")
    .toUpperCase();
  return (
    /^(VACUUM|ANALYZE|REINDEX|REFRESH|SET|RESET|COMMENT|ALTER SYSTEM|BEGIN|START)\b/.test(words) ||
    /^(CREATE|DROP) .*\bIF (NOT )?EXISTS\b/.test(words) ||
    /^CREATE OR REPLACE\b/.test(words)
  );
}

async function holds(session: ProbeSession, condition: string): Promise<boolean> {
  const [row] = await session.all(`SELECT ${condition} AS holds`);
  return row?.holds === true;
}
