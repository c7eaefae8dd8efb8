import { fail } from "../../errors.ts";
import type { RevisionGraph } from "../../revisions/graph.ts";
import { findRevision } from "../../revisions/names.ts";
import { resolveTarget } from "../../revisions/resolve.ts";
import type { Revision } from "../../revisions/revision.ts";
import { draftScripts } from "../draft-revision.ts";
import type { DraftedScripts, DraftOptions } from "../draft-scripts.ts";
import { writeRevision } from "../new-revision.ts";
import { note, printJson } from "../output.ts";
import { openProject, type Project } from "../project.ts";

interface RevisionOptions extends DraftOptions {
  readonly message: string;
  readonly sqlFile?: boolean;
  readonly head?: string;
  readonly splice?: boolean;
  readonly branchLabel?: readonly string[];
  readonly dependsOn?: readonly string[];
  readonly revId?: string;
  readonly versionPath?: string;
  readonly autogenerate?: boolean;
}

const emptyScripts: DraftedScripts = { upgrade: "", downgrade: "", imports: [] };

/** `mig revision`: write a new revision behind a head, or behind `--head`. A draft in which nothing differs is not written. */
export async function revision(options: RevisionOptions): Promise<void> {
  refuseUsage(options);
  const project = await openProject(options);
  const graph = project.graph();
  const parents = resolveTarget({ graph, current: null }, options.head ?? "head");
  if (!options.splice) refuseSplice(graph, parents);
  const scripts = await scriptsOf(project, options);
  if (scripts === null) return tellNothing(options);
  writeRevision(project, options, {
    message: options.message,
    parents,
    dependsOn: (options.dependsOn ?? []).map((name) => dependency(graph, name)),
    branchLabels: options.branchLabel ?? [],
    revision: options.revId,
    versionPath: options.versionPath,
    format: options.sqlFile ? "sql" : "module",
    ...scripts,
  });
}

function refuseUsage(options: RevisionOptions): void {
  const { autogenerate, sqlFile, fromEmpty, rename, acceptDrops, dialect } = options;
  if (autogenerate && sqlFile) {
    const message = "a draft is TypeScript: --autogenerate and --sql-file do not go together";
    fail("WRONG_USAGE", { message });
  }
  if (autogenerate) return;
  const forDrafts = {
    "--from-empty": fromEmpty,
    "--rename": rename,
    "--accept-drops": acceptDrops,
    "--dialect": dialect,
  };
  const [flag] = Object.entries(forDrafts).find(([, given]) => given) ?? [];
  if (flag !== undefined) fail("WRONG_USAGE", { message: `${flag} needs --autogenerate` });
}

function scriptsOf(project: Project, options: RevisionOptions): Promise<DraftedScripts | null> {
  if (options.autogenerate) return draftScripts(project, options);
  return Promise.resolve(emptyScripts);
}

function tellNothing({ json }: RevisionOptions): void {
  note("nothing differs: no file was written");
  if (json) printJson(null);
}

/** A revision behind one that is followed already is a new branch, which has to be meant. */
function refuseSplice(graph: RevisionGraph, parents: readonly Revision[]): void {
  for (const parent of parents) {
    const children = graph.children(parent).map(({ id }) => id);
    if (children.length > 0) fail("NOT_A_HEAD", { revision: parent.id, children });
  }
}

/** Labels stay labels, prefixes become whole ids. */
function dependency(graph: RevisionGraph, name: string): string {
  return graph.labels.has(name) ? name : findRevision(graph, name, null).id;
}
