/** What upgrade, downgrade and reset want of a database. */
import { createHash } from "node:crypto";
import { fail } from "../errors.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import { downgradePath, upgradePath } from "../revisions/path.ts";
import { undoBatchPath } from "../revisions/undo-set.ts";
import { lastBatch } from "../runtime/last-batch.ts";
import { type Agreement, agreementOf, none } from "./agreement.ts";
import { refuseModified } from "./modified.ts";
import type { Project } from "./project.ts";
import type { RunRequest } from "./run.ts";

export interface UpgradeOptions {
  /** Go on though files of applied revisions changed. */
  readonly allowModified?: boolean | undefined;
  /** Told of the files that changed, where that is allowed. */
  readonly modified: (files: readonly string[]) => void;
}

/** Everything up to `targets`. */
export function upgradeRequest(
  project: Project,
  targets: readonly string[],
  { allowModified = false, modified }: UpgradeOptions,
): RunRequest {
  const { graph, agreement, texts } = readHistory(project);
  return {
    command: "upgrade",
    texts,
    plan: async (heads, log) => {
      const steps = upgradePath(graph, heads, targets);
      if (heads.length === 0) return steps;
      const database = [await log.newestRun(), ...heads].join(" ");
      if (agreement.holds(database)) return steps;
      const changed = await refuseModified(graph, heads, await log.all(), allowModified);
      if (changed.length > 0) modified(changed);
      // With something to run the log grows, and this is found out anew.
      else if (steps.length === 0) agreement.keep(database);
      return steps;
    },
    // "+1" counts from where the database was: from somewhere else it would be another revision.
    planAgain: !targets.some((target) => /(^|@)\+\d+$/.test(target)),
  };
}

interface History {
  readonly graph: RevisionGraph;
  readonly agreement: Agreement;
  readonly texts: ReadonlyMap<string, string>;
}

/** Reading more of them again takes less time than to keep them, of which most will not run. */
const kept = 2_000;

/** The history, what is in its files, and what is known of just these. */
function readHistory(project: Project): History {
  const files = createHash("sha256");
  const lengths: number[] = [];
  const texts = new Map<string, string>();
  const graph = project.graph((text, path) => {
    files.update(text);
    lengths.push(text.length);
    if (texts.size < kept) texts.set(path, text);
  });
  // A history that was read before shows its files to nobody.
  if (lengths.length !== graph.all.length) return { graph, agreement: none, texts };
  files.update(lengths.join());
  return { graph, agreement: agreementOf(project.root, files.digest("hex")), texts };
}

/** Everything down to `target`. */
export function downgradeRequest(project: Project, target: string): RunRequest {
  const graph = project.graph();
  return undo((heads) => downgradePath(graph, heads, target));
}

/** What the last upgrade applied. */
export function batchRequest(project: Project): RunRequest {
  const graph = project.graph();
  return undo(async (heads, log) =>
    undoBatchPath(graph, heads, lastBatch(graph, heads, await log.all())),
  );
}

/** What another run has changed meanwhile was not there when this was asked for. */
function undo(plan: RunRequest["plan"]): RunRequest {
  return { command: "downgrade", plan, planAgain: false };
}

/** Everything down, and up again, as one run. Throws PROTECTED_FROM_RESET. */
export function resetRequest(project: Project): RunRequest {
  const { name, protected: isProtected } = project.environment();
  if (isProtected) fail("PROTECTED_FROM_RESET", { name });
  const graph = project.graph();
  return {
    command: "reset",
    plan: (heads) => [...downgradePath(graph, heads, "base"), ...upgradePath(graph, [], ["heads"])],
    planAgain: false,
  };
}
