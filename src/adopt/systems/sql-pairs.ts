/** Pairs of SQL files, `YYYYMMDD_HHMMSS_name.sql` and `…_rollback.sql`, and a table `schema_migrations` by name. */
import { commentHeader } from "../comment-header.ts";
import type { OldFolder } from "../folder.ts";
import { idOf, line, wordsOf } from "../names.ts";
import { flag, number, text, time } from "../row-values.ts";
import type { OldHistory, OldRow, OldRun, System } from "../system.ts";
import { messageOf, plainRevision, sqlBody, sqlFiles } from "./numbered.ts";

const pattern = /^(\d{4})(\d\d)(\d\d)_(\d\d)(\d\d)(\d\d)_(.+)\.sql$/i;
const rollback = /_rollback\.sql$/i;

export const sqlPairs: System = {
  expected: "files like 20260123_143052_name.sql and 20260123_143052_name_rollback.sql",
  tables: [{ name: "schema_migrations" }],
  read: async (folder) => read(folder),
  runs: (rows) => rows.map(run),
};

function read(folder: OldFolder): OldHistory {
  const { files: all, warnings } = sqlFiles(folder, pattern);
  const files = all.filter((name) => !rollback.test(name));
  const widows = all.filter(
    (name) => rollback.test(name) && !folder.has(name.replace(rollback, ".sql")),
  );
  const before = line(files.map((name) => idOf(stem(name))));
  const revisions = files.map((name, index) => {
    const file = folder.read(name);
    const backName = `${stem(name)}_rollback.sql`;
    const back = folder.has(backName) ? folder.read(backName) : null;
    const [, year, month, day, hour, minute, second, slug = ""] = pattern.exec(name) ?? [];
    const { description, author } = commentHeader(file.text);
    return {
      ...plainRevision(file),
      ...sqlBody(file.text, back?.text ?? null, { up: file.shown, down: back?.shown ?? "" }),
      id: idOf(stem(name)),
      downRevisions: before(index),
      dependsOn: [],
      message: messageOf(description === slug ? null : description, wordsOf(slug)),
      author,
      createdAt: `${year}-${month}-${day}T${hour}:${minute}:${second}Z`,
      keys: [stem(name), name, slug],
    };
  });
  const lonely = widows.map((name) => `${folder.shown}/${name} undoes no file: left out`);
  return { revisions, warnings: [...warnings, ...lonely] };
}

function run(row: OldRow): OldRun {
  const name = text(row, "migration_name") ?? text(row, "name") ?? "";
  return {
    keys: [name],
    shown: name || "a row without name",
    at: time(row, "applied_at") ?? time(row, "executed_at"),
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
