/** `mig merge`: heads are joined, and nothing else is. */
import { describe, expect, test } from "vitest";
import { createProject } from "../support/project.ts";
import { document, type RevisionDocument, refuses, revisions } from "./support.ts";

const fork = { a: null, b: "a", c: "a" };

describe("a merge", () => {
  test("joins all heads in the order of files, and runs", async () => {
    const project = createProject(revisions(fork));
    const result = await project.mig(["merge", "heads", "-m", "Join them", "--rev-id", "m1"]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    const file =
      /^wrote (versions\/\d{8}_\d{6}_m1_join_them\.ts)\n$/.exec(result.stdout)?.[1] ?? "";
    expect(project.read(file)).toContain(" * Revises:   b, c\n");
    expect(project.read(file)).toContain('export const downRevision = ["b", "c"];\n');
    expect((await project.mig(["heads"])).stdout).toBe(
      "b, c -> m1 (head) (merge point), Join them\n",
    );
    const upgrade = await project.mig(["upgrade", "--json"]);
    expect(upgrade.json()).toMatchObject({ current: ["m1"] });
  });

  test("joins the ones that are named, in any order, by prefix and label", async () => {
    const labelled = { c: 'export const branchLabels = ["x"];' };
    const project = createProject(revisions({ ...fork, bb1: "a" }, labelled));
    const merge = "merge x bb --rev-id m --branch-label joined --json -m".split(" ");
    const result = await project.mig([...merge, "two"]);
    expect(result).toMatchObject({ code: 0, stderr: "" });
    const told = result.json<RevisionDocument>();
    expect(told).toEqual(
      document({
        revision: "m",
        downRevision: ["bb1", "c"],
        branchLabels: ["joined"],
        message: "two",
        file: told.file,
        createdAt: told.createdAt,
        isHead: true,
        isMergePoint: true,
      }),
    );
    const heads = (await project.mig(["heads", "--json"])).json<RevisionDocument[]>();
    expect(heads.map(({ revision }) => revision)).toEqual(["b", "m"]);
  });

  test("goes to the folder that --version-path names", async () => {
    const project = createProject({
      ...revisions(fork),
      "migrator.config.ts": 'export default { versions: ["versions", "merges"] };\n',
      "merges/.gitkeep": "",
    });
    const { stdout } = await project.mig(["merge", "heads", "-m", "m", "--version-path", "merges"]);
    expect(stdout).toMatch(/^wrote merges\/\d{8}_\d{6}_[0-9a-f]{12}_m\.ts\n$/);
  });
});

describe("nothing is written when", () => {
  test("there is nothing to join", async () => {
    const one = createProject(revisions({ a: null }));
    const help = "help: a merge joins two or more heads";
    for (const targets of [["heads"], ["a"], ["a", "a"], ["head"]]) {
      await refuses(one, ["merge", ...targets, "-m", "x"], {
        code: "NOTHING_TO_MERGE",
        says: `error: nothing to merge: there is only a\n${help}`,
      });
    }
    await refuses(createProject(), ["merge", "heads", "-m", "x"], {
      code: "NOTHING_TO_MERGE",
      says: `error: nothing to merge: the history is empty\n${help}`,
    });
  });

  test("one of them is no head", async () => {
    await refuses(createProject(revisions(fork)), ["merge", "a", "b", "-m", "x"], {
      code: "MERGE_OF_NO_HEAD",
      says: `error: revision a is not a head: b and c already follow it
help: merge heads: \`mig heads\` lists them`,
    });
  });

  test("a target or an id is wrong", async () => {
    const project = createProject(revisions(fork));
    await refuses(project, ["merge", "b", "nothing", "-m", "x"], {
      code: "NO_SUCH_REVISION",
      says: `error: there is no revision or branch label "nothing"
help: \`mig history\` lists the revisions`,
    });
    await refuses(project, ["merge", "heads", "-m", "x", "--rev-id", "b"], {
      code: "DUPLICATE_REVISION",
      says: `error: there is a revision b already: versions/b.ts
help: nothing was written; choose another id`,
    });
    await refuses(project, ["merge", "current", "-m", "x"], {
      code: "INVALID_TARGET",
      says: `error: "current" is not a target: this has no database to ask
help: targets are a revision or a unique prefix of one, head, heads, base, current, a label, label@head, +2, -1, ae10+2, or a range a:b`,
    });
  });

  test("it was typed wrong", async () => {
    const project = createProject(revisions(fork));
    const help = "help: `mig --help` lists the commands, `mig COMMAND --help` its options";
    await refuses(project, ["merge", "heads"], {
      code: "WRONG_USAGE",
      exit: 2,
      says: `error: required option '-m, --message <text>' not specified\n${help}`,
    });
    await refuses(project, ["merge", "-m", "x"], {
      code: "WRONG_USAGE",
      exit: 2,
      says: `error: missing required argument 'revisions'\n${help}`,
    });
  });
});
