/** The statements of mig's own tables, where both databases agree on the words. */
import type { Bookkeeping, LogChange, LogEntry, VersionTable } from "./dialect.ts";

/** What a dialect adds: its types, and how it writes names, values and time. */
export interface Words {
  table(at: VersionTable, name: string): string;
  literal(value: string | number | boolean | null): string;
  /** The column that numbers the rows. */
  readonly number: string;
  readonly boolean: string;
  readonly timestamp: string;
  /** What follows the columns of the version table: it has one column, which is its key. */
  readonly versionTableOptions: string;
  /** The time, as SQL. */
  readonly now: string;
  /** Milliseconds since `startedAt`, which is SQL, or since the transaction began, which is nearly the same. */
  sinceBegin(startedAt: string): string;
}

/** The log's name beside a version table: `mig_version` has `mig_log`. */
export function logName(versionTable: string): string {
  return versionTable.endsWith("_version")
    ? `${versionTable.slice(0, -"_version".length)}_log`
    : `${versionTable}_log`;
}

export function bookkeeping(words: Words): Bookkeeping {
  const heads = (at: VersionTable) => words.table(at, at.name);
  const log = (at: VersionTable) => words.table(at, logName(at.name));
  const is = (id: string) => `version_num = ${words.literal(id)}`;
  const moveHeads: Bookkeeping["moveHeads"] = (at, removes, adds) => [
    ...removes.map((id) => `DELETE FROM ${heads(at)} WHERE ${is(id)}`),
    ...adds.map((id) => `INSERT INTO ${heads(at)} (version_num) VALUES (${words.literal(id)})`),
  ];
  return {
    create: (at) => [
      `CREATE TABLE IF NOT EXISTS ${heads(at)} (version_num varchar(128) NOT NULL PRIMARY KEY)${words.versionTableOptions}`,
      createLog(log(at), words),
    ],
    moveHeads,
    replaceHeads: (at, removes, adds) => {
      const both = Math.min(removes.length, adds.length);
      const replaced = removes
        .slice(0, both)
        .map((id, place) => `UPDATE ${heads(at)} SET ${is(adds[place] ?? "")} WHERE ${is(id)}`);
      return [...replaced, ...moveHeads(at, removes.slice(both), adds.slice(both))];
    },
    log: (at, entry) => insertLog(log(at), entry, words),
    updateLog: (at, run, change) =>
      `UPDATE ${log(at)} SET ${assignments(change, words).join(", ")} WHERE run = ${words.literal(run)}`,
  };
}

function createLog(table: string, words: Words): string {
  return `CREATE TABLE IF NOT EXISTS ${table} (
  id ${words.number},
  run varchar(36) NOT NULL,
  batch integer NOT NULL,
  direction varchar(10) NOT NULL,
  revision varchar(128) NOT NULL,
  message text NOT NULL,
  file text NOT NULL,
  checksum varchar(64) NOT NULL,
  started_at ${words.timestamp} NOT NULL,
  ms integer,
  success ${words.boolean},
  error text,
  statements_done integer,
  statements_begun integer,
  statements_hash varchar(64),
  who text NOT NULL,
  tool_version text NOT NULL,
  environment text NOT NULL
)`;
}

function insertLog(table: string, entry: LogEntry, words: Words): string {
  const { literal } = words;
  const { progress } = entry;
  const startedAt = entry.startedAt === "now" ? words.now : literal(entry.startedAt);
  const values = [
    literal(entry.run),
    batchSql(table, entry.batch, words),
    literal(entry.direction),
    literal(entry.revision),
    literal(entry.message),
    literal(entry.file),
    literal(entry.checksum),
    startedAt,
    duration(entry.ms, startedAt, words),
    literal(entry.success),
    literal(entry.error),
    literal(progress?.done ?? null),
    literal(progress?.begun ?? null),
    literal(progress?.hash ?? null),
    literal(entry.who),
    literal(entry.toolVersion),
    literal(entry.environment),
  ];
  return `INSERT INTO ${table} (${written}) VALUES (${values.join(", ")})`;
}

/** The columns that an entry gives a value to, in that order. */
const written =
  "run, batch, direction, revision, message, file, checksum, started_at, ms, success, error, statements_done, statements_begun, statements_hash, who, tool_version, environment";

function assignments(change: LogChange, words: Words): string[] {
  return [
    ...(change.success === undefined ? [] : [`success = ${words.literal(change.success)}`]),
    ...(change.ms === undefined ? [] : [`ms = ${duration(change.ms, "started_at", words)}`]),
    ...(change.error === undefined ? [] : [`error = ${words.literal(change.error)}`]),
    ...(change.progress
      ? [
          `statements_done = ${change.progress.done}`,
          `statements_begun = ${change.progress.begun}`,
          `statements_hash = ${words.literal(change.progress.hash)}`,
        ]
      : []),
  ];
}

function batchSql(table: string, batch: LogEntry["batch"], words: Words): string {
  if (typeof batch === "number") return words.literal(batch);
  const own = `SELECT max(batch) FROM ${table} WHERE run LIKE ${words.literal(`${batch.runsBegin}%`)}`;
  return `coalesce((${own}), (SELECT coalesce(max(batch), 0) + 1 FROM ${table}))`;
}

function duration(ms: LogEntry["ms"], startedAt: string, words: Words): string {
  return ms === "sinceBegin" ? words.sinceBegin(startedAt) : words.literal(ms);
}
