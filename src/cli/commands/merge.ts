import { fail } from "../../errors.ts";
import { resolveTarget } from "../../revisions/resolve.ts";
import { writeRevision } from "../new-revision.ts";
import { type GlobalOptions, openProject } from "../project.ts";

interface MergeOptions extends GlobalOptions {
  readonly message: string;
  readonly branchLabel?: readonly string[];
  readonly revId?: string;
  readonly versionPath?: string;
  readonly force?: boolean;
}

/** `mig merge`: write a revision that joins heads, unless their branches clash. */
export async function merge(targets: readonly string[], options: MergeOptions): Promise<void> {
  const project = await openProject(options);
  const graph = project.graph();
  const named = targets.flatMap((target) => resolveTarget({ graph, current: null }, target));
  const parents = graph.inFileOrder(new Set(named));
  if (parents.length < 2) fail("NOTHING_TO_MERGE", { revisions: parents.map(({ id }) => id) });
  for (const parent of parents) {
    const children = graph.children(parent).map(({ id }) => id);
    if (children.length > 0) fail("MERGE_OF_NO_HEAD", { revision: parent.id, children });
  }
  const { tryBranches } = await import("../commuting.ts");
  const tell = await tryBranches(project, options, parents);
  writeRevision(project, options, {
    message: options.message,
    parents,
    dependsOn: [],
    branchLabels: options.branchLabel ?? [],
    revision: options.revId,
    versionPath: options.versionPath,
    format: "module",
    imports: [],
    upgrade: "",
    downgrade: "",
  });
  tell();
}
