/** A revision whose file does not do what it should: the others are not run either, and nothing is changed. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, type Project, revisionFile } from "../support/project.ts";
import { refuses, snapshot } from "./support.ts";

const table = 'op.createTable("made", [t.integer("id")]);';

/** A good revision that would make a table, and behind it one with this text. */
function behindGood(text: string, name = "b.ts"): Project {
  return createProject({
    "versions/a.ts": revisionFile({
      revision: "a",
      upgrade: table,
      downgrade: 'op.dropTable("made");',
    }),
    [`versions/${name}`]: text,
  });
}

/** A module behind `a`: its header takes two lines. */
const module = (text: string) =>
  `export const revision = "b";\nexport const downRevision = "a";\n${text}\n`;

/** Refused by whatever would run it; then nothing is in the database. */
async function refusedUpgrade(project: Project, code: string, says: string): Promise<void> {
  for (const args of [["upgrade"], ["upgrade", "--dry-run"], ["upgrade", "--sql"]]) {
    const failure = await refuses(project, args, { code, says });
    expect(failure.revision ?? "b").toBe("b");
  }
  expect((await project.mig(["current", "--json"])).json()).toMatchObject({
    current: [],
    pending: 2,
  });
}

describe("an upgrade", () => {
  test.each([
    [
      "VALUE_UNSUPPORTED",
      "with a value that is none",
      'export function upgrade(op) {\n  op.insert("made", [{ id: 1 }, { id: undefined }]);\n}',
      `the value undefined cannot be written as SQL: it is the value of id
  versions/b.ts:4:6
help: use a string, number, bigint, boolean, null, Date, Uint8Array, or sql\`…\``,
    ],
    [
      "NO_SCRIPT",
      "without upgrade()",
      "export function downgrade() {}",
      `revision b has no upgrade()
  versions/b.ts
help: export \`function upgrade(op: Op) { … }\`; it may be empty`,
    ],
    [
      "NO_SCRIPT",
      "whose upgrade is no function",
      "export const upgrade = [];",
      `revision b has no upgrade()
  versions/b.ts
help: export \`function upgrade(op: Op) { … }\`; it may be empty`,
    ],
    [
      "ASYNC_SCRIPT",
      "that is async",
      "export async function upgrade(op) {\n  await op.execute('SELECT 1');\n}",
      `upgrade() of revision b returned a promise
  versions/b.ts
help: upgrade() records operations and must not be async; put awaited work in op.run("what it does", async (db) => { … })`,
    ],
    [
      "ASYNC_SCRIPT",
      "that is async and fails",
      "export async function upgrade(op) {\n  await op.nothing();\n}",
      `upgrade() of revision b returned a promise
  versions/b.ts
help: upgrade() records operations and must not be async; put awaited work in op.run("what it does", async (db) => { … })`,
    ],
    [
      "SCRIPT_THREW",
      "that calls what is not there",
      'export function upgrade(op: any) {\n  op.createTabel("x");\n}',
      `upgrade() of revision b threw: op.createTabel is not a function
  versions/b.ts:4:6
help: correct the file; nothing of this revision was run`,
    ],
    [
      "SCRIPT_THREW",
      "that throws",
      'export function upgrade(op: unknown) {\n  if (op) throw new Error("not today");\n}',
      `upgrade() of revision b threw: not today
  versions/b.ts:4:17
help: correct the file; nothing of this revision was run`,
    ],
    [
      "SCRIPT_THREW",
      "that throws what is no error",
      'export function upgrade() {\n  throw "not today";\n}',
      `upgrade() of revision b threw: not today
  versions/b.ts
help: correct the file; nothing of this revision was run`,
    ],
    [
      "OPERATION_INVALID",
      "with a batch that is async",
      'export function upgrade(op) {\n  op.batchAlterTable("made", async () => {});\n}',
      `op.batchAlterTable: its function returned a promise; it records and must not be async
  versions/b.ts:4:6
help: correct the revision; nothing of it was run`,
    ],
    [
      "NAME_INVALID",
      "with an empty name",
      'export function upgrade(op) {\n  op.dropTable("");\n}',
      `"" cannot be a name: it is empty
  versions/b.ts:4:6
help: choose another name`,
    ],
    [
      "DIALECT_MISSING",
      "that forgets a database",
      "export function upgrade(op) {\n  op.execute({ postgresql: 'SELECT 1' });\n}",
      `op.execute ({"postgresql":"SELECT 1"}) says nothing for sqlite
  versions/b.ts:4:6
help: give both: { postgresql: …, sqlite: … }; null means nothing here`,
    ],
    [
      "FILE_DOES_NOT_PARSE",
      "in a file that is no TypeScript",
      "export function upgrade(op) {\n  op execute;\n}",
      `versions/b.ts does not parse: Expected a semicolon or an implicit semicolon after a statement, but found none
  versions/b.ts:4:5
help: correct the file; nothing was run`,
    ],
    [
      "FILE_DOES_NOT_LOAD",
      "in a file that throws",
      "const x: { y?: { z: number } } = {};\nexport const z = x.y!.z;\nexport function upgrade() {}",
      `versions/b.ts failed while it was loaded: Cannot read properties of undefined (reading 'z')
  versions/b.ts:4:23
help: correct the file; nothing was run`,
    ],
  ])("%s: %s", async (code, _, text, says) => {
    await refusedUpgrade(behindGood(module(text)), code, `error: ${says}`);
  });

  test("is refused with the line of a helper that fails while it is loaded", async () => {
    const project = behindGood(
      module(
        'import { name } from "./_names.ts";\nexport function upgrade(op) { op.dropTable(name); }',
      ),
    );
    project.write({ "versions/_names.ts": "\n\nexport const name: string = undefined!.trim();\n" });
    await refusedUpgrade(
      project,
      "FILE_DOES_NOT_LOAD",
      `error: versions/_names.ts failed while it was loaded: Cannot read properties of undefined (reading 'trim')
  versions/_names.ts:3:40
help: correct the file; nothing was run`,
    );
  });

  test("is refused with the line that calls a helper that throws", async () => {
    const project = behindGood(
      module('import { drop } from "./_drop.ts";\nexport function upgrade(op) {\n  drop(op);\n}'),
    );
    project.write({
      "versions/_drop.ts": 'export function drop(op) {\n  throw new Error("not here");\n}\n',
    });
    const { code, stderr } = await project.mig(["upgrade"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: upgrade\(\) of revision b threw: not here\n {2}versions\/b\.ts:5:\d\n/,
    );
  });
});

describe("a downgrade", () => {
  test.each([
    [
      "b.ts",
      module("export function upgrade() {}"),
      `revision b has no downgrade()
  versions/b.ts
help: write \`export function downgrade(op: Op) { … }\`, or go back another way: restore a backup, or \`mig stamp\` after undoing it by hand`,
    ],
    [
      "b.sql",
      "-- revision: b\n-- down-revision: a\n-- UP\nSELECT 1;\n",
      `revision b has no \`-- DOWN\` section
  versions/b.sql
help: write one, or go back another way: restore a backup, or \`mig stamp\` after undoing it by hand`,
    ],
  ])(
    "that %s does not have is refused, and so is every other of the run",
    async (name, text, says) => {
      const project = behindGood(text, name);
      expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });
      for (const args of [
        ["downgrade", "base"],
        ["downgrade", "-1"],
        ["downgrade", "base", "--dry-run"],
        ["downgrade", "b:base", "--sql"],
      ]) {
        await refuses(project, args, { code: "NO_SCRIPT", says: `error: ${says}` });
      }
      expect((await project.mig(["current", "--json"])).json()).toMatchObject({ current: ["b"] });
    },
  );
});

describe("a .sql revision", () => {
  const header = "-- revision: b\n-- down-revision: a\n";
  test.each([
    [
      "SQL_SECTION_INVALID",
      "a section for an unknown database",
      "-- UP mysql\nSELECT 1;",
      `"-- UP mysql" is not a section of a .sql revision
  versions/b.sql:3
help: write \`-- UP\`, \`-- UP postgresql\`, \`-- UP sqlite\`, \`-- DOWN\`, \`-- DOWN postgresql\` or \`-- DOWN sqlite\``,
    ],
    [
      "FILE_DOES_NOT_PARSE",
      "a string without an end",
      "\n-- UP\nSELECT 'x;\n",
      `versions/b.sql does not parse: this ' has no end
  versions/b.sql:5
help: correct the file; nothing was run`,
    ],
    [
      "FILE_DOES_NOT_PARSE",
      "a comment without an end",
      "-- UP\n/* SELECT 1;\n",
      `versions/b.sql does not parse: this comment has no end
  versions/b.sql:4
help: correct the file; nothing was run`,
    ],
  ])("%s: %s", async (code, _, text, says) => {
    await refusedUpgrade(behindGood(header + text, "b.sql"), code, `error: ${says}`);
  });
});

describe("a revision that the database refuses", () => {
  /** `a` stays, `b` is rolled back and logged; the file says where. */
  async function rolledBack(project: Project, says: string): Promise<void> {
    const { code, stdout, stderr } = await project.mig(["upgrade"]);
    expect([code, stdout, stderr]).toEqual([
      1,
      expect.stringMatching(/^upgrade {4}a {2}a \(\d+ ms\)\n$/),
      `error: revision b failed: ${says}
help: the revision was rolled back; the database is still at a; correct the revision and run it again\n`,
    ]);
    const again = (await project.mig(["upgrade", "--json"])).json<{ error: object }>();
    expect(again.error).toMatchObject({
      code: "REVISION_FAILED",
      revision: "b",
      state: "the revision was rolled back; the database is still at a",
    });
    expect(project.sqlite("SELECT version_num FROM mig_version")).toEqual([{ version_num: "a" }]);
    const { revisions } = (await project.mig(["status", "--json"])).json<{ revisions: object[] }>();
    expect(revisions).toMatchObject([
      { revision: "a", state: "applied" },
      { revision: "b", state: "failed" },
    ]);
  }

  test("by a statement is told with the statement and its line", async () => {
    await rolledBack(
      behindGood(
        module(
          'export function upgrade(op) {\n  op.execute("CREATE TABLE x (y)");\n  op.execute(\n    "INSERT INTO nowhere VALUES (1)",\n  );\n}',
        ),
      ),
      "no such table: nowhere\n  versions/b.ts:5:6\n  INSERT INTO nowhere VALUES (1)",
    );
  });

  test("in SQL is told with the line of the statement", async () => {
    await rolledBack(
      behindGood(
        "-- revision: b\n-- down-revision: a\n\n-- UP\nCREATE TABLE x (y);\n\n\nINSERT INTO nowhere\nVALUES (1);\n",
        "b.sql",
      ),
      "no such table: nowhere\n  versions/b.sql:8\n  INSERT INTO nowhere\n  VALUES (1)",
    );
  });
});

test("a file that is not UTF-8 is refused, for its values would be others", async () => {
  const sql = "-- revision: b\n-- down-revision: a\n\nINSERT INTO made VALUES ('caf\xe9');\n";
  for (const [name, text, line] of [
    ["b.sql", sql, 4],
    ["b.ts", module("export function upgrade(op) { op.execute(\"SELECT 'caf\xe9'\"); }"), 3],
  ] as const) {
    const project = behindGood("", name);
    writeFileSync(join(project.folder, "versions", name), text, "latin1");
    await refusedUpgrade(
      project,
      "NOT_UTF8",
      `error: versions/${name} is not UTF-8 (Latin-1, perhaps)
  versions/${name}:${line}
help: nothing was run; convert it, as in \`iconv -f latin1 -t utf-8\`; what is no ASCII in it would be lost`,
    );
  }
});

test("a refused upgrade leaves no empty database behind", async () => {
  const project = behindGood(module(""));
  expect(await project.mig(["upgrade"])).toMatchObject({ code: 1 });
  expect(Object.keys(snapshot(project))).not.toContain("data/dev.db");
});
