import { type StampPlan, stampPlan } from "../revisions/stamp.ts";
import { stampDatabase } from "../runtime/stamp.ts";
import type { Project } from "./project.ts";
import { runInfo, type Session, withSession } from "./session.ts";

/** A stamp as it was done, and the milliseconds it took. */
export interface Stamped extends StampPlan {
  readonly ms: number;
}

/** Mark the database as being at `targets`, running nothing; `work` is given what was done before the session ends. */
export function stampOnDatabase<Result>(
  project: Project,
  targets: readonly string[],
  { purge, waiting }: { readonly purge: boolean; readonly waiting: (holder: string) => void },
  work: (session: Session, stamped: Stamped) => Promise<Result>,
): Promise<Result> {
  const graph = project.graph();
  const { name } = project.environment();
  return withSession(project, { readOnly: false }, async (session) => {
    const started = performance.now();
    const target = { ...session, versionTable: project.versionTable, info: runInfo(name) };
    const plan = (heads: readonly string[]) => stampPlan(graph, heads, targets, { purge });
    const done = await stampDatabase(target, plan, waiting);
    return work(session, { ...done, ms: performance.now() - started });
  });
}
