/** A draft for both databases: each schema against how its own database is, and one script that serves both. */
import { type Both, each } from "../autogenerate/both/both.ts";
import { renderBoth } from "../autogenerate/both/merge.ts";
import { inStep, together } from "../autogenerate/both/plan.ts";
import { type Plan, plan, wayBack } from "../autogenerate/plan.ts";
import type { Drafted } from "../autogenerate/render/render.ts";
import { MigError } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";
import type { Operation } from "../operations/operation.ts";
import { type Compared, withComparison } from "./comparing.ts";
import { type Renames, renamesBy } from "./decide-renames.ts";
import { checkDrafted, processed, tellUnmanaged, withRemarks } from "./draft-operations.ts";
import { command, type DraftedScripts, type DraftOptions, scriptsOf } from "./draft-scripts.ts";
import type { Project } from "./project.ts";
import { withReplayed } from "./replayed.ts";

/** `own` is the database of the environment. */
export async function draftBoth(
  project: Project,
  options: DraftOptions,
  own: DialectName,
): Promise<DraftedScripts | null> {
  const other = own === "sqlite" ? "postgresql" : "sqlite";
  return withComparison(project, options, command, (live) =>
    withReplayed(project, options, other, (replayed) =>
      draft(project, options, inPlace(own, live, replayed)),
    ).catch((failure) => {
      throw withWayOut(failure, own);
    }),
  );
}

function inPlace<Thing>(own: DialectName, live: Thing, replayed: Thing): Both<Thing> {
  return { postgresql: replayed, sqlite: replayed, [own]: live };
}

/** What keeps the other database from being tried does not keep this one from its draft. */
function withWayOut(failure: unknown, own: DialectName): unknown {
  if (!(failure instanceof MigError) || !ofScratch.has(failure.code)) return failure;
  const { code, message, help, context } = failure;
  if (help.includes("--dialect")) return failure;
  return new MigError(
    code,
    message,
    `${help}; --dialect ${own} drafts for this database alone`,
    context,
  );
}

const ofScratch: ReadonlySet<string> = new Set([
  "REPLAY_FAILED",
  "SCRATCH_UNUSABLE",
  "SCRATCH_PREPARE_FAILED",
  "DRIVER_MISSING",
  "PGLITE_MISSING",
]);

async function draft(
  project: Project,
  options: DraftOptions,
  compared: Both<Compared>,
): Promise<DraftedScripts | null> {
  const renames = renamesBy(options);
  const plans = await eachInTurn(compared, (it) => planFor(it, renames));
  renames.finish();
  const alike = together({
    postgresql: { ...plans.postgresql, current: compared.postgresql.current },
    sqlite: { ...plans.sqlite, current: compared.sqlite.current },
  });
  const sides = await eachInTurn(compared, async (it) => {
    const { name } = it.session.dialect;
    tellUnmanaged(plans[name].unmanaged, `${name}: `);
    return { compared: it, operations: await processed(project, name, alike[name]) };
  });
  const { postgresql, sqlite } = sides;
  if (postgresql.operations.length + sqlite.operations.length === 0) return null;
  return write(sides);
}

/** What is renamed is asked about once. */
function planFor({ session: _, ...comparison }: Compared, renames: Renames): Promise<Plan> {
  const { current, desired, desiredFor, options } = comparison;
  const rules = inStep(options.rules);
  return plan(current, desired, { ...options, ...renames, rules, desiredFor });
}

interface Side {
  readonly compared: Compared;
  readonly operations: readonly Operation[];
}

async function write(sides: Both<Side>): Promise<DraftedScripts> {
  const rules = each(sides, ({ compared }) => compared.session.dialect.rules);
  const up = await eachInTurn(sides, ({ compared, operations }): Promise<readonly Drafted[]> => {
    checkDrafted(compared.session.dialect, operations);
    return withRemarks(operations, compared);
  });
  const down = each(sides, ({ compared, operations }) =>
    wayBack(operations, compared.current, compared.session.dialect.rules),
  );
  return scriptsOf(renderBoth(up, rules), renderBoth(down, rules));
}

async function eachInTurn<From, To>(
  both: Both<From>,
  make: (of: From) => Promise<To>,
): Promise<Both<To>> {
  const postgresql = await make(both.postgresql);
  return { postgresql, sqlite: await make(both.sqlite) };
}
