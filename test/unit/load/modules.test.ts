import { afterAll, describe, expect, it } from "vitest";
import { Playground, PROJECT_TYPES } from "./playground.ts";

const playground = new Playground();
afterAll(() => playground.close());

describe.each(PROJECT_TYPES)("modules of a %s project", (type) => {
  const project = (files: Record<string, string>) => playground.project(type, files);
  const load = (files: Record<string, string>) =>
    playground.exportsOf(project(files), Object.keys(files)[0] ?? "");

  it.each(["ts", "mts", "cts", "tsx", "js", "mjs", "cjs", "jsx"])(
    "gives the exports of a .%s file",
    async (extension) => {
      const path = `main.${extension}`;
      expect(await load({ [path]: `export const a = 1; export default { b: 2 };` })).toEqual({
        a: 1,
        default: { b: 2 },
      });
    },
  );

  it.each(["ts", "cts", "js", "cjs"])("runs CommonJS in a .%s file", async (extension) => {
    const root = project({
      [`main.${extension}`]: `
        const { basename } = require("node:path");
        const other = require("./other");
        exports.name = basename(__filename);
        exports.folder = __dirname === require("node:path").dirname(__filename);
        exports.other = other.value + require("./deep/esm.ts").default;
        exports.tool = typeof require("drizzle-mig").t.integer;
        exports.json = require("./data.json").answer;
        exports.resolved = basename(require.resolve("./other"));
        exports.main = require.main === module;
        exports.strict = (function () { return this === undefined; })();
        exports.self = this === exports;
      `,
      "other.ts": `module.exports = { value: 1 as number };`,
      "deep/esm.ts": `import { two } from "../two"; import { t } from "drizzle-mig"; export default two + (t ? 1 : 0);`,
      "two.ts": `export const two: number = 2;`,
      "data.json": `{ "answer": 42 }`,
    });
    const exports = await playground.exportsOf(root, `main.${extension}`);
    expect(exports).toMatchObject({
      name: `main.${extension}`,
      folder: true,
      other: 4,
      tool: "function",
      json: 42,
      resolved: "other.ts",
      main: false,
      strict: false,
      self: true,
    });
  });

  it("gives module.exports as the default", async () => {
    expect(await load({ "main.js": `module.exports = { versions: "v" };` })).toEqual({
      default: { versions: "v" },
      versions: "v",
    });
  });

  it("runs what else only CommonJS allows", async () => {
    const files = {
      "main.js": `#!/usr/bin/env node\nvar module = module || {}; if (true) { exports.a = 1; return; } exports.b = 2;`,
    };
    expect(await load(files)).toEqual({ a: 1, default: { a: 1 } });
  });

  it("compiles TypeScript's own import and export", async () => {
    const files = {
      "main.cts": `import path = require("node:path"); import { two } from "./two.cjs"; export = { name: path.basename("a/b"), two };`,
      "two.cts": `export const two: number = 2;`,
    };
    expect(await load(files)).toMatchObject({ name: "b", two: 2 });
  });

  it("compiles enums, namespaces, parameter properties and types", async () => {
    const files = {
      "main.ts": `
        import { Shape, type Other } from "./types.ts";
        import type Gone from "./nowhere";
        import { Unused } from "./nowhere-either";
        export enum Color { Red = "r", Blue = "b" }
        export const enum Size { Big = 3 }
        namespace Inner { export const x = 1; }
        class Point { constructor(readonly x: number, private y = 2) {} sum() { return this.x + this.y; } }
        abstract class A { declare z: string; abstract w(): void; }
        const shape: Shape & Other & Gone = { a: 1 } as never;
        export const all = [Inner.x, new Point(1).sum(), Size.Big, shape.a, typeof A] satisfies unknown[];
        export function over(a: string): void; export function over(a: unknown) { return a; }
        let u: Unused;
      `,
      "types.ts": `export interface Shape { a: number } export type Other = object;`,
    };
    expect(await load(files)).toMatchObject({
      Color: { Red: "r", Blue: "b" },
      all: [1, 3, 3, 1, "function"],
    });
  });

  it("does not mind a type that is exported again as a value", async () => {
    const files = {
      "main.ts": `import { Shape, a } from "./types"; export { Shape, a };`,
      "types.ts": `export interface Shape {} export const a = 1;`,
    };
    expect(await load(files)).toEqual({ a: 1, Shape: undefined });
  });

  it("compiles decorators where tsconfig.json has experimentalDecorators", async () => {
    const files = {
      "main.ts": `
        const log: string[] = [];
        const mark = (name: string) => (...args: unknown[]) => { log.push(name + args.length); };
        const twice = (_: object, key: string, it: PropertyDescriptor) => ({ ...it, value() { return it.value.call(this) * 2; } });
        const named = <T extends new () => object>(it: T) => class extends it { extra = "extra"; };
        @named @mark("class")
        class A { @mark("field") x = 1; @twice m(@mark("param") q?: number) { return this.x; } @mark("static") static s = 1; }
        export const made = new A();
        export const m = made.m();
        export { log };
      `,
      "tsconfig.json": `// why\n{ "extends": ["./base"], }`,
      "base.json": `{ "compilerOptions": { /* old */ "experimentalDecorators": true, "target": "es2022" } }`,
    };
    expect(await load(files)).toEqual({
      made: { x: 1, extra: "extra" },
      m: 2,
      log: ["field3", "param3", "static3", "class1"],
    });
  });

  it("keeps exports live, waits at the top and imports dynamically", async () => {
    const files = {
      "main.ts": `
        import { count, add } from "./counter";
        add();
        export const seen = [count, (add(), count)];
        export const late = await Promise.resolve(5);
        for await (const x of [1]) add();
        export const dynamic = (await import("./counter.js")).count;
        export let n = 0;
        export const bump = () => ++n;
      `,
      "counter.ts": `export let count = 0; export function add() { count++; }`,
    };
    expect(await load(files)).toMatchObject({ seen: [1, 2], late: 5, dynamic: 3 });
  });

  it("waits at the top without any import or export", async () => {
    const root = project({
      "main.ts": `globalThis.waited = await Promise.resolve(1); for await (const x of [2]) globalThis.waited += x;`,
    });
    expect(
      await playground.run(root, `await loader.import("main.ts"); return globalThis.waited`),
    ).toBe(3);
  });

  it("exports again", async () => {
    const files = {
      "main.ts": `
        export * from "./a"; export * as named from "./a"; export { x as y, default as z } from "./a"; export { default } from "./a";
        import d, * as ns from "./a"; export const both = [d, ns.x]; import e, { x } from "./a"; export const third = [e, x];
      `,
      "a.ts": `export const x = 1; export default "d";`,
    };
    expect(await load(files)).toEqual({
      x: 1,
      named: { x: 1, default: "d" },
      y: 1,
      z: "d",
      default: "d",
      both: ["d", 1],
      third: ["d", 1],
    });
  });

  it("loads modules that import each other", async () => {
    const root = project({
      "index.ts": `export * from "./users"; export * from "./posts";`,
      "users.ts": `import * as all from "./index"; import { posts } from "./posts"; export const users = { posts: () => [posts.name, all.posts.name], name: "users" };`,
      "posts.ts": `export * from "./more"; import { users } from "./users"; import { users as again } from "./index"; export const posts = { users: () => [users.name, again.name], name: "posts" };`,
      "more.ts": `export * from "./index"; import { posts } from "./posts"; export const more = () => posts.name;`,
      "self.ts": `import * as self from "./self"; export const a = 1; export const b = () => self.a;`,
    });
    const code = `
      const [all, posts, self, more] = await Promise.all(["index.ts", "posts.ts", "self.ts", "more.ts"].map((it) => loader.import(it)));
      return [all.users.posts(), posts.posts.users(), self.b(), all.more(), Object.keys(more).sort()];
    `;
    expect(await playground.run(root, code)).toEqual([
      ["posts", "posts"],
      ["users", "users"],
      1,
      "posts",
      ["more", "posts", "users"],
    ]);
  });

  it("does not wait for ever for a module that imports its importer dynamically", async () => {
    const files = {
      "main.ts": `import { b } from "./b"; export const a = b;`,
      "b.ts": `export const b = 1; const main = await import("./main"); export const keys = Object.keys(main);`,
    };
    expect(await load(files)).toEqual({ a: 1 });
  });

  it("tells why a module that waits at the top cannot be required", async () => {
    const root = project({
      "main.ts": `module.exports = require("./waits");`,
      "waits.ts": `export const a = await 1;`,
    });
    expect(await playground.run(root, `return failure("main.ts")`)).toMatchObject({
      code: "FILE_DOES_NOT_PARSE",
      message: expect.stringContaining("await is only valid in async functions"),
      context: { location: "waits.ts:1:18" },
    });
  });

  it("does not wait for ever for CommonJS modules that require each other", async () => {
    const files = {
      "a.js": `exports.early = 1; exports.b = require("./b").seen; exports.late = 2;`,
      "b.js": `exports.seen = Object.keys(require("./a"));`,
    };
    expect(await load(files)).toMatchObject({ early: 1, b: ["early"], late: 2 });
  });

  it("evaluates a module once", async () => {
    const root = project({
      "main.ts": `import "./once"; import "./once.js"; import "./once.ts"; await import("./once"); require("./once"); export {};`,
      "once.ts": `globalThis.times = (globalThis.times ?? 0) + 1;`,
      "link.ts": "link:./once.ts",
    });
    const code = `
      globalThis.times = 0;
      await Promise.all([loader.import("main.ts"), loader.import("once.ts"), loader.import(root + "/link.ts")]);
      return [globalThis.times, (await loader.import("main.ts")) === (await loader.import("main.ts"))];
    `;
    expect(await playground.run(root, code)).toEqual([1, true]);
  });

  it("has import.meta", async () => {
    const root = project({
      "folder/main.ts": `
        import { createRequire } from "node:module";
        import { fileURLToPath } from "node:url";
        const require = createRequire(import.meta.url);
        const __filename = fileURLToPath(import.meta.url);
        export const meta = [import.meta.url, import.meta.filename === __filename, import.meta.dirname, require("../a.json").a];
        export const resolved = [import.meta.resolve("./main.js"), import.meta.resolve("drizzle-orm"), import.meta.resolve("fs")];
        export const self = typeof this;
      `,
      "a.json": `{ "a": 1 }`,
    });
    const exports = (await playground.exportsOf(root, "folder/main.ts")) as Record<
      string,
      string[]
    >;
    expect(exports.meta).toEqual([`file://${root}/folder/main.ts`, true, `${root}/folder`, 1]);
    expect(exports.resolved?.[0]).toBe(`file://${root}/folder/main.ts`);
    expect(exports.resolved?.[1]).toMatch(/^file:.*\/node_modules\/drizzle-orm\/index\.js$/);
    expect(exports.resolved?.[2]).toBe("node:fs");
    expect(exports.self).toBe("undefined");
  });

  it("imports JSON", async () => {
    const files = {
      "main.ts": `import a from "./a.json"; import b, { x } from "./a.json" with { type: "json" }; import p from "kit/package.json" with { type: "json" }; export const all = [a.x, b === a, x, p.name];`,
      "node_modules/kit/package.json": `{ "name": "kit" }`,
      "a.json": `\uFEFF{ "x": [1] }`,
    };
    expect(await load(files)).toEqual({ all: [[1], true, [1], "kit"] });
  });

  it("reads files with CRLF and a byte order mark", async () => {
    const files = {
      "main.ts": `\uFEFFimport { b } from "./b";\r\nexport const a: number = b;\r\n`,
      "b.ts": "\uFEFFexport const b = 2;",
    };
    expect(await load(files)).toEqual({ a: 2 });
  });

  it("gives the tool's own modules", async () => {
    const root = project({
      "main.ts": `import { t } from "drizzle-mig"; export { t }; export const dynamic = await import("drizzle-mig");`,
    });
    const code = `const main = await loader.import("main.ts"); return main.t === tool.t && main.dynamic === tool`;
    expect(await playground.run(root, code)).toBe(true);
  });
});
