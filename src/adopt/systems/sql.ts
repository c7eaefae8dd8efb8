/** Numbered SQL files, `001_description.sql`, and a table `migrations` with checksums. */

import { error, type MigError } from "../../errors.ts";
import { lineOf } from "../../revisions/cursor.ts";
import { commentHeader } from "../comment-header.ts";
import type { OldFile, OldFolder } from "../folder.ts";
import { idOf, line, wordsOf } from "../names.ts";
import { numberProblems } from "../numbers.ts";
import { flag, number, text, time } from "../row-values.ts";
import type { OldHistory, OldRow, OldRun, System } from "../system.ts";
import { downMarks, messageOf, plainRevision, sqlBody, sqlFiles } from "./numbered.ts";

const pattern = /^\d+_.+\.sql$/i;

export const sql: System = {
  expected: "files like 001_description.sql",
  tables: [{ name: "migrations" }],
  read: async (folder) => read(folder),
  runs: (rows) => rows.map(run),
};

function read(folder: OldFolder): OldHistory {
  const { files, warnings } = sqlFiles(folder, pattern);
  const before = line(files.map((name) => idOf(stem(name))));
  const revisions = files.map((name, index) => {
    const file = folder.read(name);
    const { description, author, date } = commentHeader(file.text);
    return {
      ...plainRevision(file),
      ...sqlBody(file.text, null, { up: file.shown, down: file.shown }),
      id: idOf(stem(name)),
      downRevisions: before(index),
      dependsOn: [],
      message: messageOf(description, wordsOf(stem(name).replace(/^\d+_/, ""))),
      author,
      createdAt: date,
      keys: [name, stem(name)],
    };
  });
  const problems = [
    ...numberProblems(files, folder.shown, { once: false }),
    ...files.flatMap((name) => wayBackIn(folder.read(name)) ?? []),
  ];
  return { revisions, warnings, problems };
}

/** What undoes a migration would run with what does it. */
function wayBackIn({ text: whole, shown }: OldFile): MigError | null {
  const mark = downMarks(shown, whole)[0];
  if (!mark) return null;
  const why = "it has a section -- DOWN: is the system sql-updown?";
  const forced = "take that for a comment, and run what follows with what is before it";
  const location = `${shown}:${lineOf(whole, mark.from)}`;
  return error("IMPORT_FILE", { file: shown, why, forced }, { location });
}

function run(row: OldRow): OldRun {
  const keys = [text(row, "filename"), text(row, "id")].filter((key) => key !== null);
  return {
    keys,
    shown: keys[0] ?? "a row without name",
    at: time(row, "executed_at"),
    ms: number(row, "execution_time_ms"),
    success: flag(row, "success", true),
    error: text(row, "error_message"),
    batch: null,
    checksum: text(row, "checksum"),
    rolledBack: flag(row, "rolled_back", false),
    rolledBackAt: time(row, "rolled_back_at"),
  };
}

function stem(name: string): string {
  return name.replace(/\.sql$/i, "");
}
