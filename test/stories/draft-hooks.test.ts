/** The config's hooks: what becomes of a draft before it is written, and commands that run afterwards. */
import { expect, test } from "vitest";
import { beginOnSqlite, succeeded } from "../support/story.ts";
import { beginDraft, configure, draft } from "./draft-support.ts";
import { refuses } from "./support.ts";

const place = { dialect: "sqlite", begin: beginOnSqlite } as const;
const both = `export const users = table("users", { id: integer("id").primaryKey() });
export const notes = table("notes", { id: integer("id").primaryKey() });`;
const drafting = ["revision", "--autogenerate", "-m", "x", "--rev-id", "a1"];

test("processDraft leaves operations out, and the way back goes with them", async () => {
  const keep = `processDraft: (operations) => operations.filter((it) => it.kind !== "createTable" || it.table.name !== "notes"),`;
  const text = await draft(await beginDraft(place, both, keep), "a1");
  expect(text).toContain("users");
  expect(text).not.toContain("notes");
});

test("where processDraft leaves nothing, no file is written", async () => {
  const story = await beginDraft(place, both, "processDraft: async () => [],");
  expect(await story.mig(drafting)).toMatchObject({
    code: 0,
    stdout: "",
    stderr: "nothing differs: no file was written\n",
  });
});

test.each([
  ["throws", `() => { throw new Error("not today") }`, "not today"],
  ["gives nothing", `() => {}`, "it gave no list of operations"],
  [
    "gives something else",
    `() => [{ kind: "makeCoffee" }]`,
    'it gave what is no operation: {"kind":"makeCoffee"}',
  ],
])("a processDraft that %s", async (_, hook, why) => {
  const story = await beginDraft(place, both, `processDraft: ${hook},`);
  await refuses(story, drafting, {
    code: "DRAFT_HOOK_FAILED",
    says: `error: \`processDraft\` of the config failed: ${why}\nhelp: correct it in the config; no file was written`,
  });
});

test("an include that throws", async () => {
  const story = await beginDraft(place, both, `include: () => { throw new Error("not today") },`);
  await refuses(story, drafting, {
    code: "DRAFT_HOOK_FAILED",
    says: "error: `include` of the config failed: not today\nhelp: correct it in the config; no file was written",
  });
});

test("afterWrite runs in the project's folder, with the file as one word, also with --json", async () => {
  const story = await beginDraft(
    place,
    both,
    `afterWrite: ["cat {file} > copy.txt", "echo said by the hook"], fileTemplate: "{revision} it's {slug}",`,
  );
  const { stdout, stderr, json } = succeeded(await story.mig([...drafting, "--json"]));
  expect(json()).toMatchObject({ revision: "a1" });
  expect(stdout).not.toContain("said by the hook");
  expect(stderr).toContain("said by the hook");
  expect(story.read("copy.txt")).toBe(story.read("versions/a1 it's x.ts"));
});

test("an afterWrite that fails: the file stays", async () => {
  const story = await beginDraft(place, both, `afterWrite: "exit 3", fileTemplate: "{revision}",`);
  const failed = await story.mig(drafting);
  expect(failed).toMatchObject({
    code: 1,
    stderr:
      "error: the command after writing failed: exit 3: it ended with code 3\nhelp: versions/a1.ts was written, and stays\n",
  });
  expect(story.list("versions")).toContain("a1.ts");
  configure(story, "");
  succeeded(await story.mig(["upgrade"]));
});
