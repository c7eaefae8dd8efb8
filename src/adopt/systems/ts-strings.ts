/** TypeScript files that export `up` and `down` as SQL, and a table `migrations` with batches. */
import { fail } from "../../errors.ts";
import { commentHeader } from "../comment-header.ts";
import type { OldFile, OldFolder } from "../folder.ts";
import { idOf, line, wordsOf } from "../names.ts";
import { numberProblems } from "../numbers.ts";
import { number, text, time } from "../row-values.ts";
import { type OldHistory, type OldRow, type OldRun, plainRun, type System } from "../system.ts";
import { inPlace, messageOf, plainRevision, sqlBody } from "./numbered.ts";

const pattern = /^(\d+)_([^/]+?)\.[cm]?[jt]s$/;

export const tsStrings: System = {
  expected: "files like 001_description.ts that export `up` and `down`",
  tables: [{ name: "migrations" }],
  read,
  runs: (rows) => rows.map(run),
};

async function read(folder: OldFolder): Promise<OldHistory> {
  const names = folder.names.filter((name) => pattern.test(name) && !/\.d\.[cm]?ts$/.test(name));
  const numbers = names.map((name) => pattern.exec(name)?.[1] ?? "");
  const isOnce = (it: string) => numbers.indexOf(it) === numbers.lastIndexOf(it);
  const ids = names.map((name, at) => {
    const known = numbers[at] ?? "";
    return idOf(isOnce(known) ? known : stem(name));
  });
  const before = line(ids);
  const revisions = await Promise.all(
    names.map(async (name, index) => {
      const file = folder.read(name);
      const scripts = await scriptsOf(folder, file);
      const known = numbers[index] ?? "";
      return {
        ...plainRevision(file),
        ...sqlBody(
          inPlace(file.text, scripts.up),
          scripts.down === null ? null : inPlace(file.text, scripts.down),
          { up: file.shown, down: file.shown },
        ),
        id: ids[index] ?? "",
        downRevisions: before(index),
        dependsOn: [],
        message: messageOf(
          commentHeader(scripts.up.trim()).description,
          wordsOf(stem(name).replace(/^\d+_/, "")),
        ),
        author: null,
        createdAt: null,
        keys: [stem(name), ...(isOnce(known) ? [known] : [])],
      };
    }),
  );
  return {
    revisions,
    warnings: [],
    problems: numberProblems(names, folder.shown, { once: true }),
  };
}

async function scriptsOf(folder: OldFolder, { name, shown }: OldFile) {
  const exports = await folder.import(name);
  const { up, down } = { ...(exports.default as object | undefined), ...exports } as Record<
    string,
    unknown
  >;
  if (typeof up !== "string")
    return fail(
      "IMPORT_FILE",
      { file: shown, why: "it exports no string `up`" },
      { location: shown },
    );
  if (down !== undefined && down !== null && typeof down !== "string")
    return fail(
      "IMPORT_FILE",
      { file: shown, why: "its `down` is no string" },
      { location: shown },
    );
  return { up, down: down?.trim() ? down : null };
}

function run(row: OldRow): OldRun {
  const id = text(row, "id") ?? "";
  const name = text(row, "name") ?? "";
  return {
    ...plainRun,
    keys: [name, `${id}_${name}`, id],
    shown: name.startsWith(id) ? name : `${id} ${name}`,
    at: time(row, "executed_at"),
    batch: number(row, "batch"),
  };
}

function stem(name: string): string {
  return name.replace(/\.[cm]?[jt]s$/, "");
}
