/** `mig revision --autogenerate`: what the databases lack, written as a revision. */
import { plan, wayBack } from "../autogenerate/plan.ts";
import { render } from "../autogenerate/render/render.ts";
import { dialectNameOf } from "../dialects/registry.ts";
import { dialectNames } from "../model/schema.ts";
import { type Compared, withComparison } from "./comparing.ts";
import { renamesBy } from "./decide-renames.ts";
import { checkDrafted, processed, tellUnmanaged, withRemarks } from "./draft-operations.ts";
import { command, type DraftedScripts, type DraftOptions, scriptsOf } from "./draft-scripts.ts";
import type { Project } from "./project.ts";

/**
 * With a schema for each database the draft is for both. Of a database that is not the environment's, the history tells how
 * it is.
 */
export async function draftScripts(
  project: Project,
  options: DraftOptions,
): Promise<DraftedScripts | null> {
  const own = dialectNameOf(project.environment().url);
  const { schema = {} } = project.config;
  const { dialect = own } = options;
  if (options.dialect === undefined && dialectNames.every((name) => schema[name] !== undefined))
    return (await import("./draft-both.ts")).draftBoth(project, options, own);
  const draft = (compared: Compared) => draftFor(project, options, compared);
  if (dialect === own) return withComparison(project, options, command, draft);
  const { withReplayed } = await import("./replayed.ts");
  return withReplayed(project, options, dialect, draft);
}

async function draftFor(
  project: Project,
  options: DraftOptions,
  compared: Compared,
): Promise<DraftedScripts | null> {
  const renames = renamesBy(options);
  const { current, desired, desiredFor, session } = compared;
  const planned = await plan(current, desired, { ...compared.options, ...renames, desiredFor });
  renames.finish();
  tellUnmanaged(planned.unmanaged);
  const operations = await processed(project, session.dialect.name, planned.operations);
  if (operations.length === 0) return null;
  checkDrafted(session.dialect, operations);
  return scriptsOf(
    render(await withRemarks(operations, compared)),
    render(wayBack(operations, current, session.dialect.rules)),
  );
}
