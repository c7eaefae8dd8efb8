/** The database as it is, written as a revision that makes it. */
import type { ModuleBody } from "../adopt/system.ts";
import { diff } from "../autogenerate/diff.ts";
import { including } from "../autogenerate/include.ts";
import { wayBack } from "../autogenerate/plan.ts";
import { render } from "../autogenerate/render/render.ts";
import { fail } from "../errors.ts";
import { emptySchema } from "../model/empty-schema.ts";
import type { Schema } from "../model/schema.ts";
import { apply } from "../operations/apply.ts";
import { describe } from "../operations/describe.ts";
import type { Revision } from "../revisions/revision.ts";
import { readScript } from "../runtime/script-file.ts";
import { belongsBy } from "./belonging.ts";
import type { GlobalOptions, Project } from "./project.ts";
import { scriptReader } from "./run.ts";
import type { Session } from "./session.ts";

export interface LiveDatabase {
  readonly schema: Schema;
  /** What of it no revision of `op` calls can say: triggers and the like. */
  readonly left: readonly string[];
}

/** `without` are the old tool's own tables. */
export async function liveDatabase(
  { config, versionTable }: Project,
  { dialect, connection }: Session,
  without: readonly string[],
): Promise<LiveDatabase> {
  const { schema, notes } = await dialect.reflect(connection, {
    versionTable,
    ...(config.schemas && { schemas: config.schemas }),
    exclude: [...(config.exclude ?? []), ...without],
  });
  const left = notes.map(({ object, what }) => `${object} ${what}`);
  return { schema: including(schema, belongsBy(config)), left: [...new Set(left)] };
}

/** Throws BASELINE_EMPTY. */
export function draftBaseline({ schema }: LiveDatabase, { dialect }: Session): ModuleBody {
  const { rules } = dialect;
  const { operations } = diff(emptySchema, schema, { rules, made: () => true });
  if (operations.length === 0) fail("BASELINE_EMPTY", {});
  const upgrade = render(operations.map((operation) => ({ operation, remarks: [] })));
  const downgrade = render(wayBack(operations, emptySchema, rules));
  const imports = [...new Set([...upgrade.imports, ...downgrade.imports])].sort();
  return { up: upgrade.text, down: downgrade.text, imports };
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
