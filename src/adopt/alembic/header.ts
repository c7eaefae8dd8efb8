/** What a revision of Alembic says of itself, read without running it. */
import { fail } from "../../errors.ts";
import { isoTime } from "../../revisions/doc-comment.ts";
import type { OldFile } from "../folder.ts";
import { oneLine } from "../names.ts";

export interface AlembicHeader {
  readonly id: string;
  readonly downRevisions: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly message: string;
  readonly createdAt: string | null;
}

/** Throws IMPORT_FILE for what only Python knows. */
export function readHeader(file: OldFile): AlembicHeader {
  const [id = fail("IMPORT_FILE", { file: file.shown, why: "its revision is None" })] = values(
    file,
    "revision",
  );
  const doc = /^\s*(?:#[^\n]*\n\s*)*[rRuU]?("""|''')([\s\S]*?)\1/.exec(file.text)?.[2] ?? "";
  return {
    id,
    downRevisions: values(file, "down_revision"),
    dependsOn: values(file, "depends_on"),
    branchLabels: values(file, "branch_labels"),
    message: oneLine(doc.trim().split("\n")[0] ?? ""),
    createdAt: isoTime(/^Create Date:\s*(.*?)\s*$/m.exec(doc)?.[1]),
  };
}

/** The strings of a literal: one, several, or none for None. */
function values(file: OldFile, name: string): string[] {
  const assignment = new RegExp(`^${name}\\b(?:\\s*:[^=\\n]+)?\\s*=\\s*`, "m").exec(file.text);
  if (!assignment) return [];
  const behind = assignment.index + assignment[0].length;
  const rest = file.text.slice(behind);
  const literal = /^(?:None\b|(['"])[^'"\n]*\1|\([^)]*\)|\[[^\]]*\]|\{[^}]*\})/.exec(rest)?.[0];
  if (literal === undefined) {
    const line = file.text.slice(0, behind).split("\n").length;
    const location = `${file.shown}:${line}`;
    fail("IMPORT_FILE", { file: file.shown, why: `its ${name} is no literal` }, { location });
  }
  const strings = literal.replace(/#[^\n]*/g, "").matchAll(/(['"])([^'"\n]*)\1/g);
  return [...strings].map(([, , value = ""]) => value);
}
