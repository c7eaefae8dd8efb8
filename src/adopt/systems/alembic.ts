/** The graph of Alembic, read from its Python files without running them, and `alembic_version`. */
import { fail } from "../../errors.ts";
import { isoTime } from "../../revisions/doc-comment.ts";
import type { OldFile, OldFolder } from "../folder.ts";
import { idOf, oneLine } from "../names.ts";
import { text } from "../row-values.ts";
import { type OldHistory, type OldRevision, plainRun, type System } from "../system.ts";

export const alembic: System = {
  expected: "Python files with `revision = …`",
  tables: [{ name: "alembic_version" }],
  rowsAreHeads: true,
  read: async (folder) => read(folder),
  runs: (rows) =>
    rows.map((row) => {
      const id = text(row, "version_num") ?? "";
      return { ...plainRun, keys: [id], shown: id };
    }),
};

function read(folder: OldFolder): OldHistory {
  const files = folder.names
    .filter((name) => /\.py$/.test(name) && !/(?:^|\/)(?:__init__|env)\.py$/.test(name))
    .map((name) => folder.read(name))
    .filter((file) => /^revision\b[^=\n]*=/m.test(file.text));
  return {
    revisions: files.map(revisionOf),
    warnings:
      files.length === 0
        ? []
        : ["the scripts are kept as comments: each revision is refused until it is written in SQL"],
  };
}

function revisionOf(file: OldFile): OldRevision {
  const [id = fail("IMPORT_FILE", { file: file.shown, why: "its revision is None" })] = values(
    file,
    "revision",
  );
  const doc = /^\s*(?:#[^\n]*\n\s*)*[rRuU]?("""|''')([\s\S]*?)\1/.exec(file.text)?.[2] ?? "";
  return {
    id: idOf(id),
    downRevisions: values(file, "down_revision").map(idOf),
    dependsOn: values(file, "depends_on").map(idOf),
    branchLabels: values(file, "branch_labels"),
    message: oneLine(doc.trim().split("\n")[0] ?? ""),
    author: null,
    createdAt: isoTime(/^Create Date:\s*(.*?)\s*$/m.exec(doc)?.[1]),
    transaction: true,
    body: { up: unfilled(file.text), down: null },
    notes: [],
    from: file.shown,
    fileName: file.name.replace(/^.*\//, "").replace(/\.py$/, ""),
    keys: [id],
    checksums: [],
  };
}

/** The strings of a literal: one, several, or none for None. Throws IMPORT_FILE for what only Python knows. */
function values(file: OldFile, name: string): string[] {
  const assignment = new RegExp(`^${name}\\b(?:\\s*:[^=\\n]+)?\\s*=\\s*`, "m").exec(file.text);
  if (!assignment) return [];
  const rest = file.text.slice(assignment.index + assignment[0].length);
  const literal = /^(?:None\b|(['"])[^'"\n]*\1|\([^)]*\)|\[[^\]]*\]|\{[^}]*\})/.exec(rest)?.[0];
  if (literal === undefined)
    fail("IMPORT_FILE", { file: file.shown, why: `its ${name} is no literal` });
  const strings = literal.replace(/#[^\n]*/g, "").matchAll(/(['"])([^'"\n]*)\1/g);
  return [...strings].map(([, , value = ""]) => value);
}

/** The database refuses the name until the statement is replaced. */
function unfilled(python: string): string {
  const lines = python.trimEnd().split("\n");
  return [
    "-- TODO: write in SQL what upgrade() does, in place of this statement, which no database accepts.",
    "SELECT imported_from_alembic_and_not_written_yet;",
    ...lines.map((line) => `--| ${line}`.trimEnd()),
  ].join("\n");
}
