/** A history that is wrong: told before anything is run, with the files that it is about. */
import { mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject, type Project } from "../support/project.ts";
import { refuses, revisions, type Shape, snapshot } from "./support.ts";

const readers = [
  ["upgrade"],
  ["history"],
  ["heads"],
  ["current"],
  ["status"],
  ["revision", "-m", "x"],
];

/** Every command that reads the history refuses it in the same words. */
async function refusedByAll(project: Project, refusal: { code: string; says: string }) {
  for (const args of readers) await refuses(project, args, refusal);
}

const graph = (shape: Shape, headers: Record<string, string> = {}) =>
  createProject(revisions(shape, headers));

describe("the graph", () => {
  test("a parent that is missing", async () => {
    await refusedByAll(graph({ a: null, b: "nothing" }), {
      code: "MISSING_PARENT",
      says: `error: revision b names nothing as downRevision, and no file has that id
  versions/b.ts
help: get the missing file back, or correct downRevision`,
    });
  });

  test("a parent, a dependency with a slip of the pen", async () => {
    await refuses(graph({ ae1027: null, b: "ae1072" }), ["upgrade"], {
      code: "MISSING_PARENT",
      says: `error: revision b names ae1072 as downRevision, and no file has that id
  versions/b.ts
help: did you mean ae1027? Otherwise get the missing file back, or correct downRevision`,
    });
    const needs = { b: 'export const dependsOn = "ae1072";' };
    await refuses(graph({ ae1027: null, b: null }, needs), ["upgrade"], {
      code: "MISSING_PARENT",
      says: `error: revision b names ae1072 as dependsOn, and no file has that id
  versions/b.ts
help: did you mean ae1027? Otherwise get the missing file back, or correct dependsOn`,
    });
  });

  test("an id that two files have", async () => {
    const project = graph({ a: null });
    project.write({ "versions/copy of a.ts": project.read("versions/a.ts") });
    await refusedByAll(project, {
      code: "DUPLICATE_REVISION",
      says: `error: revision a is in 2 files: versions/a.ts and versions/copy of a.ts
  versions/copy of a.ts
help: give one of them another id, or delete the copy`,
    });
  });

  test("a cycle names its files", async () => {
    await refusedByAll(graph({ a: "c", b: "a", c: "b", x: null }), {
      code: "CYCLE",
      says: `error: the history has a cycle: a → c → b → a
  versions/a.ts
help: correct downRevision in versions/a.ts, versions/c.ts or versions/b.ts`,
    });
  });

  test("a cycle through dependsOn names its files", async () => {
    const needs = { a: 'export const dependsOn = ["b"];' };
    await refuses(graph({ a: null, b: "a" }, needs), ["upgrade"], {
      code: "DEPENDENCY_CYCLE",
      says: `error: the history has a cycle through dependsOn: a → b → a
  versions/a.ts
help: correct dependsOn in versions/a.ts or versions/b.ts`,
    });
  });

  test("a revision that follows itself, or needs itself", async () => {
    await refuses(graph({ a: "a" }), ["upgrade"], {
      code: "SELF_LOOP",
      says: `error: revision a names itself as downRevision
  versions/a.ts
help: downRevision is the revision before it; null for a base`,
    });
    await refuses(graph({ a: null }, { a: 'export const dependsOn = "a";' }), ["upgrade"], {
      code: "DEPENDENCY_SELF_LOOP",
      says: `error: revision a depends on itself
  versions/a.ts
help: dependsOn names other revisions`,
    });
  });

  test("a branch label that two revisions claim, or that is an id", async () => {
    const label = (name: string) => `export const branchLabels = ["${name}"];`;
    await refuses(graph({ a: null, b: "a" }, { a: label("x"), b: label("x") }), ["heads"], {
      code: "LABEL_CLASH",
      says: `error: "x" is claimed by more than one revision: a and b
  versions/b.ts
help: a branch label belongs to one revision, and cannot be an id: look at versions/a.ts and versions/b.ts`,
    });
    await refuses(graph({ a: null, b: "a" }, { b: label("a") }), ["heads"], {
      code: "LABEL_CLASH",
      says: `error: "a" is claimed by more than one revision: a and b
  versions/b.ts
help: a branch label belongs to one revision, and cannot be an id: look at versions/a.ts and versions/b.ts`,
    });
  });
});

describe("a header", () => {
  const literal =
    "help: the header is read without running the file: write strings, arrays of strings, null or booleans, nothing computed";
  const legal =
    "help: an id is 1 to 128 of the characters A-Z a-z 0-9 _, and no target word such as head or base";
  const docs = "help: see docs/revisions.md for the header of a revision";
  const needed =
    'help: every file of the versions folder starts with `export const revision = "…"`; a name that starts with _ is left out';

  test.each([
    [
      "HEADER_NOT_LITERAL",
      "an id that is computed",
      'const x = 1;\nexport const revision = "a" + x;\nexport const downRevision = null;',
      `\`revision\` is not a literal\n  versions/x.ts:2\n${literal}`,
    ],
    [
      "HEADER_NOT_LITERAL",
      "a parent that is imported",
      'import { parent } from "./parent";\n\nexport const revision = "a";\nexport const downRevision = parent;',
      `\`downRevision\` is not a literal\n  versions/x.ts:4\n${literal}`,
    ],
    [
      "HEADER_NOT_LITERAL",
      "a template with a value in it",
      `export const revision = "a";\nexport const downRevision = \`\${1}\`;`,
      `\`downRevision\` is not a literal\n  versions/x.ts:2\n${literal}`,
    ],
    [
      "HEADER_MISSING",
      "no id",
      "export const downRevision = null;\nexport function upgrade() {}",
      `versions/x.ts has no \`revision\`\n  versions/x.ts\n${needed}`,
    ],
    [
      "HEADER_MISSING",
      "nothing at all",
      "",
      `versions/x.ts has no \`revision\`\n  versions/x.ts\n${needed}`,
    ],
    [
      "HEADER_MISSING",
      "no parent",
      'export const revision = "a";',
      "versions/x.ts has no `downRevision`\n  versions/x.ts\nhelp: say `export const downRevision = null` for a base, or name the revision before it",
    ],
    [
      "HEADER_INVALID",
      "an id that is a number",
      "export const revision = 5;\nexport const downRevision = null;",
      `\`revision\` must be a string\n  versions/x.ts:1\n${docs}`,
    ],
    [
      "HEADER_INVALID",
      "a parent that is a number",
      'export const revision = "a";\nexport const downRevision = 5;',
      `\`downRevision\` must be a string, null for a base, or an array of strings\n  versions/x.ts:2\n${docs}`,
    ],
    [
      "HEADER_INVALID",
      "a transaction that is a text",
      'export const revision = "a";\nexport const downRevision = null;\nexport const transaction = "no";',
      `\`transaction\` must be true or false\n  versions/x.ts:3\n${docs}`,
    ],
    [
      "HEADER_INVALID",
      "a value that is there twice",
      'export const revision = "a";\nexport const revision = "b";\nexport const downRevision = null;',
      `\`revision\` is there twice\n  versions/x.ts:2\n${docs}`,
    ],
    [
      "ILLEGAL_REVISION_ID",
      "an id that is a target word",
      'export const revision = "head";\nexport const downRevision = null;',
      `"head" cannot be a revision id\n  versions/x.ts:1\n${legal}`,
    ],
    [
      "ILLEGAL_REVISION_ID",
      "an id with other characters",
      '\nexport const revision = "a-b";\nexport const downRevision = null;',
      `"a-b" cannot be a revision id\n  versions/x.ts:2\n${legal}`,
    ],
    [
      "ILLEGAL_LABEL",
      "a label with a space",
      'export const revision = "a";\nexport const downRevision = null;\nexport const branchLabels = ["x y"];',
      '"x y" cannot be a branch label: it has other characters\n  versions/x.ts:3\nhelp: a label is made of letters, digits, _ . and -, starts with a letter, and is no target word such as head or base',
    ],
    [
      "FILE_DOES_NOT_PARSE",
      "a string without an end",
      'export const revision = "a;\nexport const downRevision = null;',
      "versions/x.ts does not parse: this string has no end\n  versions/x.ts:1\nhelp: correct the file; nothing was run",
    ],
    [
      "FILE_DOES_NOT_PARSE",
      "a comment without an end",
      '\n/* export const revision = "a";',
      "versions/x.ts does not parse: this comment has no end\n  versions/x.ts:2\nhelp: correct the file; nothing was run",
    ],
    [
      "FILE_DOES_NOT_PARSE",
      "a bracket without an end",
      "function (\n",
      "versions/x.ts does not parse: this bracket has no end\n  versions/x.ts:1\nhelp: correct the file; nothing was run",
    ],
  ])("%s: %s", async (code, _, text, says) => {
    const project = createProject({ "versions/x.ts": text });
    await refusedByAll(project, { code, says: `error: ${says}` });
  });

  test.each([
    [
      "HEADER_MISSING",
      "-- down-revision: none\nSELECT 1;",
      "versions/x.sql has no `revision`\n  versions/x.sql\nhelp: every file of the versions folder starts with `-- revision: …`; a name that starts with _ is left out",
    ],
    [
      "HEADER_MISSING",
      "-- revision: a\n-- UP\nSELECT 1;",
      "versions/x.sql has no `down-revision`\n  versions/x.sql\nhelp: say `-- down-revision: none` for a base, or name the revision before it",
    ],
    [
      "HEADER_INVALID",
      "-- revision: a\n-- down-revision: none\n-- transaction: maybe",
      `\`transaction\` must be true or false\n  versions/x.sql:3\n${docs}`,
    ],
    [
      "HEADER_INVALID",
      "-- revision: a\n-- down-revision: none\n-- revision: b",
      `\`revision\` is there twice\n  versions/x.sql:3\n${docs}`,
    ],
    [
      "ILLEGAL_REVISION_ID",
      "-- revision: a b\n-- down-revision: none",
      `"a b" cannot be a revision id\n  versions/x.sql:1\n${legal}`,
    ],
  ])("%s in SQL: %j", async (code, text, says) => {
    const project = createProject({ "versions/x.sql": text });
    await refuses(project, ["upgrade"], { code, says: `error: ${says}` });
  });
});

describe("the versions folder", () => {
  test("that is missing", async () => {
    const project = createProject();
    rmSync(join(project.folder, "versions"), { recursive: true });
    await refusedByAll(project, {
      code: "VERSIONS_MISSING",
      says: "error: there is no folder versions\nhelp: `mig init` makes it, or correct `versions` in the config",
    });
  });

  test("that is a file", async () => {
    const project = createProject();
    rmSync(join(project.folder, "versions"), { recursive: true });
    project.write({ versions: "" });
    await refuses(project, ["upgrade"], {
      code: "VERSIONS_MISSING",
      says: "error: there is no folder versions\nhelp: `mig init` makes it, or correct `versions` in the config",
    });
  });

  test("may hold what is no revision", async () => {
    const project = createProject({
      ...revisions({ a: null }),
      "versions/_helper.ts": "not a revision",
      "versions/.hidden.ts": "not a revision",
      "versions/_drafts/b.ts": "not a revision",
      "versions/types.d.ts": "not a revision",
      "versions/README.md": "not a revision",
      "versions/node_modules/x/index.js": "not a revision",
    });
    mkdirSync(join(project.folder, "versions/folder.ts"));
    symlinkSync("nowhere", join(project.folder, "versions/link.ts"));
    expect((await project.mig(["history"])).stdout).toBe("base -> a (head), Message of a\n");
  });

  test("may hold revisions in folders, behind links, and in several places", async () => {
    const text = (shape: Shape) => Object.values(revisions(shape))[0] ?? "";
    const project = createProject({
      "migrator.config.ts": 'export default { versions: ["versions", "more"] };',
      "versions/2026/01/a.ts": text({ a: null }),
      "more/b.ts": text({ b: "a" }),
      "elsewhere/c.ts": text({ c: "b" }),
    });
    symlinkSync("../elsewhere", join(project.folder, "versions/linked"));
    symlinkSync("../more/b.ts", join(project.folder, "versions/b.ts"));
    const { stdout } = await project.mig(["history"]);
    expect(stdout.replaceAll(/, .*/g, "")).toBe("b -> c (head)\na -> b\nbase -> a\n");
  });
});

describe("the version table", () => {
  /** A project whose database is at `b`, which then becomes `files`. */
  async function at(files: Readonly<Record<string, string>>): Promise<Project> {
    const project = createProject(revisions({ ae10: null, ae20: "ae10" }));
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0 });
    rmSync(join(project.folder, "versions"), { recursive: true });
    project.write({ "versions/.gitkeep": "", ...files });
    return project;
  }

  test("names a revision that has no file", async () => {
    const project = await at(revisions({ ae10: null }));
    const refusal = {
      code: "UNKNOWN_CURRENT_REVISION",
      says: `error: the database is at revision "ae20", and no file of the history has that id
help: get the file back (was it deleted, or is it on another branch?); or mark the database as being at a revision that exists: \`mig stamp --purge REVISION\`; ids like it: ae10`,
    };
    for (const line of [
      "upgrade",
      "downgrade -1",
      "downgrade base",
      "current",
      "stamp ae10",
      "upgrade --dry-run",
      "history -i",
      "show current",
    ]) {
      await refuses(project, line.split(" "), refusal);
    }
    const status = await project.mig(["status", "--json"]);
    expect(status.json<{ revisions: object[] }>().revisions).toEqual([
      expect.objectContaining({ revision: "ae10", state: "applied" }),
      expect.objectContaining({ revision: "ae20", state: "missing", message: "Message of ae20" }),
    ]);
    expect(await project.mig("stamp --purge ae10".split(" "))).toMatchObject({ code: 0 });
    expect((await project.mig(["current", "--json"])).json()).toMatchObject({
      current: ["ae10"],
      atHead: true,
    });
  });

  test("names a revision and its ancestor", async () => {
    const project = createProject(revisions({ a: null, b: "a" }));
    await project.mig(["upgrade"]);
    project.sqlite("INSERT INTO mig_version VALUES ('a')");
    for (const line of ["upgrade", "downgrade -1", "current"]) {
      await refuses(project, line.split(" "), {
        code: "OVERLAPPING_HEADS",
        says: `error: a is an ancestor of b: the two cannot be current heads together
help: leave out the ancestor; if the version table says so, correct it with \`mig stamp --purge\``,
      });
    }
    expect(await project.mig("stamp --purge b".split(" "))).toMatchObject({ code: 0 });
    expect(await project.mig(["upgrade"])).toMatchObject({
      code: 0,
      stderr: "already up to date\n",
    });
  });
});

test("a refused history makes no database, nor a folder for one", async () => {
  const project = graph({ a: "a" });
  await project.mig(["upgrade"]);
  expect(Object.keys(snapshot(project))).not.toContain("data/dev.db");
});
