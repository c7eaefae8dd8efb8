/** The target that prints: a script for `psql` or `sqlite3`. The only code that knows of --sql. */
import type { Dialect, VersionTable } from "../dialects/dialect.ts";
import { type Statement, terminated } from "../dialects/statement.ts";
import { describe } from "../operations/describe.ts";
import type { Recorded } from "../operations/operation.ts";
import { carryOut, type RunInfo, type Sink } from "./carry-out.ts";
import { logEntry, type Numbering, scriptNumbering } from "./log-entry.ts";
import { partsOf } from "./own-transactions.ts";
import { goesPiecewise, refusePieces } from "./pieces.ts";
import { openRehearsal, type Rehearsal } from "./rehearsal.ts";
import { headsAfter } from "./run-state.ts";
import type { PreparedStep, Target } from "./target.ts";

export interface ScriptOptions {
  readonly dialect: Dialect;
  readonly root: string;
  readonly versionTable: VersionTable;
  /** The heads that the script starts from. */
  readonly heads: readonly string[];
  /** The revisions that lead to those heads, for a dialect that compiles against the tables as they are by then. */
  readonly replay: () => Promise<readonly PreparedStep[]>;
  readonly info: Omit<RunInfo, "batch">;
  readonly transaction: "each" | "all";
  /** Given the whole script at the end, so that a failure leaves no half of one; "" when there is nothing to do. */
  readonly print: (script: string) => void;
  readonly note: (text: string) => void;
}

/** A target that writes a script and touches no database. */
export function scriptTarget(options: ScriptOptions): Target {
  const { dialect, versionTable, heads } = options;
  const text: string[] = [];
  const atOnce = options.transaction === "all";
  let rehearsal: Rehearsal | null = null;
  let closing: readonly string[] = [];
  let current = heads;
  const numbering = scriptNumbering();

  return {
    unfinished: () => [],
    open: async () => heads,
    async prepare(steps) {
      if (atOnce) refusePieces(dialect, steps);
      text.push(`-- ${dialect.scriptAdvice}`);
      options.note(dialect.scriptAdvice);
      rehearsal = await openRehearsal(options);
      if (heads.length === 0)
        text.push(...dialect.bookkeeping.create(versionTable).map(terminated));
      if (!atOnce) return;
      const { before, after } = envelope(dialect, steps);
      text.push(...before.map(terminated));
      closing = after;
    },
    async apply(step) {
      const { before, after } = atOnce ? { before: [], after: [] } : envelope(dialect, [step]);
      const guard = dialect.scriptGuard(versionTable, current);
      text.push(`-- ${heading(step)}`, ...before.map(terminated), ...guard.map(terminated));
      await rehearsal?.perform(step, (sink) =>
        writeOperations(options, step, text, writing(options, step, text, sink)),
      );
      current = headsAfter(current, step);
      text.push(...closingStatements(options, step, numbering).map(({ sql }) => terminated(sql)));
      text.push(...after.map(terminated));
      return 0;
    },
    async finish() {
      text.push(...closing.map(terminated));
      await rehearsal?.close();
      options.print(text.join("\n\n"));
    },
  };
}

/** In a revision without a transaction, what needs none of that has one of its own, as it has on a database. */
async function writeOperations(
  { dialect }: ScriptOptions,
  step: PreparedStep,
  text: string[],
  sink: Sink,
): Promise<void> {
  if (!goesPiecewise(dialect, step)) return carryOut(dialect, step.script.operations, sink);
  for (const { recorded, inside } of partsOf(step.script.operations)) {
    const those = inside ?? [recorded];
    const alone = inside !== null || !dialect.goesWithoutTransaction([recorded.operation]);
    const suspendForeignKeys = those.some((it) => dialect.suspendsForeignKeys(it.operation));
    const { before, after } = alone
      ? dialect.scriptEnvelope({ transaction: true, suspendForeignKeys })
      : { before: [], after: [] };
    text.push(...before.map(terminated));
    await carryOut(dialect, those, sink);
    text.push(...after.map(terminated));
  }
}

function envelope(dialect: Dialect, steps: readonly PreparedStep[]) {
  if (steps.some((step) => goesPiecewise(dialect, step))) return { before: [], after: [] };
  return dialect.scriptEnvelope({
    transaction: true,
    suspendForeignKeys: steps.some(({ script }) =>
      script.operations.some(({ operation }) => dialect.suspendsForeignKeys(operation)),
    ),
  });
}

/** `upgrade 0001 -> 0002: Add invoices`, and the arrow the other way round for a downgrade. */
function heading({ direction, revision }: PreparedStep): string {
  const below = revision.downRevisions.join(", ") || "base";
  const way =
    direction === "up"
      ? `upgrade ${below} -> ${revision.id}`
      : `downgrade ${revision.id} -> ${below}`;
  return `${way}: ${revision.message.replace(/\s+/g, " ")}`.trimEnd();
}

function closingStatements(
  { dialect, versionTable, info }: ScriptOptions,
  step: PreparedStep,
  numbering: Numbering,
): readonly Statement[] {
  const { batch } = numbering;
  const details = { run: numbering.run(), startedAt: "now" as const, step, batch };
  const outcome = { success: true, ms: null, error: null, progress: null };
  const { moveHeads, log } = dialect.bookkeeping;
  const moves = moveHeads(versionTable, step.removes, step.adds);
  const row = log(versionTable, logEntry(details, info, outcome));
  return [...moves, row].map((sql) => ({ sql, from: null }));
}

/** A sink that writes what it is given, and then hands it on. */
function writing(
  options: ScriptOptions,
  { revision }: PreparedStep,
  text: string[],
  rehearsal: Sink,
): Sink {
  let described: Recorded | null = null;
  return {
    reader: rehearsal.reader,
    ...(rehearsal.prepare && { prepare: rehearsal.prepare }),
    async send(statement) {
      if (statement.from !== null && statement.from !== described) {
        described = statement.from;
        text.push(`-- ${describe(statement.from.operation).replace(/\s+/g, " ")}`);
      }
      if (statement.verify === undefined) text.push(terminated(statement.sql));
      await rehearsal.send(statement);
    },
    async work(_recorded, { what }) {
      text.push(
        `-- not in this script: "${what.replace(/\s+/g, " ")}", work in TypeScript (op.run)`,
      );
      options.note(
        `revision ${revision.id} does work in TypeScript ("${what}") that a script cannot hold`,
      );
    },
  };
}
