import { afterAll, describe, expect, it } from "vitest";
import { type Files, Playground, PROJECT_TYPES } from "./playground.ts";

const playground = new Playground();
afterAll(() => playground.close());

/** A package that ships both kinds of modules, and a TypeScript source beside them. */
const DUAL: Files = {
  "node_modules/dual/package.json": `{ "name": "dual", "exports": { "import": "./index.mjs", "require": "./index.cjs" } }`,
  "node_modules/dual/index.mjs": `export const kind = "import";`,
  "node_modules/dual/index.mts": `export const kind = "source";`,
  "node_modules/dual/index.cjs": `exports.kind = "require";`,
};

describe.each(PROJECT_TYPES)("imports of a %s project", (type) => {
  const project = (files: Files) => playground.project(type, files);
  const load = (files: Files) => playground.exportsOf(project(files), Object.keys(files)[0] ?? "");

  it("gives the same drizzle-orm that Node gives", async () => {
    const root = project({
      "schema.ts": `import { integer, pgTable, PgTable } from "drizzle-orm/pg-core"; export const t = pgTable("t", { id: integer() }); export { PgTable }; export * as core from "drizzle-orm/pg-core";`,
    });
    const code = `
      const schema = await loader.import("schema.ts");
      const core = await native(loader.resolve("drizzle-orm/pg-core", "schema.ts"));
      return [schema.t instanceof core.PgTable, schema.PgTable === core.PgTable, schema.core === core];
    `;
    expect(await playground.run(root, code)).toEqual([true, true, true]);
  });

  it("takes the import side of a package for import, the require side for require()", async () => {
    const files = {
      "main.ts": `import { kind } from "dual"; export const kinds = [kind, require("dual").kind];`,
      ...DUAL,
    };
    expect(await load(files)).toEqual({ kinds: ["import", "require"] });
  });

  it("finds files by every way to write them", async () => {
    const files = {
      "main.ts": `
        import { n as a } from "./x"; import { n as b } from "./x.js"; import { n as c } from "./x.ts";
        import { n as d } from "./folder"; import { n as e } from "./folder/index.js"; import { n as f } from "./m.mjs"; import { n as g } from "./c.cjs";
        import { n as h } from "./made.js"; import { n as i } from "./folder/"; import { n as j } from "./dotted.name"; import { n as k } from ".";
        export const all = [a, b, c, d, e, f, g, h, i, j, k];
      `,
      "x.ts": `export const n = 1;`,
      "folder/index.ts": `export const n = 2;`,
      "m.mts": `export const n = 3;`,
      "c.cts": `export const n = 4;`,
      "made.ts": `export const n = "source";`,
      "made.js": `export const n = "output";`,
      "dotted.name.ts": `export const n = 5;`,
      "index.ts": `export const n = 6;`,
    };
    expect(await load(files)).toEqual({ all: [1, 1, 1, 2, 2, 3, 4, "source", 2, 5, 6] });
  });

  it("follows the paths of tsconfig.json, also for files that it does not include", async () => {
    const files = {
      "versions/main.ts": `import { a } from "@db/a"; import { a as b } from "@db/a.js"; import { c } from "~one"; import { a as d } from "src/db/a"; export const all = [a, b, c, d];`,
      "src/db/a.ts": `export const a = 1;`,
      "src/one.ts": `export const c = 2;`,
      "tsconfig.json": `{ /* a base */ "extends": "./config/base.json", "include": ["src"], // only that\n }`,
      "config/base.json": `{ "compilerOptions": { "baseUrl": "..", "paths": { "@db/*": ["./src/db/*"], "~one": ["./src/one.ts"], }, } }`,
    };
    expect(await load(files)).toEqual({ all: [1, 1, 2, 1] });
  });

  it("follows the paths of a tsconfig.json that only refers to others", async () => {
    const files = {
      "src/main.ts": `import { a } from "@/a"; export { a };`,
      "src/a.ts": `export const a = 1;`,
      "tsconfig.json": `{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }`,
      "tsconfig.app.json": `{ "compilerOptions": { "composite": true, "paths": { "@/*": ["./src/*"] } }, "include": ["src"] }`,
    };
    expect(await load(files)).toEqual({ a: 1 });
  });

  it.each([`{ "extends": "@not/installed" }`, `{ "compilerOptions": `])(
    "does without a tsconfig.json that cannot be read: %s",
    async (tsconfig) => {
      const files = {
        "main.ts": `import { kind } from "dual"; import { a } from "./a"; export { kind, a };`,
        "a.ts": `export const a = 1;`,
        "tsconfig.json": tsconfig,
        ...DUAL,
      };
      expect(await load(files)).toEqual({ kind: "import", a: 1 });
    },
  );

  it("runs a workspace package that ships TypeScript, and leaves others to Node", async () => {
    const root = project({
      "app/main.ts": `import { a, url } from "source"; import { b, made } from "built"; export { a, url, b, made };`,
      "app/node_modules/source": "link:../../packages/source",
      "app/node_modules/built": "link:../../packages/built",
      "packages/source/package.json": `{ "name": "source", "main": "./src/index.ts" }`,
      "packages/source/src/index.ts": `import { a } from "./a.js"; export { a }; export const url: string = import.meta.url; enum E { x }`,
      "packages/source/src/a.ts": `export const a = 1;`,
      "packages/built/package.json": `{ "name": "built", "type": "module", "exports": "./dist/index.js" }`,
      "packages/built/dist/index.js": `export const b = 2; export const made = {};`,
    });
    const code = `
      const main = await loader.import("app/main.ts");
      const built = await native("file://" + root + "/packages/built/dist/index.js");
      return [main.a, main.url, main.b, main.made === built.made];
    `;
    expect(await playground.run(root, code)).toEqual([
      1,
      `file://${root}/packages/source/src/index.ts`,
      2,
      true,
    ]);
  });

  it("finds the imports of package.json and the package itself", async () => {
    const files = {
      "main.ts": `import { a } from "#db/a"; import { a as b } from "me/a"; export const same = a === b;`,
      "src/a.ts": `export const a = {};`,
      "package.json": JSON.stringify({
        name: "me",
        ...(type === "module" && { type }),
        imports: { "#db/*": "./src/*.ts" },
        exports: { "./*": "./src/*.js" },
      }),
    };
    expect(await load(files)).toEqual({ same: true });
  });

  it("imports names of CommonJS packages that Node does not see", async () => {
    const files = {
      "main.ts": `
        import { hidden, own } from "old"; import old from "old"; import * as all from "old"; import { method } from "instance";
        export const values = [hidden, own, old.hidden, all.hidden, typeof method];
      `,
      "node_modules/old/package.json": `{ "name": "old" }`,
      "node_modules/old/index.js": `const it = {}; for (const n of ["hidden", "own"]) it[n] = n; module.exports = it;`,
      "node_modules/instance/package.json": `{ "name": "instance" }`,
      "node_modules/instance/index.js": `module.exports = new (class { method() {} })();`,
    };
    expect(await load(files)).toEqual({
      values: ["hidden", "own", "hidden", "hidden", "function"],
    });
  });

  it("takes the default of a compiled ES module as TypeScript does in such a project", async () => {
    const files = {
      "main.ts": `import made, { named } from "compiled"; import mine from "./mine.cjs"; export const all = [typeof made, named, typeof mine];`,
      "node_modules/compiled/package.json": `{ "name": "compiled" }`,
      "node_modules/compiled/index.js": `Object.defineProperty(exports, "__esModule", { value: true }); exports.default = function () {}; exports.named = 1;`,
      "mine.cjs": `exports.__esModule = true; exports.default = () => 1;`,
    };
    const made = type === "module" ? "object" : "function";
    expect(await load(files)).toEqual({ all: [made, 1, made] });
  });

  it("imports JavaScript of the project that imports TypeScript", async () => {
    const files = {
      "main.ts": `import { a } from "./plain.js"; export { a };`,
      "plain.js": `export { a } from "./typed";`,
      "typed.ts": `export const a: number = 1;`,
    };
    expect(await load(files)).toEqual({ a: 1 });
  });

  it("imports file URLs, absolute paths and data URLs", async () => {
    const files = {
      "main.ts": `
        export const a = (await import(new URL("./a.ts", import.meta.url).href)).a;
        export const b = (await import(import.meta.dirname + "/a")).a;
        export const c = (await import("data:text/javascript,export const c = 3")).c;
      `,
      "a.ts": `export const a = 1;`,
    };
    expect(await load(files)).toEqual({ a: 1, b: 1, c: 3 });
  });

  it("tells where a specifier leads", async () => {
    const root = project({ "main.ts": "", "x.ts": "", ...DUAL });
    const code = `return ["./x.js", "./x", "dual", "fs", "drizzle-mig", "nope", "./nope.ts", "dual/nope"].map((it) => loader.resolve(it, "main.ts") ?? null)`;
    expect(await playground.run(root, code)).toEqual([
      `${root}/x.ts`,
      `${root}/x.ts`,
      `${root}/node_modules/dual/index.mjs`,
      "node:fs",
      "drizzle-mig",
      null,
      null,
      null,
    ]);
  });
});
