/** `mig history`, `heads`, `branches` and `show`: the history as it is read from the files, newest first. */
import { describe, expect, test } from "vitest";
import { createProject, type Project } from "../support/project.ts";
import { document, type RevisionDocument, refuses, revisions, snapshot } from "./support.ts";

/** a ── b ── d ─┐
 *  └─── c ──────┴─ e; f stands alone, and needs b. */
const shape = { a: null, b: "a", c: "a", d: "b", e: ["d", "c"], f: null };
const headers = {
  c: 'export const branchLabels = ["billing", "money"];',
  f: 'export const dependsOn = ["b"];\nexport const transaction = false;',
};
const branched = () => createProject(revisions(shape, headers));

const documents = {
  a: document({ revision: "a", isBase: true, isBranchPoint: true }),
  b: document({ revision: "b", downRevision: ["a"] }),
  c: document({ revision: "c", downRevision: ["a"], branchLabels: ["billing", "money"] }),
  d: document({ revision: "d", downRevision: ["b"] }),
  e: document({ revision: "e", downRevision: ["d", "c"], isHead: true, isMergePoint: true }),
  f: document({ revision: "f", dependsOn: ["b"], isHead: true, isBase: true }),
};

/** What a command prints on stdout; it has to say nothing else, end well and leave everything as it is. */
async function prints(project: Project, ...args: readonly string[]): Promise<string> {
  const before = snapshot(project);
  const { code, stdout, stderr } = await project.mig(args);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(snapshot(project)).toEqual(before);
  return stdout;
}

/** The ids that a command gives with --json, in its order. */
async function ids(project: Project, ...args: readonly string[]): Promise<string> {
  const found: RevisionDocument[] = JSON.parse(await prints(project, ...args, "--json"));
  return found.map(({ revision }) => revision).join(" ");
}

describe("history", () => {
  test("is one line for each revision, newest first", async () => {
    expect(await prints(branched(), "history")).toBe(`base -> f (head) (needs b), Message of f
d, c -> e (head) (merge point), Message of e
a -> c (billing) (money), Message of c
b -> d, Message of d
a -> b, Message of b
base -> a (branch point), Message of a
`);
  });

  test("is a list of documents with --json, and no database is asked", async () => {
    const { a, b, c, d, e, f } = documents;
    const told = JSON.parse(await prints(branched(), "history", "--json"));
    expect(told).toEqual([f, e, c, d, b, a]);
    expect(Object.keys(told[0]).sort()).toEqual(Object.keys(documents.a).sort());
  });

  test("is told in full with -v", async () => {
    const [first, ...others] = (await prints(branched(), "history", "-v")).split("\n\nRevision:");
    expect(others).toHaveLength(5);
    expect(first).toBe(`Revision:      f (head) (needs b)
Revises:       base
Depends on:    b
Transaction:   none
File:          versions/f.ts

    Message of f`);
    expect(others.at(-1)).toBe(`      a (branch point)
Revises:       base
Followed by:   b, c
File:          versions/a.ts

    Message of a
`);
  });

  test("of an empty project is nothing", async () => {
    const project = createProject();
    for (const command of [
      ["history"],
      ["history", "--graph"],
      ["history", "-v"],
      ["heads"],
      ["branches"],
    ]) {
      expect(await prints(project, ...command)).toBe("");
      expect(await prints(project, ...command, "--json")).toBe("[]\n");
    }
  });

  test("has no colours in a pipe, and some when they are asked for", async () => {
    const project = createProject(revisions({ a: null }));
    const plain = await prints(project, "history");
    const { stdout } = await project.mig(["history"], { env: { FORCE_COLOR: "1" } });
    expect(stdout).not.toBe(plain);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of
    expect(stdout.replaceAll(/\u001b\[\d+m/g, "")).toBe(plain);
    const both = await project.mig(["history"], { env: { FORCE_COLOR: "1", NO_COLOR: "1" } });
    expect(both.stdout).toBe(plain);
  });

  test.each([
    ["a:d", "d b a"],
    ["b:", "f e d b"],
    [":c", "c a"],
    [":", "f e c d b a"],
    ["base:heads", "f e c d b a"],
    ["a:a", "a"],
    ["b:+2", "e d b"],
    ["billing@base:", "e c d b a"],
    ["a:billing", "c a"],
    ["a:b,c", "c b a"],
  ])("of the range %s", async (range, expected) => {
    const project = branched();
    expect(await ids(project, "history", `--range=${range}`)).toBe(expected);
  });

  test.each([
    ["b", "it has no colon"],
    ["a:b:c", "it has more than one colon"],
    ["d:a", "d is not an ancestor of where it ends"],
    ["f:e", "f is not an ancestor of where it ends"],
  ])("of the range %s is refused", async (range, why) => {
    await refuses(branched(), ["history", "-r", range], {
      code: "INVALID_RANGE",
      says: `error: "${range}" is not a range: ${why}
help: write from:to, from: or :to, with the older revision first`,
    });
  });

  test("of a range that names nothing is refused", async () => {
    const project = branched();
    expect(await ids(project, "history", "-r", "a:billin")).toBe("c a");
    await refuses(project, ["history", "-r", "a:biling"], {
      code: "NO_SUCH_REVISION",
      says: 'error: there is no revision or branch label "biling"\nhelp: did you mean billing?',
    });
  });
});

describe("where the database is", () => {
  test("is marked with -i", async () => {
    const project = branched();
    const nowhere = await prints(project, "history", "-i", "--json");
    expect(JSON.parse(nowhere).map(({ isCurrent }: RevisionDocument) => isCurrent)).toEqual(
      Array(6).fill(false),
    );
    await project.mig(["upgrade", "b", "c"]);
    const { a, b, c, d, e, f } = documents;
    const told = JSON.parse(await prints(project, "history", "-i", "--json"));
    const marked = (it: RevisionDocument, isCurrent: boolean) => ({ ...it, isCurrent });
    expect(told).toEqual([
      marked(f, false),
      marked(e, false),
      marked(c, true),
      marked(d, false),
      marked(b, true),
      marked(a, false),
    ]);
    expect(await prints(project, "history", "-i", "-r", "a:b,c")).toBe(
      `a -> c (billing) (money) (current), Message of c
a -> b (current), Message of b
base -> a (branch point), Message of a
`,
    );
    expect(await prints(project, "history", "-i", "--graph", "-r", "a:b")).toBe(
      "* b (current), Message of b\n* a (branch point), Message of a\n",
    );
  });

  test("may begin a range", async () => {
    const project = branched();
    await project.mig(["upgrade", "d"]);
    expect(await ids(project, "history", "-r", "current:")).toBe("e d");
    expect(await ids(project, "history", "-r", ":current")).toBe("d b a");
  });

  test("may be shown", async () => {
    const project = branched();
    expect(await prints(project, "show", "current")).toBe("");
    expect(await prints(project, "show", "current", "--json")).toBe("[]\n");
    await project.mig(["upgrade", "b", "c"]);
    expect(JSON.parse(await prints(project, "show", "current", "--json"))).toEqual([
      { ...documents.b, isCurrent: true },
      { ...documents.c, isCurrent: true },
    ]);
  });
});

describe("heads", () => {
  test("are the revisions that nothing follows, newest first", async () => {
    const project = branched();
    expect(await prints(project, "heads")).toBe(`base -> f (head) (needs b), Message of f
d, c -> e (head) (merge point), Message of e
`);
    expect(JSON.parse(await prints(project, "heads", "--json"))).toEqual([
      documents.f,
      documents.e,
    ]);
    expect(await prints(project, "heads", "-v")).toContain("Revises:       d, c\n");
  });
});

describe("branches", () => {
  test("are the revisions that several follow, with those", async () => {
    const project = branched();
    expect(await prints(project, "branches")).toBe(`base -> a (branch point), Message of a
   -> b, Message of b
   -> c (billing) (money), Message of c
`);
    expect(JSON.parse(await prints(project, "branches", "--json"))).toEqual([documents.a]);
    expect(await prints(project, "branches", "-v")).toContain("Followed by:   b, c\n");
  });
});

describe("show", () => {
  test("tells a revision in full", async () => {
    const project = branched();
    const full = `Revision:      c (billing) (money)
Revises:       a
Followed by:   e
Branch labels: billing, money
File:          versions/c.ts

    Message of c
`;
    expect(await prints(project, "show", "billing")).toBe(full);
    expect(await prints(project, "show", "c", "-v")).toBe(full);
  });

  test.each([
    [["b"], "b"],
    [["base"], ""],
    [["heads"], "e f"],
    [["billing@head"], "e"],
    [["b", "a", "b"], "b a"],
    [["d-1"], "b"],
    [["b+1"], "d"],
    [["billing@base"], ""],
  ])("%j means so many revisions", async (targets, expected) => {
    expect(await ids(branched(), "show", ...targets)).toBe(expected);
  });

  test("is refused for what means several, or nothing", async () => {
    const project = branched();
    await refuses(project, ["show", "head"], {
      code: "MULTIPLE_HEADS",
      says: `error: "head" is ambiguous: the history has 2 heads (e, f)
help: name one of them, say "heads" for all, or join them with \`mig merge heads -m "…"\``,
    });
    await refuses(project, ["show", "e-1"], {
      code: "AMBIGUOUS_WALK",
      says: `error: "e-1" is ambiguous: from e it could go to d or c
help: name the revision, or the branch as in label@-1 or label@+1`,
    });
    await refuses(project, ["show"], {
      code: "WRONG_USAGE",
      exit: 2,
      says: `error: missing required argument 'targets'
help: \`mig --help\` lists the commands, \`mig COMMAND --help\` its options`,
    });
  });

  test("has the time and the message that the file's comment has", async () => {
    const project = createProject({
      "versions/a.ts": `/**
 * Add what is needed.
 *
 * Revision:  a
 * Created:   2026-01-23T14:30:52Z
 */
export const revision = "a";
export const downRevision = null;
export function upgrade() {}
`,
    });
    expect(JSON.parse(await prints(project, "show", "a", "--json"))).toEqual([
      document({
        revision: "a",
        message: "Add what is needed",
        createdAt: "2026-01-23T14:30:52Z",
        isHead: true,
        isBase: true,
      }),
    ]);
  });
});
