/**
 * What a script is tried on while it is written, where a dialect compiles against the tables as they are: an empty database
 * in this process. It has the tables of its moment of the history, and none of the rows.
 */
import type { Connection, Dialect } from "../dialects/dialect.ts";
import type { Statement } from "../dialects/statement.ts";
import { MigError } from "../errors.ts";
import { carryOut, type Sink } from "./carry-out.ts";
import { describeFailure } from "./failure.ts";
import type { PreparedStep } from "./target.ts";

export interface Rehearsal {
  /** Do `work` with a sink of this database. Its failures are told as those of the step's revision. */
  perform(step: PreparedStep, work: (sink: Sink) => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface RehearsalOptions {
  readonly dialect: Dialect;
  readonly root: string;
  readonly replay: () => Promise<readonly PreparedStep[]>;
  readonly note: (text: string) => void;
}

/** The database at the beginning of the script: the revisions before it are replayed. */
export async function openRehearsal(options: RehearsalOptions): Promise<Rehearsal> {
  const { dialect, root } = options;
  const scratch = await dialect.scratch();
  const connection = scratch ?? { explain };
  const rehearsal: Rehearsal = {
    async perform(step, work) {
      try {
        await work(scratch === null ? nowhere : sinkOf(scratch, step, options));
      } catch (failure) {
        throw describeFailure({ connection, root }, step.revision, failure, "nothing was printed");
      }
    },
    close: async () => scratch?.close(),
  };
  if (scratch === null) return rehearsal;
  for (const step of await options.replay()) {
    await rehearsal.perform(step, (sink) => carryOut(dialect, step.script.operations, sink));
  }
  return rehearsal;
}

/** For a dialect that asks nothing to compile. */
const nowhere: Sink = {
  reader: { all: async () => [] },
  send: async () => {},
  work: async () => {},
};

function explain(failure: unknown) {
  const why = failure instanceof Error ? failure.message : String(failure);
  return { why, error: failure instanceof MigError ? failure : null, retry: false, context: {} };
}

/** Work is not done: it may reach beyond the database. Rows are neither made nor looked at. */
function sinkOf(
  scratch: Connection,
  { revision }: PreparedStep,
  { dialect, note }: RehearsalOptions,
): Sink {
  return {
    reader: scratch,
    /** A database that mig was brought to has tables that the history does not know. */
    async prepare(recorded) {
      for (const statement of (await dialect.missingIn?.(scratch, recorded)) ?? [])
        await scratch.send(statement);
    },
    async send(statement) {
      if (statement.verify !== undefined || statement.from?.operation.kind === "insert") return;
      await scratch.send(statement).catch((failure: unknown) => {
        if (!isOwnSql(statement)) throw failure;
        note(
          `revision ${revision.id}: on the empty database that this script was tried on, ${JSON.stringify(statement.sql)} failed: ${scratch.explain(failure).why}`,
        );
      });
    },
    work: async () => {},
  };
}

/** What people wrote may need rows that are not there, or a database that is only attached elsewhere. */
function isOwnSql({ from }: Statement): boolean {
  return from?.operation.kind === "execute";
}
