/** SQL files with a header and a section `-- DOWN`, and a table `schema_migrations` by version. */
import { hash } from "node:crypto";
import { fail } from "../../errors.ts";
import { lineOf } from "../../revisions/cursor.ts";
import { type CommentHeader, commentHeader } from "../comment-header.ts";
import type { OldFile, OldFolder } from "../folder.ts";
import { idOf, line, wordsOf } from "../names.ts";
import { numberProblems } from "../numbers.ts";
import { flag, number, text, time } from "../row-values.ts";
import type { OldHistory, OldRevision, OldRow, OldRun, System } from "../system.ts";
import { downMarks, inPlace, messageOf, plainRevision, sqlBody, sqlFiles } from "./numbered.ts";

const pattern = /^\d+_.+\.sql$/i;

export const sqlUpDown: System = {
  expected: "files like 001_description.sql, with a line `-- DOWN`",
  tables: [{ name: "schema_migrations" }],
  read: async (folder) => read(folder),
  runs: (rows) => rows.map(run),
};

interface Read {
  readonly file: OldFile;
  readonly header: CommentHeader;
  readonly version: string;
}

function read(folder: OldFolder): OldHistory {
  const { files, warnings } = sqlFiles(folder, pattern);
  const found = files.map((name): Read => {
    const file = folder.read(name);
    const header = commentHeader(file.text);
    return { file, header, version: header.version ?? numberOf(name) };
  });
  const ids = found.map(({ version }) => idOf(version));
  const before = line(ids);
  const versions = new Map(found.flatMap((each) => namesOf(each).map((name) => [name, each])));
  const revisions = found.map((each, index) => {
    const needed = each.header.depends.map((name) => {
      const other = versions.get(name) ?? versions.get(name.replace(/\.sql$/i, ""));
      if (other) return idOf(other.version);
      const why = `it depends on "${name}", which is not in the folder`;
      return fail("IMPORT_FILE", { file: each.file.shown, why }, { location: each.file.shown });
    });
    const parents = before(index);
    return revisionOf(
      each,
      parents,
      [...new Set(needed)].filter((id) => !parents.includes(id)),
    );
  });
  return { revisions, warnings, problems: numberProblems(files, folder.shown, { once: true }) };
}

function revisionOf(
  { file, header, version }: Read,
  downRevisions: readonly string[],
  dependsOn: readonly string[],
): OldRevision {
  const { up, down } = halves(file);
  const plain = plainRevision(file);
  return {
    ...plain,
    ...sqlBody(up, down, { up: file.shown, down: file.shown }),
    checksums: [...plain.checksums, hash("sha256", up), hash("sha256", up.trim())],
    id: idOf(version),
    downRevisions,
    dependsOn,
    message: messageOf(header.description, wordsOf(slugOf(file.name))),
    author: header.author,
    createdAt: header.date,
    keys: [version, plain.fileName],
  };
}

function halves({ text: whole, shown }: OldFile): { up: string; down: string | null } {
  const [mark, second] = downMarks(shown, whole);
  if (second) {
    const location = `${shown}:${lineOf(whole, second.from)}`;
    fail("IMPORT_FILE", { file: shown, why: "it has two sections -- DOWN" }, { location });
  }
  return mark
    ? {
        up: whole.slice(0, mark.from),
        down: inPlace(whole, whole.slice(mark.to + 1), mark.to + 1),
      }
    : { up: whole, down: null };
}

/** What `Depends` may call a migration. */
function namesOf({ file, version }: Read): string[] {
  return [version, file.name.replace(/\.sql$/i, ""), slugOf(file.name), numberOf(file.name)];
}

function numberOf(name: string): string {
  return /^\d+/.exec(name)?.[0] ?? name;
}

function slugOf(name: string): string {
  return name.replace(/^\d+_/, "").replace(/\.sql$/i, "");
}

function run(row: OldRow): OldRun {
  const version = text(row, "version") ?? "";
  return {
    keys: [version],
    shown: version || "a row without version",
    at: time(row, "applied_at"),
    ms: number(row, "execution_time_ms"),
    success: flag(row, "success", true),
    error: text(row, "error_message"),
    batch: null,
    checksum: text(row, "checksum"),
    rolledBack: false,
    rolledBackAt: null,
  };
}
