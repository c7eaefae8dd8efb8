/** What is kept between runs: it may save time, and nothing else may depend on it. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cacheFolder } from "../../../src/load/cache/folder.ts";
import { Playground } from "./playground.ts";

const playground = new Playground();
afterAll(() => playground.close());

interface Run {
  readonly value: unknown;
  /** Whether the transformer was needed. */
  readonly transformed: boolean;
}

const importA = 'return { ...(await loader.import("versions/a.ts")) }';

function script(code: string): string {
  return `
import { createRequire } from "node:module";
import { createLoader } from "./loader.mjs";
const loader = createLoader({ root: process.cwd(), builtins: { "drizzle-mig": async () => ({}) } });
const value = await (async () => { ${code} })();
const transformed = Object.keys(createRequire(import.meta.url).cache).some((it) => it.includes("oxc-transform"));
loader.save();
console.log(JSON.stringify({ value, transformed }));
`;
}

/** A run of its own. */
function run(root: string, code = importA): Run {
  return JSON.parse(playground.print(script(code), root));
}

const warm = (value: unknown): Run => ({ value, transformed: false });
const cold = (value: unknown): Run => ({ value, transformed: true });

const files = {
  "versions/a.ts": `import { n } from "./helper.ts"; export const a: number = n;`,
  "versions/helper.ts": `export const n: number = 1;`,
};

/** A project that was run once. */
function warmProject(more: Readonly<Record<string, string>> = {}): string {
  const root = playground.project("module", { ...files, ...more });
  run(root);
  return root;
}

const folderOf = (root: string) => join(root, "node_modules/.cache/mig");
const packs = (root: string) =>
  readdirSync(folderOf(root)).map((name) => join(folderOf(root), name));

function onlyPack(root: string): string {
  const found = packs(root);
  expect(found).toHaveLength(1);
  return found[0] ?? "";
}

describe("the cache", () => {
  it("spares the next run the transformer", () => {
    const root = playground.project("module", files);
    expect(run(root)).toEqual(cold({ a: 1 }));
    expect(run(root)).toEqual(warm({ a: 1 }));
  });

  it("keeps CommonJS, require() and import.meta as they are", () => {
    const root = playground.project("commonjs", {
      "versions/a.ts": `const { n } = require("./helper"); module.exports = { n, dir: __dirname.length > 0 };`,
      "versions/helper.ts": `export const n: number = 7; export const here: string = import.meta.filename;`,
    });
    const first = run(root);
    expect(first.value).toMatchObject({ n: 7, dir: true });
    expect(run(root)).toEqual(warm(first.value));
  });

  it("runs a module in the manner that is asked for, whatever the manner was before", () => {
    const root = warmProject({
      "versions/later.ts": `await Promise.resolve(); export const late: number = 1;`,
      "versions/both.ts": `export const both: string = "both";`,
      "versions/imports.ts": `import { both } from "./both.ts"; export const it = both;`,
      "versions/requires.cts": `exports.it = require("./both.ts").both;`,
    });
    const through = (path: string) => `return (await loader.import("versions/${path}")).it`;
    for (let turn = 0; turn < 3; turn++) {
      expect(run(root, through("imports.ts")).value).toBe("both");
      expect(run(root, through("requires.cts")).value).toBe("both");
    }
    expect(run(root, through("imports.ts"))).toEqual(warm("both"));
  });
});

describe("what has changed", () => {
  it("is seen, though its size and its time are the same", () => {
    const root = warmProject();
    const file = join(root, "versions/helper.ts");
    const { atime, mtime } = statSync(file);
    writeFileSync(file, files["versions/helper.ts"].replace("1", "2"));
    utimesSync(file, atime, mtime);
    expect(run(root)).toEqual(cold({ a: 2 }));
    expect(run(root)).toEqual(warm({ a: 2 }));
  });

  it("is seen in where an import leads", () => {
    const root = warmProject({
      "versions/a.ts": `export { n as a } from "./it";`,
      "versions/it.ts": `export const n: string = "file";`,
    });
    rmSync(join(root, "versions/it.ts"));
    mkdirSync(join(root, "versions/it"));
    writeFileSync(join(root, "versions/it/index.ts"), `export const n: string = "folder";`);
    expect(run(root).value).toEqual({ a: "folder" });
  });

  it("is seen in the options of decorators", () => {
    const root = warmProject({
      "versions/a.ts": `const seen: string[] = [];
function mark(...given: unknown[]) { seen.push(typeof given[1]); }
class Row { @mark run() {} }
export const a = seen[0];`,
      "tsconfig.json": `{ "compilerOptions": { "experimentalDecorators": true } }`,
    });
    expect(run(root)).toEqual(warm({ a: "string" }));
    // Without the option they are JavaScript's own, which V8 does not know yet.
    writeFileSync(join(root, "tsconfig.json"), "{}");
    const code = 'return loader.import("versions/a.ts").catch((failure) => failure.code)';
    expect(run(root, code)).toEqual(cold("FILE_DOES_NOT_PARSE"));
  });

  it("is seen in the tool", () => {
    const root = warmProject();
    playground.update();
    expect(run(root)).toEqual(cold({ a: 1 }));
    expect(run(root)).toEqual(warm({ a: 1 }));
  });
});

describe("a pack that is damaged", () => {
  const damages: Readonly<Record<string, (content: Buffer) => Buffer>> = {
    "is empty": () => Buffer.alloc(0),
    "is something else": () => Buffer.from("{}".repeat(500)),
    "ends in its head": (it) => it.subarray(0, 40),
    "ends in its index": (it) => it.subarray(0, 200),
    "ends in a module": (it) => it.subarray(0, -20),
    "has another number in its index": (it) => changed(it, 130),
    "has another number in the first module": (it) => changed(it, it.indexOf("]}") + 100),
    "has another number at its end": (it) => changed(it, it.length - 3),
  };

  it.each(Object.entries(damages))("%s: it counts for nothing", (_, damage) => {
    const root = warmProject();
    const pack = onlyPack(root);
    writeFileSync(pack, damage(readFileSync(pack)));
    expect(run(root)).toEqual(cold({ a: 1 }));
    expect(run(root)).toEqual(warm({ a: 1 }));
  });

  it("is that of another folder: it counts for nothing", () => {
    const [root, other] = [warmProject(), warmProject()];
    writeFileSync(onlyPack(root), readFileSync(onlyPack(other)));
    expect(run(root)).toEqual(cold({ a: 1 }));
  });

  function changed(content: Buffer, at: number): Buffer {
    content[at] = (content[at] ?? 0) ^ 1;
    return content;
  }
});

describe("where there is no place for it", () => {
  it("does without", () => {
    const root = playground.project("module", files);
    // A file in its place: nobody may make the folder, not even root.
    writeFileSync(join(root, "node_modules/.cache"), "");
    expect(run(root)).toEqual(cold({ a: 1 }));
    expect(run(root)).toEqual(cold({ a: 1 }));
  });

  it("makes no node_modules", () => {
    const folder = mkdtempSync(join(tmpdir(), "mig-cache-"));
    expect(cacheFolder(folder)).toBeUndefined();
    mkdirSync(join(folder, "node_modules"));
    const inside = join(folder, "packages/app");
    mkdirSync(inside, { recursive: true });
    expect(cacheFolder(inside)).toBe(join(folder, "node_modules/.cache/mig"));
    rmSync(folder, { recursive: true });
  });
});

describe("several runs at once", () => {
  it("leave a whole cache behind, and nothing beside it", async () => {
    const names = Array.from({ length: 60 }, (_, at) => `versions/m${at}.ts`);
    const sources = names.map((name, at) => [name, `export const it: number = ${at};`] as const);
    const root = playground.project("module", Object.fromEntries(sources));
    const all = `
      const found = [];
      for (const name of ${JSON.stringify(names)}) found.push((await loader.import(name)).it);
      return found;`;
    const expected = names.map((_, at) => at);
    for (let turn = 0; turn < 3; turn++) {
      rmSync(folderOf(root), { recursive: true, force: true });
      const runs = Array.from({ length: 6 }, () => playground.printLater(script(all), root));
      for (const printed of await Promise.all(runs)) {
        expect(JSON.parse(printed).value).toEqual(expected);
      }
      expect(run(root, all)).toEqual(warm(expected));
      expect(packs(root)).toHaveLength(1);
    }
  });
});

describe("its size", () => {
  it("is that of the files that are there", () => {
    const root = warmProject();
    rmSync(join(root, "versions/helper.ts"));
    writeFileSync(join(root, "versions/a.ts"), `export const a: string = "alone";`);
    run(root);
    const index = readFileSync(onlyPack(root), "latin1");
    expect(index).toContain('"a.ts"');
    expect(index).not.toContain('"helper.ts"');
  });

  it("does not count folders that are gone, nor what a killed run has left", () => {
    const root = warmProject({ "other/b.ts": "export const b: number = 1;" });
    run(root, 'return { ...(await loader.import("other/b.ts")) }');
    const draft = `${packs(root)[0]}.123`;
    writeFileSync(draft, "half of a pa");
    rmSync(join(root, "other"), { recursive: true });
    const longAgo = new Date(Date.now() - 3_600_000);
    for (const pack of packs(root)) utimesSync(pack, longAgo, longAgo);
    writeFileSync(join(root, "versions/a.ts"), "export const a: number = 3;");
    expect(run(root)).toEqual(cold({ a: 3 }));
    expect(packs(root)).toHaveLength(1);
    expect(run(root)).toEqual(warm({ a: 3 }));
  });

  it("is not written again for one file among many", () => {
    const names = Array.from({ length: 60 }, (_, at) => `versions/m${at}.ts`);
    const sources = names.map((name, at) => [name, `export const it: number = ${at};`] as const);
    const root = playground.project("module", Object.fromEntries(sources));
    run(root, `for (const name of ${JSON.stringify(names)}) await loader.import(name);`);
    const before = readFileSync(onlyPack(root));
    writeFileSync(join(root, "versions/m7.ts"), "export const it: number = 700;");
    expect(run(root, 'return (await loader.import("versions/m7.ts")).it').value).toBe(700);
    expect(readFileSync(onlyPack(root)).equals(before)).toBe(true);
  });
});

describe("a failure in a run that found all it needed", () => {
  const source = `/**
 * A doc comment.
 */
interface Row { readonly id: number }
enum Kind { A, B }

export function fail(row: Row): never {
  throw new Error("so be it " + Kind[row.id]);
}
`;

  it("is told with its place in the source", () => {
    const root = playground.project("module", { "versions/a.ts": source });
    const code = `
      const { fail } = await loader.import("versions/a.ts");
      try { fail({ id: 1 }); } catch (failure) {
        return failure.stack.split("\\n").slice(0, 2).map((line) => line.replace(process.cwd(), ""));
      }`;
    const told = ["Error: so be it B", "    at fail (/versions/a.ts:8:9)"];
    expect(run(root, code).value).toEqual(told);
    run(root, 'await loader.import("versions/a.ts")');
    expect(run(root, 'await loader.import("versions/a.ts")').transformed).toBe(false);
    expect(run(root, code).value).toEqual(told);
  });

  it("is told so when a module does not load", () => {
    const root = playground.project("module", {
      "versions/a.ts": `import { n } from "./helper.ts";\nexport const a: number = n;`,
      "versions/helper.ts": `interface Gone { a: 1 }\n\nexport const n: number = Number(process.env.NOT.SET);`,
    });
    const code = `
      try { await loader.import("versions/a.ts"); } catch ({ code, context }) { return [code, context.location]; }`;
    const told = ["FILE_DOES_NOT_LOAD", "versions/helper.ts:3:49"];
    expect(run(root, code).value).toEqual(told);
    expect(run(root, code).value).toEqual(told);
    expect(existsSync(folderOf(root))).toBe(true);
  });
});
