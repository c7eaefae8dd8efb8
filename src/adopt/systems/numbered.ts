/** What the systems of SQL files in a row share. */

import { type LineComment, lineComments } from "../../revisions/sql-text.ts";
import type { OldFile, OldFolder } from "../folder.ts";
import { oneLine } from "../names.ts";
import { blankedPsql } from "../psql.ts";
import { sqlScript } from "../sql-script.ts";
import type { OldRevision } from "../system.ts";

/** The .sql files of the folder itself whose names match, in the order of their names; warns of the others. */
export function sqlFiles(
  { names, shown }: OldFolder,
  pattern: RegExp,
): { readonly files: readonly string[]; readonly warnings: readonly string[] } {
  const all = names.filter((name) => /^[^/]+\.sql$/i.test(name));
  const strays = all.filter((name) => !pattern.test(name));
  return {
    files: all.filter((name) => pattern.test(name)),
    warnings: strays.map((name) => `${shown}/${name} is no migration by its name: left out`),
  };
}

const downLine = /^--[ \t]*DOWN(?:[ \t]+(?:migration|script|migration script))?[ \t]*:?[ \t]*$/i;

/** The lines `-- DOWN`, as comments that begin a line. */
export function downMarks(file: string, text: string): readonly LineComment[] {
  return lineComments(file, blankedPsql(text)).filter(
    ({ from, to }) => /^$|\n/.test(text[from - 1] ?? "") && downLine.test(text.slice(from, to)),
  );
}

/** What the scripts of a revision come to. */
export function sqlBody(
  up: string,
  down: string | null,
  file: { readonly up: string; readonly down: string },
): Pick<OldRevision, "body" | "transaction" | "notes" | "problem"> {
  const upgrade = sqlScript(up, file.up);
  const downgrade = down === null ? null : sqlScript(down, file.down);
  const problem = upgrade.problem ?? downgrade?.problem;
  return {
    body: { up: upgrade.text, down: downgrade?.text ?? null },
    transaction: upgrade.transaction && (downgrade?.transaction ?? true),
    notes: [...new Set([...upgrade.notes, ...(downgrade?.notes ?? [])])],
    ...(problem && { problem }),
  };
}

/** The fields that a line of SQL files leaves alone. */
export function plainRevision(
  file: OldFile,
): Pick<OldRevision, "branchLabels" | "from" | "fileName" | "checksums"> {
  return {
    branchLabels: [],
    from: file.shown,
    fileName: file.name.replace(/\.\w+$/, ""),
    checksums: [file.sha256, file.md5],
  };
}

/** `part` with as many lines before it as it has in the file, so that whoever names a line of it names the file's. */
export function inPlace(whole: string, part: string, from = whole.indexOf(part)): string {
  const lines = from < 0 ? 0 : whole.slice(0, from).split("\n").length - 1;
  return "\n".repeat(lines) + part;
}

export function messageOf(...candidates: readonly (string | null)[]): string {
  return oneLine(candidates.find(Boolean) ?? "");
}
