/**
 * Whether branches commute: each is run behind the other in scratch databases. A merge joins what every database has run in its
 * own order, so only branches of which the order makes no difference are the same everywhere behind it.
 */
import type { ReflectScope } from "../dialects/reflection.ts";
import { MigError } from "../errors.ts";
import type { Schema } from "../model/schema.ts";
import { describeDifferences } from "../operations/describe/differences.ts";
import type { Operation } from "../operations/operation.ts";
import { meeting, touches } from "../operations/touches.ts";
import type { Revision } from "../revisions/revision.ts";
import { climb, inScratch, readUnlessSkipped, type ScratchOptions } from "./replay.ts";
import { replayTarget } from "./replay-target.ts";
import { comeAndGone, differencesIn, linesOf } from "./testing/moment.ts";

export type Commuting =
  /** At most one of them does anything here. */
  | { readonly kind: "nothing" }
  | { readonly kind: "commute"; readonly hasOwnSql: boolean }
  | { readonly kind: "clash"; readonly clash: Clash }
  | { readonly kind: "untried"; readonly why: MigError };

export interface Clash {
  /** In the order in which they were run. */
  readonly order: readonly string[];
  /** Why that order does not run; null where it does, and leads elsewhere. */
  readonly failure: MigError | null;
  /** What is otherwise in the end, a line each. */
  readonly differences: readonly string[];
  /** What more than one of them changes: "users.email". */
  readonly both: readonly string[];
}

/** Run the branches that end in `heads` in their order, and the other way round. */
export async function tryOrders(
  options: ScratchOptions,
  scope: ReflectScope,
  heads: readonly Revision[],
): Promise<Commuting> {
  try {
    const branches = await branchesOf(options, heads);
    const busy = branches.filter(({ operations }) => operations.length > 0).length;
    // Of several, two may have something in common that the third has not.
    if (busy === 0 || (busy === 1 && heads.length === 2)) return { kind: "nothing" };
    const there = await run(options, scope, branches, null);
    if (there.kind !== "made") return there;
    const back = await run(options, scope, branches.toReversed(), there);
    return back.kind === "made" ? verdict(branches, back.differences) : back;
  } catch (why) {
    if (!(why instanceof MigError)) throw why;
    return { kind: "untried", why };
  }
}

interface Branch {
  readonly head: Revision;
  /** What only this one does. */
  readonly operations: readonly Operation[];
}

async function branchesOf(
  options: ScratchOptions,
  heads: readonly Revision[],
): Promise<readonly Branch[]> {
  const { graph } = options;
  const lines = heads.map((head) => graph.ancestors([head], "all"));
  const own = (line: ReadonlySet<Revision>) =>
    graph.order.filter(
      (each) => line.has(each) && lines.every((other) => other === line || !other.has(each)),
    );
  const branches: Branch[] = [];
  for (const [at, head] of heads.entries()) {
    const operations: Operation[] = [];
    for (const revision of own(lines[at] ?? new Set())) {
      const script = await readUnlessSkipped(options, revision);
      operations.push(...script.operations.map(({ operation }) => operation));
    }
    branches.push({ head, operations });
  }
  return branches;
}

/** What came of an order. */
interface Made {
  readonly kind: "made";
  readonly schema: Schema;
  /** What a schema cannot say. */
  readonly others: readonly string[];
  /** From what the other order made, a line each. */
  readonly differences: readonly string[];
}

type Run = Made | Extract<Commuting, { kind: "clash" | "untried" }>;

/** One branch behind the other; what comes of it beside what the `other` order made. */
function run(
  options: ScratchOptions,
  scope: ReflectScope,
  branches: readonly Branch[],
  other: Made | null,
): Promise<Run> {
  return inScratch(options, async (connection) => {
    const target = replayTarget(options, connection);
    for (const branch of branches) {
      try {
        await climb(options, [branch.head.id], target);
      } catch (why) {
        if (!(why instanceof MigError)) throw why;
        const runsAlone = branch !== branches[0] && (await isSound(options, branch));
        if (!runsAlone) return { kind: "untried", why };
        const others = branches.slice(0, branches.indexOf(branch));
        return { kind: "clash", clash: failing(branch, others, why) };
      }
    }
    const { schema, notes } = await options.dialect.reflect(connection, scope);
    const others = linesOf(notes);
    if (other === null) return { kind: "made", schema, others, differences: [] };
    const place = { dialect: options.dialect, scope, connection };
    const operations = await differencesIn(place, other.schema, schema);
    const lines = describeDifferences(operations, other.schema);
    const differences = [...lines, ...comeAndGone(other.others, others)];
    return { kind: "made", schema, others, differences };
  });
}

/** Whether a branch runs without the others: if not, that is not their fault. */
function isSound(options: ScratchOptions, { head }: Branch): Promise<boolean> {
  return inScratch(options, (connection) =>
    climb(options, [head.id], replayTarget(options, connection)).then(
      () => true,
      () => false,
    ),
  );
}

function failing(branch: Branch, others: readonly Branch[], failure: MigError): Clash {
  return {
    order: [...others, branch].map(({ head }) => head.id),
    failure,
    differences: [],
    both: others.flatMap((other) => meetings([other, branch])),
  };
}

function verdict(branches: readonly Branch[], differences: readonly string[]): Commuting {
  if (differences.length === 0) return { kind: "commute", hasOwnSql: branches.some(hasOwnSql) };
  const order = branches.map(({ head }) => head.id);
  return { kind: "clash", clash: { order, failure: null, differences, both: meetings(branches) } };
}

function hasOwnSql({ operations }: Branch): boolean {
  return operations.some(({ kind }) => kind === "execute" || kind === "run");
}

/** What more than one of `branches` changes. */
function meetings(branches: readonly Branch[]): readonly string[] {
  const named = branches.map(({ operations }) => operations.flatMap(touches));
  const met = named.flatMap((one, at) =>
    named.slice(at + 1).flatMap((other) => meeting(one, other)),
  );
  return [...new Set(met)];
}
