/** What PostgreSQL refuses inside a transaction. Each was asked of the servers; see the tests. */
import type { Operation } from "../../operations/operation.ts";
import { isTornTrigger } from "../torn-trigger.ts";
import { leadingTokens } from "./lex.ts";
import { split } from "./split.ts";

/** What of `operation` cannot run in a transaction, or null. Views are refreshed concurrently in one too. */
export function refusesTransaction(operation: Operation): string | null {
  if (operation.kind === "execute") return refusedIn(operation.sql);
  if (!("concurrently" in operation) || operation.kind === "refreshView") return null;
  return operation.concurrently ? besideOthers[operation.kind] : null;
}

const besideOthers = {
  createIndex: "CREATE INDEX CONCURRENTLY",
  dropIndex: "DROP INDEX CONCURRENTLY",
} as const;

/** Cheap, for most SQL holds none of these words; one that does is taken apart. */
const mayRefuse =
  /\b(?:CONCURRENTLY|REINDEX|VACUUM|DATABASE|TABLESPACE|SYSTEM|CLUSTER|DISCARD|SUBSCRIPTION|COMMIT|ROLLBACK|BEGIN|START|END|ABORT|PREPARE)\b/i;

function refusedIn(sql: string): string | null {
  if (!mayRefuse.test(sql)) return null;
  const statements = split(sql);
  // The END of a trigger that was written for SQLite ends no transaction: the server says what is wrong with it.
  if (statements.some((it) => isTornTrigger(it.sql))) return null;
  const refusedParts = statements.map((statement) => refused(statement.sql));
  return refusedParts.find((what) => what !== null) ?? null;
}

/** True for a statement that lets others go on working, and so may wait for them as long as it takes. */
export function isConcurrent(sql: string): boolean {
  return refused(sql)?.endsWith("CONCURRENTLY") ?? false;
}

const refusals: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^CREATE (UNIQUE )?INDEX CONCURRENTLY\b/, "CREATE INDEX CONCURRENTLY"],
  [/^DROP INDEX CONCURRENTLY\b/, "DROP INDEX CONCURRENTLY"],
  [/^REINDEX \( [^)]*\bCONCURRENTLY (?!FALSE|OFF|0)/, "REINDEX CONCURRENTLY"],
  [/^REINDEX (\( .* \) )?\w+ CONCURRENTLY\b/, "REINDEX CONCURRENTLY"],
  [/^REINDEX (\( .* \) )?(SCHEMA|DATABASE|SYSTEM)\b/, "REINDEX of a schema or a database"],
  [/^ALTER TABLE .* DETACH PARTITION .* CONCURRENTLY$/, "DETACH PARTITION CONCURRENTLY"],
  [/^VACUUM\b/, "VACUUM"],
  [/^(CREATE|DROP) DATABASE\b/, "CREATE or DROP DATABASE"],
  [/^ALTER DATABASE .* SET TABLESPACE\b/, "ALTER DATABASE … SET TABLESPACE"],
  [/^(CREATE|DROP) TABLESPACE\b/, "CREATE or DROP TABLESPACE"],
  [/^ALTER SYSTEM\b/, "ALTER SYSTEM"],
  [/^CLUSTER$/, "CLUSTER of all tables"],
  [/^DISCARD ALL\b/, "DISCARD ALL"],
  [
    /^CREATE SUBSCRIPTION (?!.*\bCREATE_SLOT = (FALSE|OFF)\b)(?!.*\bCONNECT = (FALSE|OFF)\b)/,
    "CREATE SUBSCRIPTION with a slot",
  ],
  [/^(COMMIT|ROLLBACK) PREPARED\b/, "COMMIT or ROLLBACK PREPARED"],
  // mig begins and commits the transaction of a revision; these would end it half-way.
  [/^(BEGIN|START TRANSACTION|COMMIT|END|ABORT|PREPARE TRANSACTION)\b/, "a transaction of its own"],
  [/^ROLLBACK(?! (WORK |TRANSACTION )?TO\b)/, "a transaction of its own"],
];

function refused(sql: string): string | null {
  const words = leadingTokens(sql, 24).join(" ").toUpperCase();
  return refusals.find(([pattern]) => pattern.test(words))?.[1] ?? null;
}
