/** How far a revision came that was killed. */
import type { Connection, LogRow } from "../../dialects/dialect.ts";
import { readApplied } from "../../revisions/applied.ts";
import { piecesOf, progressOf } from "../pieces.ts";
import type { PreparedStep } from "../target.ts";
import type { TrialOptions } from "./trial.ts";

export interface Stand {
  readonly applied: boolean;
  /** Of a revision without a transaction that did not end. */
  readonly row: LogRow | null;
  /** Grows with what is done. */
  readonly distance: number;
}

export async function standOf(
  connection: Connection,
  { graph }: TrialOptions,
  { revision }: PreparedStep,
): Promise<Stand> {
  const { heads } = await connection.state();
  const applied = readApplied(graph, heads ?? []).revisions.has(revision);
  const row = await unfinished(connection, revision.id);
  const { done = 0, begun = 0 } = row?.progress ?? {};
  return { applied, row, distance: (heads === null ? 0 : 1) + (row ? 1 : 0) + done + begun };
}

/** Do what a person would: say in the log what became of the statement that was cut off. False where there is none. */
export async function settle(
  connection: Connection,
  { dialect, versionTable }: TrialOptions,
  { revision, script }: PreparedStep,
  tookEffect: boolean,
): Promise<boolean> {
  const row = await unfinished(connection, revision.id);
  if (row?.progress == null || row.progress.begun === row.progress.done) return false;
  const count = row.progress.done + (tookEffect ? 1 : 0);
  const pieces = await piecesOf(dialect, connection, script.operations);
  const progress = progressOf(pieces, count, count);
  await connection.send({
    sql: dialect.bookkeeping.updateLog(versionTable, row.run, { progress }),
    from: null,
  });
  await connection.flush();
  return true;
}

/** Whether the log has it applied once. */
export async function isLoggedOnce(
  connection: Connection,
  { revision }: PreparedStep,
): Promise<boolean> {
  const log = await connection.log();
  return log.filter((row) => row.revision === revision.id && row.success === true).length === 1;
}

async function unfinished(connection: Connection, id: string): Promise<LogRow | null> {
  const { unfinished: rows } = await connection.state();
  return rows.findLast((row) => row.revision === id && row.direction === "up") ?? null;
}
