import { list } from "./words.ts";

/** As many candidates as a reader can look through. */
function firstOf(candidates: readonly string[]): readonly string[] {
  const shown = 8;
  if (candidates.length <= shown + 1) return candidates;
  return [...candidates.slice(0, shown), `${candidates.length - shown} others`];
}

/** Failures of the graph, of targets, and of the way from one revision to another. */
export const historyErrors = {
  NO_SUCH_REVISION: (it: { name: string; nearest?: readonly string[]; tooShort?: boolean }) => ({
    message: `there is no revision or branch label "${it.name}"`,
    help: it.nearest?.length
      ? `did you mean ${list(it.nearest, "or")}?`
      : `\`mig history\` lists the revisions${it.tooShort ? "; a prefix works when it is unique" : ""}`,
  }),
  AMBIGUOUS_PARTIAL: (it: { prefix: string; candidates: readonly string[] }) => ({
    message: `"${it.prefix}" could mean ${list(firstOf(it.candidates), "or")}`,
    help: "give more characters of the one you mean",
  }),
  NOT_MEMBER_OF_BRANCH: (it: { revision: string; branch: string }) => ({
    message: `revision ${it.revision} is not a member of branch "${it.branch}"`,
    help: "`mig history` shows which revisions belong to which branch",
  }),
  MULTIPLE_HEADS: (it: { target: string; heads: readonly string[] }) => ({
    message: `"${it.target}" is ambiguous: the history has ${it.heads.length} heads (${it.heads.join(", ")})`,
    help: 'name one of them, say "heads" for all, or join them with `mig merge heads -m "…"`',
  }),
  AMBIGUOUS_UPGRADE: (it: { target: string; candidates: readonly string[] }) => ({
    message: `"${it.target}" is ambiguous: it could go on from ${list(it.candidates, "or")}`,
    help: "name the revision, or the branch as in label@+1",
  }),
  AMBIGUOUS_DOWNGRADE: (it: { target: string; heads: readonly string[] }) => ({
    message: `"${it.target}" is ambiguous: the database has ${it.heads.length} current heads (${it.heads.join(", ")})`,
    help: `name the one to undo, as in ${it.heads[0] ?? "label"}@-1, or the revision to go back to`,
  }),
  AMBIGUOUS_WALK: (it: { target: string; at: string; candidates: readonly string[] }) => ({
    message: `"${it.target}" is ambiguous: from ${it.at} it could go to ${list(it.candidates, "or")}`,
    help: "name the revision, or the branch as in label@-1 or label@+1",
  }),
  RELATIVE_OUT_OF_RANGE: (it: { target: string; available: number }) => ({
    message: `"${it.target}" goes too far: there ${it.available === 1 ? "is 1 revision" : `are ${it.available} revisions`} in that direction`,
    help: it.available === 0 ? "there is nothing to do" : "use a smaller number",
  }),
  INVALID_DOWNGRADE_TARGET: (it: { target: string; current: readonly string[] }) => ({
    message: `cannot downgrade to "${it.target}": it is not applied (the database is at ${list(it.current, "and") || "base"})`,
    help: "`mig status` shows what is applied",
  }),
  INVALID_TARGET: (it: { target: string; why: string }) => ({
    message: `"${it.target}" is not a target: ${it.why}`,
    help: "targets are a revision or a unique prefix of one, head, heads, base, current, a label, label@head, +2, -1, ae10+2, or a range a:b",
  }),
  INVALID_RANGE: (it: { range: string; why: string }) => ({
    message: `"${it.range}" is not a range: ${it.why}`,
    help: "write from:to, from: or :to, with the older revision first",
  }),
  INVALID_SPAN: (it: { span: string; why: string }) => ({
    message: `"${it.span}" does not say between which two revisions: ${it.why}`,
    help: "write from..to, each a target; without the first from the base on, without the second up to the heads",
  }),
  OVERLAPPING_HEADS: (it: { revision: string; other: string }) => ({
    message: `${it.revision} is an ancestor of ${it.other}: the two cannot be current heads together`,
    help: "leave out the ancestor; if the version table says so, correct it with `mig stamp --purge`",
  }),
  UNKNOWN_CURRENT_REVISION: (it: { revision: string; nearest?: readonly string[] }) => ({
    message: `the database is at revision "${it.revision}", and no file of the history has that id`,
    help: [
      "get the file back (was it deleted, or is it on another branch?)",
      "or mark the database as being at a revision that exists: `mig stamp --purge REVISION`",
      ...(it.nearest?.length ? [`ids like it: ${it.nearest.join(", ")}`] : []),
    ].join("; "),
  }),
  ILLEGAL_REVISION_ID: (it: { revision: string }) => ({
    message: `"${it.revision}" cannot be a revision id`,
    help: "an id is 1 to 128 of the characters A-Z a-z 0-9 _, and no target word such as head or base",
  }),
  /** One file: it was about to be written a second time. */
  DUPLICATE_REVISION: (it: { revision: string; files: readonly string[] }) =>
    it.files.length === 1
      ? {
          message: `there is a revision ${it.revision} already: ${it.files[0]}`,
          help: "nothing was written; choose another id",
        }
      : {
          message: `revision ${it.revision} is in ${it.files.length} files: ${list(it.files, "and")}`,
          help: "give one of them another id, or delete the copy",
        },
  MISSING_PARENT: (it: {
    revision: string;
    parent: string;
    kind: "downRevision" | "dependsOn";
    nearest?: readonly string[];
  }) => ({
    message: `revision ${it.revision} names ${it.parent} as ${it.kind}, and no file has that id`,
    help: it.nearest?.length
      ? `did you mean ${list(it.nearest, "or")}? Otherwise get the missing file back, or correct ${it.kind}`
      : `get the missing file back, or correct ${it.kind}`,
  }),
  SELF_LOOP: (it: { revision: string }) => ({
    message: `revision ${it.revision} names itself as downRevision`,
    help: "downRevision is the revision before it; null for a base",
  }),
  DEPENDENCY_SELF_LOOP: (it: { revision: string }) => ({
    message: `revision ${it.revision} depends on itself`,
    help: "dependsOn names other revisions",
  }),
  CYCLE: (it: { revisions: readonly string[]; files: readonly string[] }) => ({
    message: `the history has a cycle: ${it.revisions.join(" → ")}`,
    help: `correct downRevision in ${list(firstOf(it.files), "or")}`,
  }),
  DEPENDENCY_CYCLE: (it: { revisions: readonly string[]; files: readonly string[] }) => ({
    message: `the history has a cycle through dependsOn: ${it.revisions.join(" → ")}`,
    help: `correct dependsOn in ${list(firstOf(it.files), "or")}`,
  }),
  LABEL_CLASH: (it: { label: string; revisions: readonly string[]; files: readonly string[] }) => ({
    message: `"${it.label}" ${it.revisions.length > 1 ? "is claimed by more than one revision:" : "is taken already, by revision"} ${list(it.revisions, "and")}`,
    help: `a branch label belongs to one revision, and cannot be an id: look at ${list(it.files, "and")}`,
  }),
  ILLEGAL_LABEL: (it: { label: string; why: string }) => ({
    message: `"${it.label}" cannot be a branch label: ${it.why}`,
    help: "a label is made of letters, digits, _ . and -, starts with a letter, and is no target word such as head or base",
  }),
  NOT_A_HEAD: (it: { revision: string; children: readonly string[] }) => ({
    message: `revision ${it.revision} is not a head: ${list(it.children, "and")} already follow${it.children.length === 1 ? "s" : ""} it`,
    help: "add --splice to start a new branch there",
  }),
  MERGE_OF_NO_HEAD: (it: { revision: string; children: readonly string[] }) => ({
    message: `revision ${it.revision} is not a head: ${list(it.children, "and")} already follow${it.children.length === 1 ? "s" : ""} it`,
    help: "merge heads: `mig heads` lists them",
  }),
  BRANCHES_CLASH: (it: {
    dialect: string;
    order: readonly string[];
    why: string | null;
    differences: readonly string[];
    both: readonly string[];
  }) => ({
    message: `the branches do not commute: ${
      it.why === null
        ? `on ${it.dialect} ${it.order.join(" and then ")} leads elsewhere than the other way round (${firstOf(it.differences).join("; ")})`
        : `on ${it.dialect} ${it.order.at(-1)} does not run behind ${list(it.order.slice(0, -1), "and")}: ${it.why}`
    }${it.both.length ? `; both change ${list(firstOf(it.both), "and")}` : ""}`,
    help: "no file was written: behind the merge databases would differ by the branch that they ran first. Let one branch follow the other (downRevision of its first revision), if no database has both; or write the merge with --force, and settle it in its upgrade",
  }),
  NOTHING_TO_MERGE: (it: { revisions: readonly string[] }) => ({
    message: it.revisions.length
      ? `nothing to merge: there is only ${it.revisions.join(", ")}`
      : "nothing to merge: the history is empty",
    help: "a merge joins two or more heads",
  }),
  REVISION_MODIFIED: (it: {
    file: string;
    appliedAt: string | null;
    recorded: string;
    found: string;
    others: readonly string[];
    revision: string;
    /** The commit with the file that ran, where git knows it. */
    commit: string | null;
  }) => ({
    message: `${it.file} changed after revision ${it.revision} was applied${it.appliedAt === null ? "" : ` (${it.appliedAt})`}: its checksum was ${it.recorded} and is ${it.found}${it.others.length ? `; so did the files of ${list(firstOf(it.others), "and")}` : ""}`,
    help: `${it.commit === null ? "" : `\`git diff ${it.commit} -- ${it.file}\` shows what changed; `}put the file back and write a new revision; or accept it as it is with \`mig repair --accept ${it.revision} --reason "…"\`; or go on once with --allow-modified`,
  }),
  NOTHING_TO_REPAIR: (it: {
    revision: string;
    repair: "accept" | "handled" | "forget";
    candidates: readonly string[];
  }) => ({
    message: {
      accept: `revision "${it.revision}" is not applied with a file that changed since`,
      handled: `the last run of revision "${it.revision}" did not fail`,
      forget: `revision "${it.revision}" is not applied without having a file`,
    }[it.repair],
    help: it.candidates.length
      ? `that is so of ${list(firstOf(it.candidates), "and")}`
      : "`mig verify` shows what there is to repair",
  }),
  NO_BATCH: (_: Record<never, never>) => ({
    message: "there is no batch to undo: nothing that an upgrade applied is still applied",
    help: "`mig status` shows what is applied, and in which batch; what was stamped is in none",
  }),
  BATCH_IN_USE: (it: { batch: number; revision: string; followers: readonly string[] }) => ({
    message: `batch ${it.batch} cannot be undone alone: ${list(firstOf(it.followers), "and")} ${it.followers.length === 1 ? "is" : "are"} applied, not in it, and ${it.followers.length === 1 ? "needs" : "need"} ${it.revision}`,
    help: "undo that first, or name the revision to go back to: `mig downgrade REVISION`",
  }),
} as const;
