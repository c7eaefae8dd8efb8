import { fail } from "../../errors.ts";
import type { DialectName } from "../../model/schema.ts";
import { resolveTarget } from "../../revisions/resolve.ts";
import { needsCurrent, readCurrent } from "../current-heads.ts";
import { printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";
import { revisionDocument } from "../revision-document.ts";
import { printRevisions } from "../revision-list.ts";

interface ShowOptions extends GlobalOptions {
  readonly schema?: boolean;
  readonly dialect?: DialectName;
}

/** `mig show`: what targets mean, in full, or the schema there. A database is asked only for `current`. */
export async function show(targets: readonly string[], options: ShowOptions): Promise<void> {
  if (options.dialect !== undefined && !options.schema)
    fail("WRONG_USAGE", { message: "--dialect needs --schema" });
  const project = await openProject(options);
  const graph = project.graph();
  const current = targets.some(needsCurrent) ? await readCurrent(project) : null;
  const found = new Set(targets.flatMap((target) => resolveTarget({ graph, current }, target)));
  const marked = current === null ? null : new Set(current.map(({ id }) => id));
  if (options.schema)
    return (await import("../show-schema.ts")).showSchemas(project, [...found], marked, options);
  if (options.json) printJson([...found].map((each) => revisionDocument(graph, each, marked)));
  else printRevisions(graph, [...found], marked, { verbose: true });
}
