import { formatDuration } from "../../errors/words.ts";
import { statusOf } from "../../migrator/look.ts";
import type { RevisionState, RevisionStatus } from "../../runtime/status.ts";
import { shownTime } from "../log-text.ts";
import { colours, note, print, printJson } from "../output.ts";
import { type GlobalOptions, openProject } from "../project.ts";

/** `mig status`: what became of each revision. Reads and creates nothing. */
export async function status(
  options: GlobalOptions & { readonly verbose?: boolean },
): Promise<void> {
  const project = await openProject(options);
  const { dialect, revisions } = await statusOf(project);
  if (options.json) return printJson({ dialect, revisions });
  for (const revision of revisions) {
    print(statusLine(revision));
    if (revision.error) print(colours.red(revision.error.replaceAll(/^/gm, " ".repeat(10))));
    if (options.verbose && revision.checksum) print(`${" ".repeat(10)}sha256 ${revision.checksum}`);
  }
  note(summary(revisions));
}

const marks: Readonly<Record<RevisionState, string>> = {
  applied: colours.green("applied "),
  pending: colours.dim("pending "),
  modified: colours.yellow("modified"),
  failed: colours.red("failed  "),
  missing: colours.red("missing "),
};

function statusLine({ state, revision, message, appliedAt, ms, batch }: RevisionStatus): string {
  const when = appliedAt === null ? "" : shownTime(appliedAt);
  const how = [ms === null ? "" : formatDuration(ms), batch === null ? "" : `batch ${batch}`];
  const told = [when, ...how].filter(Boolean).join(", ");
  return `${marks[state]}  ${colours.yellow(revision)}  ${message}${told && colours.dim(`  (${told})`)}`.trimEnd();
}

function summary(revisions: readonly RevisionStatus[]): string {
  const states = Object.keys(marks) as RevisionState[];
  const counts = states.map(
    (state) => [state, revisions.filter((it) => it.state === state).length] as const,
  );
  return (
    counts
      .filter(([, count]) => count > 0)
      .map(([state, count]) => `${count} ${state}`)
      .join(", ") || "no revisions"
  );
}
