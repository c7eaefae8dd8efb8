/** `mig revision`: a new file that says what was asked for, or no file at all. */
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { createProject, type Project } from "../support/project.ts";
import {
  document,
  onlyFile,
  type RevisionDocument,
  refuses,
  revisions,
  snapshot,
} from "./support.ts";

/** Run `mig revision` with these arguments; the path that it tells, which is all that it prints. */
async function writes(project: Project, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await project.mig(["revision", ...args]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const file = /^wrote (versions\/\S+|billing\/\S+)\n$/.exec(stdout)?.[1] ?? "";
  expect(file, stdout).not.toBe("");
  return file;
}

/** The newest revision, as `mig history` reads it back. */
async function head(project: Project): Promise<RevisionDocument | undefined> {
  return (await project.mig(["history", "--json"])).json<RevisionDocument[]>()[0];
}

const configWith = (members: string) => ({
  "migrator.config.ts": `export default { ${members} };\n`,
});

describe("a new revision", () => {
  test("is a file that can be read, filled in and run", async () => {
    const project = createProject();
    const file = await writes(project, "-m", "Create users", "--rev-id", "a1");
    expect(file).toMatch(/^versions\/\d{8}_\d{6}_a1_create_users\.ts$/);
    const text = project.read(file);
    const created = /Created: {3}(\S+)/.exec(text)?.[1];
    expect(text).toBe(`/**
 * Create users
 *
 * Revision:  a1
 * Revises:   none
 * Created:   ${created}
 */
import type { Op } from "drizzle-mig";

export const revision = "a1";
export const downRevision = null;

export function upgrade(op: Op) {
}

export function downgrade(op: Op) {
}
`);
    expect(created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    expect(Date.now() - Date.parse(created ?? "")).toBeLessThan(60_000);
  });

  test("follows the head, and has 12 hex digits for an id", async () => {
    const project = createProject(revisions({ a: null }));
    const file = await writes(project, "-m", "next");
    const id = /_([0-9a-f]{12})_next\.ts$/.exec(file)?.[1];
    expect(await head(project)).toMatchObject({ revision: id, downRevision: ["a"], isHead: true });
  });

  test("is told as JSON", async () => {
    const project = createProject(
      revisions({ a: null }, { a: 'export const branchLabels = ["x"];' }),
    );
    const result = await project.mig([
      "revision",
      "-m",
      "next",
      "--rev-id",
      "b",
      "--branch-label",
      "y",
      "--depends-on",
      "x",
      "--json",
    ]);
    const written = project.list("versions").find((name) => name.includes("_b_"));
    expect(result).toMatchObject({ code: 0, stderr: "" });
    const told = result.json<RevisionDocument>();
    expect(told).toEqual(
      document({
        revision: "b",
        downRevision: ["a"],
        dependsOn: ["x"],
        branchLabels: ["y"],
        message: "next",
        file: `versions/${written}`,
        createdAt: told.createdAt,
        isHead: true,
      }),
    );
    expect(told.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test("may be SQL", async () => {
    const project = createProject(
      revisions({ a: null }, { a: 'export const branchLabels = ["x"];' }),
    );
    const file = await writes(
      project,
      ..."--sql-file --rev-id b --branch-label y --depends-on x -m".split(" "),
      "All -- of\nit",
    );
    expect(file).toMatch(/_b_all_of_it\.sql$/);
    expect(project.read(file)).toMatch(
      /^-- message: All -- of it\n-- revision: b\n-- down-revision: a\n-- branch-labels: y\n-- depends-on: x\n-- created: \S+\n\n-- UP\n\n-- DOWN\n$/,
    );
    expect(await head(project)).toMatchObject({
      revision: "b",
      message: "All -- of it",
      dependsOn: ["x"],
      branchLabels: ["y"],
    });
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });
    expect(await project.mig(["downgrade", "base"])).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a message", () => {
  const long = "word ".repeat(60).trim();
  test.each([
    ["with quotes", `say "it's" \`\${now}\` \\ twice`, undefined, "say_it_s_now_twice"],
    [
      "that would end its comment",
      'end */ export const revision = "x"; /*',
      undefined,
      "end_export_const_revision_x",
    ],
    [
      "of several lines",
      "First line\n\n  second */ line\r\nthird",
      "First line",
      "first_line_second_line_third",
    ],
    ["with an emoji", "🎉 Größer, 日本語", undefined, "größer_日本語"],
    ["of 300 characters", long, undefined, "word_word_word_word_word_word_word_word"],
    ["with a dot at its end", "Add users.", "Add users", "add_users"],
    ["that begins with a slash", "/api/v2 needs it", undefined, "api_v2_needs_it"],
    ["that begins with a star", "*important* thing", undefined, "important_thing"],
    ["that leads out of the folder", "../../etc/passwd", undefined, "etc_passwd"],
    ["that looks like a template", "{{header}} $& $1", undefined, "header_1"],
    ["that begins with an underscore", "_private", undefined, "private"],
  ])("%s is kept", async (_, message, read = message, slug) => {
    const project = createProject();
    const module = await writes(project, "-m", message, "--rev-id", "a1");
    expect(module).toMatch(/^versions\/\d{8}_\d{6}_a1_/);
    expect(module.replace(/^.*_a1_/, "")).toBe(`${slug}.ts`);
    expect(await head(project)).toMatchObject({ revision: "a1", message: read });
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });

    await writes(project, "-m", message, "--rev-id", "b1", "--sql-file");
    const oneLine = message.replace(/\s+/g, " ").replace(/\.$/, "");
    expect(await head(project)).toMatchObject({ revision: "b1", message: oneLine });
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });
  });

  test("may be empty", async () => {
    const project = createProject();
    expect(await writes(project, "-m", "", "--rev-id", "a1")).toMatch(
      /^versions\/\d{8}_\d{6}_a1\.ts$/,
    );
    expect(await writes(project, "-m", "!!!", "--rev-id", "b1")).toMatch(/_b1\.ts$/);
    expect(await head(project)).toMatchObject({
      revision: "b1",
      message: "!!!",
      downRevision: ["a1"],
    });
    expect((await project.mig(["history"])).stdout).toBe("a1 -> b1 (head), !!!\nbase -> a1\n");
  });

  test("is needed", async () => {
    await refuses(createProject(), ["revision"], {
      code: "WRONG_USAGE",
      exit: 2,
      says: `error: required option '-m, --message <text>' not specified
help: \`mig --help\` lists the commands, \`mig COMMAND --help\` its options`,
    });
  });
});

describe("where it stands", () => {
  test("two heads have to be told apart", async () => {
    const project = createProject(revisions({ a: null, b: "a", c: "a" }));
    await refuses(project, ["revision", "-m", "next"], {
      code: "MULTIPLE_HEADS",
      says: `error: "head" is ambiguous: the history has 2 heads (b, c)
help: name one of them, say "heads" for all, or join them with \`mig merge heads -m "…"\``,
    });
    await writes(project, "-m", "next", "--head", "b", "--rev-id", "d");
    await writes(project, "-m", "both", "--head", "heads", "--rev-id", "e");
    expect(await head(project)).toMatchObject({ downRevision: ["d", "c"], isMergePoint: true });
  });

  test("a revision that is followed already needs --splice", async () => {
    const project = createProject(revisions({ a: null, b: "a" }));
    await refuses(project, ["revision", "-m", "next", "--head", "a"], {
      code: "NOT_A_HEAD",
      says: `error: revision a is not a head: b already follows it
help: add --splice to start a new branch there`,
    });
    await writes(project, "-m", "next", "--head", "a", "--splice", "--rev-id", "c");
    const heads = (await project.mig(["heads", "--json"])).json<RevisionDocument[]>();
    expect(heads.map(({ revision }) => revision)).toEqual(expect.arrayContaining(["b", "c"]));
  });

  test("--head base starts another history, and a label names its branch", async () => {
    const project = createProject(revisions({ a: null }));
    await writes(
      project,
      "-m",
      "x",
      "--head",
      "base",
      "--rev-id",
      "b",
      "--branch-label",
      "billing",
    );
    await writes(project, "-m", "y", "--head", "billing@head", "--rev-id", "c");
    expect((await project.mig(["show", "billing@head"])).stdout).toContain("Revises:       b\n");
  });

  test("--depends-on takes an id, a prefix and a label", async () => {
    const project = createProject(
      revisions(
        { a: null, ae1027: null, b1: null },
        { b1: 'export const branchLabels = ["billing"];' },
      ),
    );
    const depends = ["--depends-on", "ae1", "--depends-on", "billing"];
    const file = await writes(project, "-m", "x", "--head", "a", "--rev-id", "c", ...depends);
    expect(project.read(file)).toContain('export const dependsOn = ["ae1027", "billing"];\n');
  });

  test("an unknown --depends-on or --head is told with what is like it", async () => {
    const project = createProject(revisions({ ae1027: null }));
    for (const option of ["--depends-on", "--head"]) {
      await refuses(project, ["revision", "-m", "x", option, "ae1072"], {
        code: "NO_SUCH_REVISION",
        says: `error: there is no revision or branch label "ae1072"\nhelp: did you mean ae1027?`,
      });
    }
  });
});

describe("its id", () => {
  test.each(["head", "current", "a b", "a-b", "../a", "", "ü", "a".repeat(129)])(
    "%j is refused",
    async (id) => {
      await refuses(createProject(), ["revision", "-m", "x", "--rev-id", id], {
        code: "ILLEGAL_REVISION_ID",
        says: `error: "${id}" cannot be a revision id
help: an id is 1 to 128 of the characters A-Z a-z 0-9 _, and no target word such as head or base`,
      });
    },
  );

  test.each(["1", "_", "A_z9", "a".repeat(128)])("%j is taken", async (id) => {
    const project = createProject();
    await writes(project, "-m", "x", "--rev-id", id);
    expect(await head(project)).toMatchObject({ revision: id });
    expect((await project.mig(["upgrade", "--json"])).json()).toMatchObject({ current: [id] });
  });

  test("is not given twice", async () => {
    const project = createProject(revisions({ a: null }));
    await refuses(project, ["revision", "-m", "x", "--rev-id", "a"], {
      code: "DUPLICATE_REVISION",
      says: `error: there is a revision a already: versions/a.ts
help: nothing was written; choose another id`,
    });
  });

  test("and its labels are no other revision's", async () => {
    const project = createProject(
      revisions({ a: null }, { a: 'export const branchLabels = ["x"];' }),
    );
    const taken = (name: string) => `error: "${name}" is taken already, by revision a
help: a branch label belongs to one revision, and cannot be an id: look at versions/a.ts`;
    await refuses(project, ["revision", "-m", "m", "--branch-label", "x"], {
      code: "LABEL_CLASH",
      says: taken("x"),
    });
    await refuses(project, ["revision", "-m", "m", "--branch-label", "a"], {
      code: "LABEL_CLASH",
      says: taken("a"),
    });
    await refuses(project, ["revision", "-m", "m", "--rev-id", "x"], {
      code: "LABEL_CLASH",
      says: taken("x"),
    });
    await refuses(project, ["revision", "-m", "m", "--branch-label", "a b"], {
      code: "ILLEGAL_LABEL",
      says: `error: "a b" cannot be a branch label: it has other characters
help: a label is made of letters, digits, _ . and -, starts with a letter, and is no target word such as head or base`,
    });
  });
});

describe("its file", () => {
  test("goes to the folder of the revision before it, or the one that --version-path names", async () => {
    const project = createProject({
      ...configWith('versions: ["versions", "plugins/billing"]'),
      "plugins/billing/b.ts": revisions({ b: null })["versions/b.ts"] ?? "",
    });
    await refuses(project, ["revision", "-m", "x", "--head", "base"], {
      code: "VERSION_PATH_NEEDED",
      says: `error: there are several versions folders: versions, plugins/billing
help: say which one with --version-path`,
    });
    const behind = await project.mig(["revision", "-m", "behind", "--rev-id", "c"]);
    expect(behind.stdout).toMatch(/^wrote plugins\/billing\/\d{8}_\d{6}_c_behind\.ts\n$/);
    await writes(project, "-m", "other", "--rev-id", "d", "--version-path", "./versions/");
    await refuses(project, ["revision", "-m", "x", "--version-path", "plugins"], {
      code: "FILE_OUTSIDE_VERSIONS",
      says: `error: plugins is outside the versions folders (versions, plugins/billing)
help: a message, a slug or \`fileTemplate\` cannot leave the folder; --version-path names one of the folders of the config`,
    });
  });

  test("is named by fileTemplate, which may hold folders", async () => {
    const project = createProject(configWith('fileTemplate: "{year}/{month}/{slug}-{revision}"'));
    const file = await writes(project, "-m", "Add it", "--rev-id", "a");
    expect(file).toMatch(/^versions\/\d{4}\/\d\d\/add_it-a\.ts$/);
    expect(await writes(project, "-m", "", "--rev-id", "b")).toMatch(
      /^versions\/\d{4}\/\d\d\/b\.ts$/,
    );
    expect(await head(project)).toMatchObject({ revision: "b", downRevision: ["a"] });
  });

  test("has a name that is seen, whatever the message", async () => {
    const project = createProject(configWith('fileTemplate: "{slug}"'));
    expect(await writes(project, "-m", "_x", "--rev-id", "a")).toBe("versions/x.ts");
    expect(await writes(project, "-m", "🎉", "--rev-id", "b")).toBe("versions/b.ts");
    expect(await head(project)).toMatchObject({ revision: "b" });
  });

  test("never overwrites another", async () => {
    const project = createProject(configWith('fileTemplate: "{slug}"'));
    await writes(project, "-m", "same", "--rev-id", "a");
    await refuses(project, ["revision", "-m", "same"], {
      code: "FILE_EXISTS",
      says: `error: versions/same.ts is there already
  versions/same.ts
help: nothing was written; remove or rename it first`,
    });
  });

  test.each(["../{slug}", "../versions2/{slug}", "a/../../{slug}", "/tmp/mig-story-{slug}"])(
    "does not leave the folder by fileTemplate %j",
    async (fileTemplate) => {
      const project = createProject(configWith(`fileTemplate: ${JSON.stringify(fileTemplate)}`));
      const before = snapshot(project);
      const { code, stderr } = await project.mig(["revision", "-m", "x"]);
      expect(code).toBe(1);
      expect(stderr).toMatch(
        /^error: \S+ is outside the versions folders \(versions\)\nhelp: a message/,
      );
      expect(snapshot(project)).toEqual(before);
      expect(existsSync("/tmp/mig-story-x.ts")).toBe(false);
    },
  );

  test.each([
    ["_{slug}", "gives names that the versions folder leaves out: none may start with _ or ."],
    [
      "{year}/.{slug}",
      "gives names that the versions folder leaves out: none may start with _ or .",
    ],
    [
      "{revision}_{slugg}",
      "holds {slugg}; there are {year} {month} {day} {hour} {minute} {second} {revision} {slug}",
    ],
    ["", "has to be a text"],
  ])("is not named by fileTemplate %j", async (fileTemplate, why) => {
    const project = createProject(configWith(`fileTemplate: ${JSON.stringify(fileTemplate)}`));
    await refuses(project, ["revision", "-m", "x"], {
      code: "CONFIG_INVALID",
      says: `error: migrator.config.ts: \`fileTemplate\` ${why}
help: correct the config; nothing was done`,
    });
  });

  test("that cannot be written is told", async () => {
    const project = createProject({
      ...configWith('fileTemplate: "{year}/{slug}"'),
      [`versions/${new Date().getUTCFullYear()}`]: "a file",
    });
    const { code, stderr } = await project.mig(["revision", "-m", "x"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^error: versions\/\d{4}\/x\.ts cannot be written: E\w+: .*\nhelp: check the folder: /,
    );
  });
});

describe("its template", () => {
  const own = (text: string) => ({
    ...configWith('templates: "house"'),
    "house/revision.ts.template": text,
    "house/revision.sql.template":
      "-- revision: {{revision}}\n-- down-revision: {{revises}}\n-- ours\n",
  });

  test("may be the project's own", async () => {
    const project = createProject(
      own("/** {{message}} ({{created}}) */\n{{header}}\n// {{unknown}}\n"),
    );
    await writes(project, "-m", "Mine", "--rev-id", "a");
    const text = project.read(onlyFile(project, "versions"));
    expect(text).toMatch(
      /^\/\*\* Mine \(\S+Z\) \*\/\nexport const revision = "a";\n.*;\n\/\/ \{\{unknown\}\}\n$/,
    );
    expect(await writes(project, "-m", "x", "--sql-file", "--rev-id", "b")).toMatch(/\.sql$/);
    expect(await head(project)).toMatchObject({ revision: "b", downRevision: ["a"] });
  });

  test("that makes no revision is told before anything is written", async () => {
    const help =
      "help: nothing was written; a template holds {{header}}, or {{revision}} and {{revises}} in one for .sql files";
    const cases = [
      ["// nothing", "versions/FILE has no `revision`"],
      ['export const revision = "fixed";\nexport const downRevision = null;', "its id is fixed"],
      ["{{header}}\nexport const dependsOn = other();", "`dependsOn` is not a literal"],
    ] as const;
    for (const [text, why] of cases) {
      const project = createProject(own(text));
      const { code, stdout, stderr } = await project.mig(["revision", "-m", "x"]);
      expect([code, stdout, stderr.replace(/\d{8}_\S+\.ts/, "FILE")]).toEqual([
        1,
        "",
        `error: the template house/revision.ts.template makes no revision: ${why}\n  house/revision.ts.template\n${help}\n`,
      ]);
      expect(project.list("versions")).toEqual([".gitkeep"]);
    }
  });

  test("has to be there", async () => {
    const project = createProject(configWith('templates: "house"'));
    await refuses(project, ["revision", "-m", "x"], {
      code: "TEMPLATE_MISSING",
      says: `error: there is no template house/revision.ts.template
help: \`mig init\` writes the templates, or remove \`templates\` from the config to use the built-in ones`,
    });
  });
});
