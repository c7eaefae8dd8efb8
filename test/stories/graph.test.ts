/** `mig history --graph`: golden drawings. */
import { cpSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { createProject, revisionFile } from "../support/project.ts";
import type { Shape } from "./support.ts";

/** A project of revisions without messages, so that a drawing is nothing but lanes and ids. */
function project(shape: Shape) {
  const files = Object.entries(shape).map(([revision, down]) => [
    `versions/${revision}.ts`,
    revisionFile({ revision, down, message: "" }),
  ]);
  return createProject(Object.fromEntries(files));
}

const drawings: readonly (readonly [string, Shape, string])[] = [
  [
    "one line",
    { a: null, b: "a", c: "b" },
    `
* c (head)
* b
* a`,
  ],
  [
    "several histories",
    { a: null, b: null, c: "b" },
    `
* c (head)
* b
* a (head)`,
  ],
  [
    "a branch",
    { a: null, b: "a", c: "a" },
    `
* c (head)
| * b (head)
|/
* a (branch point)`,
  ],
  [
    "a branch that is merged",
    { a: null, b: "a", c: "a", d: "b", e: ["d", "c"] },
    `
* e (head) (merge point)
|\\
| * c
* | d
* | b
|/
* a (branch point)`,
  ],
  [
    "a merge with an ancestor",
    { a: null, b: "a", c: "b", d: ["a", "c"] },
    `
* d (head) (merge point)
|\\
| * c
| * b
|/
* a (branch point)`,
  ],
  [
    "three at once",
    { a: null, b: "a", c: "a", d: "a", e: ["b", "c", "d"] },
    `
* e (head) (merge point)
|\\
| |\\
| | * d
| * | c
* | | b
|_|/
|/
* a (branch point)`,
  ],
  [
    "merges that cross",
    { a: null, b: "a", c: "a", d: "b", e: "c", f: ["d", "e"], g: ["d", "e"] },
    `
* g (head) (merge point)
|\\
| | * f (head) (merge point)
| | |\\
| |_|/
| * | e (branch point)
| * | c
|_|/
* | d (branch point)
* | b
|/
* a (branch point)`,
  ],
  [
    "merges that share",
    { a: null, b: "a", c: "a", d: "a", e: ["b", "c"], f: ["c", "d"], g: ["e", "f"] },
    `
* g (head) (merge point)
|\\
| * f (merge point)
| |\\
| | * d
* | | e (merge point)
|\\ \\ \\
| |/ /
| * | c (branch point)
* | | b
|_|/
|/
* a (branch point)`,
  ],
  [
    "a base between lanes",
    { s: null, x: null, p: ["s", "x"], q: "s", r: "s", t: ["p", "q", "r"] },
    `
* t (head) (merge point)
|\\
| |\\
| | * r
| * | q
* | | p (merge point)
|\\ \\ \\
| * | | x
|  / /
|_|/
|/
* s (branch point)`,
  ],
  [
    "many heads",
    { a: null, b: "a", c: "a", d: "a", e: "a" },
    `
* e (head)
| * d (head)
| | * c (head)
| | | * b (head)
|_|_|/
|_|/
|/
* a (branch point)`,
  ],
];

test.each(drawings)("%s", async (_, shape, drawing) => {
  const { code, stdout, stderr } = await project(shape).mig(["history", "--graph"]);
  expect({ code, stderr, drawing: `\n${stdout}` }).toEqual({
    code: 0,
    stderr: "",
    drawing: `${drawing}\n`,
  });
});

test("a range leaves out the lanes that begin outside of it", async () => {
  const merged = project({ a: null, b: "a", c: "a", d: "b", e: ["d", "c"] });
  const draw = async (range: string) =>
    (await merged.mig(["history", "--graph", "-r", range])).stdout;
  expect(await draw("b:")).toBe("* e (head) (merge point)\n* d\n* b\n");
  expect(await draw(":d")).toBe("* d\n* b\n* a (branch point)\n");
});

test("the example project", async () => {
  const example = createProject();
  const repository = resolve(import.meta.dirname, "../..");
  rmSync(join(example.folder, "versions"), { recursive: true });
  cpSync(join(repository, "versions"), join(example.folder, "versions"), { recursive: true });
  expect(`\n${(await example.mig(["history", "--graph"])).stdout}`).toBe(`
* f1c0a8d2e47b (head) (merge point), Merge activities
|\\
| * ac10a7e5f002, Tell more about activities
| * ac10a7e5f001 (activities) (needs 0001), Add activities
* e3d5c7b9a1f0, Emails differ by more than case
* b7e4a1d90c35 (merge point), Merge slugs and status index
|\\
| * 5d8f0b3c6a19, Index applications by status
* | 3f2a9c1d7b04, Give applications a slug
|/
* 9b1e0c4d2a77 (branch point), Add interviews
* 7c1e5b0f9a32, Add user preferences
* 0001, Initial schema
`);
});
