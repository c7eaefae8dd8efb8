/** `mig edit`: the file of a revision is opened in the user's editor. */
import { join } from "node:path";
import { expect, test } from "vitest";
import { createProject } from "../support/project.ts";
import { refuses, revisions, snapshot } from "./support.ts";

/** An editor that adds a line with its arguments to the file it is given last. */
const editor = {
  "editor with a space/edit.mjs": `import { appendFileSync } from "node:fs";
const args = process.argv.slice(2);
appendFileSync(args.at(-1), "// " + args.length + " " + args[0] + "\\n");
`,
};
const command = `"${process.execPath}" "editor with a space/edit.mjs"`;

test("EDITOR gets the file, with the arguments that it holds itself", async () => {
  const project = createProject({ ...revisions({ a: null, b: "a" }), ...editor });
  const { code, stdout, stderr } = await project.mig(["edit", "head"], {
    env: { EDITOR: `${command} --wait` },
  });
  expect([code, stdout, stderr]).toEqual([0, "", ""]);
  expect(project.read("versions/b.ts")).toMatch(/\n\/\/ 2 --wait\n$/);
  expect(project.read("versions/a.ts")).not.toContain("--wait");
});

test("VISUAL comes before EDITOR, and several revisions are opened at once", async () => {
  const project = createProject({ ...revisions({ a: null, b: "a", c: "a" }), ...editor });
  const { code } = await project.mig(["edit", "heads"], {
    env: { VISUAL: command, EDITOR: "false" },
  });
  expect(code).toBe(0);
  expect(project.read("versions/c.ts")).toContain(
    `// 2 ${join(project.folder, "versions/b.ts")}\n`,
  );
});

test("a folder's name may hold whatever a shell would take to be its own", async () => {
  const folder = 'ver\'sions "$HOME" `x`';
  const project = createProject({
    ...editor,
    "migrator.config.ts": `export default { versions: ${JSON.stringify(folder)} };\n`,
    [`${folder}/a.ts`]: revisions({ a: null })["versions/a.ts"] ?? "",
  });
  expect(await project.mig(["edit", "a"], { env: { EDITOR: command } })).toMatchObject({ code: 0 });
  expect(project.read(`${folder}/a.ts`)).toMatch(/\n\/\/ 1 .*\n$/);
});

test("current is where the database is", async () => {
  const project = createProject({ ...revisions({ a: null, b: "a" }), ...editor });
  const env = { EDITOR: command };
  await refuses(project, ["edit", "current"], {
    code: "INVALID_TARGET",
    json: false,
    options: { env },
    says: `error: "current" is not a target: it is the base, which has no file
help: targets are a revision or a unique prefix of one, head, heads, base, current, a label, label@head, +2, -1, ae10+2, or a range a:b`,
  });
  await project.mig(["upgrade", "a"]);
  expect(await project.mig(["edit", "current"], { env })).toMatchObject({ code: 0, stderr: "" });
  expect(project.read("versions/a.ts")).toMatch(/\n\/\/ 1 .*\n$/);
});

test("without an editor it says how to name one", async () => {
  await refuses(createProject(revisions({ a: null })), ["edit", "a"], {
    code: "NO_EDITOR",
    json: false,
    says: `error: no editor is set
help: set VISUAL or EDITOR, for example \`EDITOR=nano mig edit head\``,
  });
});

test("an editor that fails is a failure", async () => {
  const project = createProject(revisions({ a: null }));
  const before = snapshot(project);
  const left = await project.mig(["edit", "a"], { env: { EDITOR: "exit 3 #" } });
  expect([left.code, left.stdout, left.stderr]).toEqual([
    1,
    "",
    `error: the editor \`exit 3 #\` ended with code 3
help: set VISUAL or EDITOR to a command that opens a file, for example \`code --wait\`
`,
  ]);
  const missing = await project.mig(["edit", "a"], { env: { EDITOR: "no-such-editor" } });
  expect(missing.code).toBe(1);
  expect(missing.stderr).toContain("error: the editor `no-such-editor` ended with code 127\n");
  expect(snapshot(project)).toEqual(before);
});

test("an unknown revision opens nothing", async () => {
  await refuses(createProject(revisions({ a: null })), ["edit", "nothing"], {
    code: "NO_SUCH_REVISION",
    json: false,
    options: { env: { EDITOR: "false" } },
    says: `error: there is no revision or branch label "nothing"
help: \`mig history\` lists the revisions`,
  });
});
