/**
 * Whether branches commute: each is run behind the other in scratch databases. A merge joins what every database has run in its
 * own order, so only branches of which the order makes no difference are the same everywhere behind it.
 */
import { diff } from "../autogenerate/diff.ts";
import type { ReflectScope } from "../dialects/reflection.ts";
import { MigError } from "../errors.ts";
import type { Schema } from "../model/schema.ts";
import { describeDifferences } from "../operations/describe/differences.ts";
import type { Operation } from "../operations/operation.ts";
import { meeting, touches } from "../operations/touches.ts";
import type { Revision } from "../revisions/revision.ts";
import { climb, inScratch, readUnlessSkipped, type ScratchOptions } from "./replay.ts";
import { replayTarget } from "./replay-target.ts";

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
    if (branches.filter(({ operations }) => operations.length > 0).length < 2)
      return { kind: "nothing" };
    const there = await run(options, scope, branches);
    if (there.kind !== "schema") return there;
    const back = await run(options, scope, branches.toReversed());
    if (back.kind !== "schema") return back;
    return compare(options, branches, [there.schema, back.schema]);
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

type Run =
  | { readonly kind: "schema"; readonly schema: Schema }
  | Extract<Commuting, { kind: "clash" | "untried" }>;

/** One branch behind the other. */
function run(
  options: ScratchOptions,
  scope: ReflectScope,
  branches: readonly Branch[],
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
    const { schema } = await options.dialect.reflect(connection, scope);
    return { kind: "schema", schema };
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

function compare(
  { dialect }: ScratchOptions,
  branches: readonly Branch[],
  [there, back]: readonly [Schema, Schema],
): Commuting {
  const { operations } = diff(there, back, { rules: dialect.rules, made: () => true });
  if (operations.length === 0) return { kind: "commute", hasOwnSql: branches.some(hasOwnSql) };
  const differences = describeDifferences(operations, there);
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
