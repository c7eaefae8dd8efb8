/** `mig diff A..B`: what changed between two revisions. The history is replayed, and no database is asked. */
import { plan } from "../autogenerate/plan.ts";
import { renamedBy } from "../autogenerate/renames/by-history.ts";
import { fail } from "../errors.ts";
import type { Schema } from "../model/schema.ts";
import type { Operation } from "../operations/operation.ts";
import { resolveTarget } from "../revisions/resolve.ts";
import type { Revision } from "../revisions/revision.ts";
import { readUnlessSkipped, replay, type ScratchOptions } from "../runtime/replay.ts";
import { printDifference } from "./commands/diff.ts";
import { needsCurrent, readCurrent } from "./current-heads.ts";
import { type RenameOptions, renamesBy } from "./decide-renames.ts";
import { idsOf, type Offline, type OfflineOptions, offline, schemaAt } from "./history-schema.ts";
import { openProject, type Project } from "./project.ts";

export async function diffRevisions(
  span: string,
  options: OfflineOptions & RenameOptions,
): Promise<void> {
  const project = await openProject(options);
  const [from, to] = await endsOf(project, span);
  const place = await offline(project, options, "diff");
  const { dialect, scratch, scope } = place;
  const desired = await schemaAt(place, to);
  const renames = await renamesBetween(place, from, to, options);
  await replay(scratch, idsOf(from), async (connection) => {
    const { schema: current } = await dialect.reflect(connection, scope);
    // What is renamed is spelled otherwise by what mentions it.
    const desiredFor = async (now: Schema) =>
      (await dialect.normalise(connection, now, desired, scope)).schema;
    const { operations } = await plan(current, await desiredFor(current), {
      rules: dialect.rules,
      made: () => true,
      ...renames,
      desiredFor,
    });
    renames.finish();
    await printDifference({ dialect, connection }, operations, {
      ...options,
      clean: `nothing differs between ${span.split("..").join(" and ")}`,
    });
  });
}

/** The revisions that each side of `a..b` means, none for the base. Throws INVALID_SPAN and the errors of targets. */
async function endsOf(
  project: Project,
  span: string,
): Promise<readonly [readonly Revision[], readonly Revision[]]> {
  const [first, second, ...others] = span.split("..");
  if (first === undefined || second === undefined)
    return fail("INVALID_SPAN", { span, why: "it has no .. between two targets" });
  if (others.length > 0) fail("INVALID_SPAN", { span, why: "it has more than one .." });
  const sides = [first || "base", second || "heads"] as const;
  const current = sides.some(needsCurrent) ? await readCurrent(project) : null;
  const scope = { graph: project.graph(), current };
  return [resolveTarget(scope, sides[0]), resolveTarget(scope, sides[1])];
}

/** The history knows its renames; where SQL that was written by hand made one, --rename says so. */
async function renamesBetween(
  { scratch }: Offline,
  from: readonly Revision[],
  to: readonly Revision[],
  options: RenameOptions,
) {
  const known = renamedBy(await operationsBetween(scratch, from, to));
  const { told, decide, finish } = renamesBy({ ...options, acceptDrops: true });
  return {
    finish,
    told: (rename: Parameters<typeof told>[0]) => told(rename) || known(rename),
    decide: async (question: Parameters<typeof decide>[0]) =>
      (await decide(question)) ?? question.choices.find(known) ?? null,
  };
}

/** What runs on the way to one of them and not to the other. */
async function operationsBetween(
  scratch: ScratchOptions,
  from: readonly Revision[],
  to: readonly Revision[],
): Promise<readonly Operation[]> {
  const { graph } = scratch;
  const [below, above] = [from, to].map((ends) => graph.ancestors(ends, "all"));
  const between = graph.order.filter((each) => below?.has(each) !== above?.has(each));
  const operations: Operation[] = [];
  for (const revision of between) {
    const script = await readUnlessSkipped(scratch, revision);
    operations.push(...script.operations.map(({ operation }) => operation));
  }
  return operations;
}
