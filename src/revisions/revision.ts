import { fail } from "../errors.ts";

/** A file of the versions folder: its place in the history, and where its two scripts are. */
export interface Revision {
  readonly id: string;
  /** The revisions before it: none for a base, several for a merge. */
  readonly downRevisions: readonly string[];
  /** As written: ids or branch labels. */
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  /** The ids that this revision stands for since a squash. */
  readonly replaces: readonly string[];
  readonly transaction: boolean;
  readonly message: string;
  /** Relative to the project root, with forward slashes. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly createdAt: string | null;
  readonly format: "module" | "sql";
}

/** The words that a target may hold and that no revision or label may be called. */
export const targetWords: readonly string[] = ["head", "heads", "base", "current"];

/**
 * Refuse an id that the files, the targets or the version table could not carry. `location` is worked out only when it
 * is needed. Throws ILLEGAL_REVISION_ID.
 */
export function checkRevisionId(id: string, location?: () => string): void {
  if (/^[A-Za-z0-9_]{1,128}$/.test(id) && !targetWords.includes(id)) return;
  fail("ILLEGAL_REVISION_ID", { revision: id }, location && { location: location() });
}

/** Refuse a branch label that a target could not name. Throws ILLEGAL_LABEL. */
export function checkLabel(label: string, location?: () => string): void {
  const why = labelProblem(label);
  if (why) fail("ILLEGAL_LABEL", { label, why }, location && { location: location() });
}

function labelProblem(label: string): string | null {
  if (targetWords.includes(label)) return "it is a word that targets use";
  if (!/^[A-Za-z]/.test(label)) return "it does not start with a letter";
  return /^[A-Za-z0-9_.-]+$/.test(label) ? null : "it has other characters";
}
