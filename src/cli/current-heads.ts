import { readApplied } from "../revisions/applied.ts";
import type { Revision } from "../revisions/revision.ts";
import type { Project } from "./project.ts";
import { withSession } from "./session.ts";

/** True when a target or a range can only be understood with a database. */
export function needsCurrent(target: string): boolean {
  return /\bcurrent\b/.test(target);
}

/** The revisions that the database is at: its version table is read, and nothing else. */
export function readCurrent(project: Project): Promise<readonly Revision[]> {
  return withSession(project, { readOnly: true }, async ({ connection }) => {
    const { heads } = await connection.state();
    return readApplied(project.graph(), heads ?? []).heads;
  });
}
