/** The database as it is, written as a revision that makes it. */
import type { ModuleBody } from "../adopt/system.ts";
import { diff } from "../autogenerate/diff.ts";
import { including } from "../autogenerate/include.ts";
import { wayBack } from "../autogenerate/plan.ts";
import { type Drafted, render } from "../autogenerate/render/render.ts";
import type { Besides } from "../dialects/reflection.ts";
import { fail } from "../errors.ts";
import { belongsBy } from "../migrator/belonging.ts";
import { emptySchema } from "../model/empty-schema.ts";
import type { Schema } from "../model/schema.ts";
import { apply } from "../operations/apply.ts";
import { describe } from "../operations/describe.ts";
import type { Revision } from "../revisions/revision.ts";
import { readScript } from "../runtime/script-file.ts";
import type { GlobalOptions, Project } from "./project.ts";
import { scriptReader } from "./run.ts";
import type { Session } from "./session.ts";

export interface LiveDatabase {
  readonly schema: Schema;
  /** What `op` has no calls for, and SQL can say. */
  readonly besides: readonly Besides[];
  /** What is not written down: virtual tables, domains and the like. */
  readonly left: readonly string[];
}

/** `without` are the old tool's own tables. */
export async function liveDatabase(
  project: Project,
  { dialect, connection }: Session,
  without: readonly string[],
): Promise<LiveDatabase> {
  const { config, versionTable } = project;
  const scope = {
    versionTable,
    ...(config.schemas && { schemas: config.schemas }),
    exclude: [...(config.exclude ?? []), ...without],
  };
  const { schema, notes } = await dialect.reflect(connection, scope);
  const besides = await dialect.besides(connection, scope);
  const left = notes.filter(({ what }) => !written.has(what));
  return {
    schema: including(schema, belongsBy(project)),
    besides,
    left: [...new Set(left.map(({ object, what }) => `${object} ${what}`))],
  };
}

/** What `besides` has the statements of. */
const written = new Set(["is a trigger", "is a function", "is a procedure"]);

/** Throws BASELINE_EMPTY. */
export function draftBaseline({ schema, besides }: LiveDatabase, { dialect }: Session): ModuleBody {
  const { rules } = dialect;
  const { operations } = diff(emptySchema, schema, { rules, made: () => true });
  if (operations.length + besides.length === 0) fail("BASELINE_EMPTY", {});
  const tables = operations.map((operation): Drafted => ({ operation, remarks: [] }));
  const back = wayBack(operations, emptySchema, rules);
  const { first, last } = around(besides, render(tables).text);
  const upgrade = render([...made(first), ...tables, ...made(last)]);
  const [triggers, others] = [last.filter(isOfTrigger), last.filter((it) => !isOfTrigger(it))];
  const downgrade = render([...undone(others), ...back, ...undone(triggers), ...undone(first)]);
  const imports = [...new Set([...upgrade.imports, ...downgrade.imports])].sort();
  return { up: upgrade.text, down: downgrade.text, imports };
}

/** What a default, a check or a view calls has to be there before it; all the rest may read tables. */
function around(besides: readonly Besides[], tables: string) {
  const isCalled = ({ kind, name }: Besides) =>
    kind === "function" && new RegExp(`\\b${name.replace(/\W/g, "\\$&")}"?\\s*\\(`).test(tables);
  return {
    first: besides.filter(isCalled),
    last: besides.filter((it) => !isCalled(it)),
  };
}

/** It can go only after the triggers, which go with their tables. */
function isOfTrigger({ kind }: Besides): boolean {
  return kind !== "function";
}

function made(besides: readonly Besides[]): readonly Drafted[] {
  return besides.map(({ sql }) => ({ operation: { kind: "execute", sql }, remarks: [] }));
}

function undone(besides: readonly Besides[]): readonly Drafted[] {
  return besides.toReversed().flatMap(({ undo }): readonly Drafted[] => {
    return undo === null ? [] : [{ operation: { kind: "execute", sql: undo }, remarks: [] }];
  });
}

/** What the database has otherwise than the file makes it. */
export async function differencesFrom(
  file: Revision,
  { schema }: LiveDatabase,
  { project, options, session }: { project: Project; options: GlobalOptions; session: Session },
): Promise<readonly string[]> {
  const reader = scriptReader(project, options, session);
  const script = await readScript(reader, file, "up");
  const made = script.operations.reduce((so, { operation }) => apply(so, operation), emptySchema);
  const { rules } = session.dialect;
  return diff(made, schema, { rules, made: () => true }).operations.map(describe);
}
