/** What cannot be imported is named, and leaves nothing behind. */
import { expect, test } from "vitest";
import { createProject } from "../support/project.ts";
import { errorOf } from "../support/story.ts";
import { snapshot } from "./support.ts";

async function refused(files: Record<string, string | Buffer>, system = "sql", folder = "old") {
  const project = createProject(files as Record<string, string>);
  const before = snapshot(project);
  const failure = errorOf(await project.mig(["import", system, folder, "--json"]));
  expect(snapshot(project)).toEqual(before);
  return failure;
}

test("a folder that is not there, is a file, or is empty", async () => {
  expect((await refused({})).code).toBe("IMPORT_FOLDER");
  expect((await refused({ old: "x" })).message).toContain("it is a file");
  expect((await refused({ "old/notes.md": "" })).code).toBe("IMPORT_EMPTY");
  expect((await refused({ "old/notes.md": "" }, "drizzle")).help).toContain("_journal.json");
});

test("a system that nobody knows is a wrong usage", async () => {
  const { code, stderr } = await createProject().mig(["import", "flyway", "old"]);
  expect(code).toBe(2);
  expect(stderr).toContain("sql-updown");
});

test("Latin-1, psql's own commands and data for psql, with file and line", async () => {
  const latin = await refused({ "old/001_a.sql": Buffer.from("-- caf\xe9\n", "latin1") });
  expect(latin.message).toContain("UTF-8");
  const meta = await refused({ "old/001_a.sql": "SELECT 1;\n\\connect other\n" });
  expect([meta.code, meta.location]).toEqual(["IMPORT_FILE", "old/001_a.sql:2"]);
  const copy = await refused({ "old/001_a.sql": "SELECT 1;\n\nCOPY t FROM stdin;\n1\n\\.\n" });
  expect(copy.location).toBe("old/001_a.sql:3");
});

test("a module without SQL, and a journal that lists what is not there", async () => {
  const ts = await refused({ "old/001_a.ts": "export const up = 3;" }, "ts-strings");
  expect(ts.code).toBe("IMPORT_FILE");
  const journal = JSON.stringify({ entries: [{ idx: 0, when: 1, tag: "0000_a" }] });
  const kit = await refused({ "old/meta/_journal.json": journal }, "drizzle");
  expect(kit.message).toContain("0000_a.sql");
  const noJson = await refused({ "old/meta/_journal.json": "{" }, "drizzle");
  expect(noJson.code).toBe("IMPORT_FILE");
});

test("an id of the history, a file that is there, and two files of one id", async () => {
  const taken = { "versions/mine.sql": "-- revision: 001_a\n-- down-revision: none\n" };
  expect((await refused({ ...taken, "old/001_a.sql": "" })).code).toBe("IMPORT_CLASH");
  const there = { "versions/001_a.sql": "-- revision: other\n-- down-revision: none\n" };
  expect((await refused({ ...there, "old/001_a.sql": "" })).code).toBe("FILE_EXISTS");
  const twins = { "old/001_a b.sql": "", "old/001_a_b.sql": "" };
  expect((await refused(twins)).code).toBe("IMPORT_SAME_ID");
});

test("a dependency that is not there, or comes later", async () => {
  const lost = { "old/001_a.sql": "-- Depends: 000\nSELECT 1;" };
  expect((await refused(lost, "sql-updown")).message).toContain('"000"');
  const later = { "old/001_a.sql": "-- Depends: 002\nSELECT 1;", "old/002_b.sql": "SELECT 1;" };
  expect((await refused(later, "sql-updown")).code).toBe("DEPENDENCY_CYCLE");
});
