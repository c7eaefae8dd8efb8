/**
 * The target of a replay. Revisions run as they do elsewhere, in a transaction or without one; but nobody will read a log, and
 * the heads are written once, when all ran: that bookkeeping would be most of the work.
 */
import type { Connection } from "../dialects/dialect.ts";
import { carryOut } from "./carry-out.ts";
import { describeFailure } from "./failure.ts";
import { partsOf } from "./own-transactions.ts";
import { goesPiecewise } from "./pieces.ts";
import type { ScratchOptions } from "./replay.ts";
import { headsAfter } from "./run-state.ts";
import type { PreparedStep, Target } from "./target.ts";
import { workSink } from "./work.ts";

export function replayTarget(options: ScratchOptions, connection: Connection): Target {
  let before: readonly string[] | null = null;
  let heads: readonly string[] = [];
  return {
    async open() {
      before = (await connection.state()).heads;
      heads = before ?? [];
      return heads;
    },
    unfinished: () => [],
    async prepare() {},
    async apply(step) {
      const started = performance.now();
      try {
        await perform(options, connection, step);
      } catch (failure) {
        await connection.rollback();
        throw describeFailure(
          { ...options, connection },
          step.revision,
          failure,
          "nothing is left",
        );
      }
      heads = headsAfter(heads, step);
      return performance.now() - started;
    },
    finish: () => keepHeads(options, connection, before, heads),
  };
}

async function perform(
  { dialect }: ScratchOptions,
  connection: Connection,
  step: PreparedStep,
): Promise<void> {
  const { operations } = step.script;
  const sink = workSink({ connection, dialect });
  const together = async (those: typeof operations) => {
    const suspendForeignKeys = those.some((it) => dialect.suspendsForeignKeys(it.operation));
    await connection.begin({ suspendForeignKeys });
    await carryOut(dialect, those, sink);
    await connection.commit();
  };
  if (!goesPiecewise(dialect, step)) return together(operations);
  for (const { recorded, inside } of partsOf(operations)) {
    if (inside !== null) await together(inside);
    else if (dialect.goesWithoutTransaction([recorded.operation]))
      await carryOut(dialect, [recorded], sink);
    else await together([recorded]);
  }
}

async function keepHeads(
  { dialect, versionTable }: ScratchOptions,
  connection: Connection,
  before: readonly string[] | null,
  heads: readonly string[],
): Promise<void> {
  const { create, moveHeads } = dialect.bookkeeping;
  const made = before === null ? create(versionTable) : [];
  const moves = moveHeads(versionTable, before ?? [], heads);
  await connection.begin({ suspendForeignKeys: false });
  for (const sql of [...made, ...moves]) await connection.send({ sql, from: null });
  await connection.commit();
}
