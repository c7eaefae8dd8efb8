import { afterAll, describe, expect, it } from "vitest";
import { type Files, Playground, PROJECT_TYPES } from "./playground.ts";

const playground = new Playground();
afterAll(() => playground.close());

/** The fixture in a line: `¦` marks where the failure is, and is not part of the file. */
function marked(text: string): { text: string; at: string } {
  const before = text.slice(0, text.indexOf("¦")).split("\n");
  return {
    text: text.replace("¦", ""),
    at: `${before.length}:${(before.at(-1) ?? "").length + 1}`,
  };
}

describe.each(PROJECT_TYPES)("failures of a %s project", (type) => {
  const failure = (files: Files) => {
    const main = JSON.stringify(Object.keys(files)[0]);
    return playground.run(playground.project(type, files), `return failure(${main})`);
  };

  it("places a syntax error", async () => {
    const { text, at } = marked(
      `/** é 𝒳 */\r\nconst a = 1; /* é */ const b = ¦= 2;\r\nexport { a };`,
    );
    expect(await failure({ "main.ts": text })).toMatchObject({
      code: "FILE_DOES_NOT_PARSE",
      message: "main.ts does not parse: Unexpected token",
      context: { location: `main.ts:${at}` },
    });
  });

  it("places a syntax error in an imported file and in JavaScript", async () => {
    const { text, at } = marked(`export const a = 1;\nexport const a¦ = 2;`);
    expect(await failure({ "main.ts": `import "./b";`, "b.js": text })).toMatchObject({
      code: "FILE_DOES_NOT_PARSE",
      context: { location: expect.stringMatching(/^b\.js:[12]:14$/) },
    });
    expect(at).toBe("2:15");
  });

  it("places an export of what is not there", async () => {
    const { text, at } = marked(`interface A {\n  a: string;\n}\n\nexport { ¦nope };`);
    expect(await failure({ "main.ts": text })).toMatchObject({
      code: "FILE_DOES_NOT_PARSE",
      message: "main.ts does not parse: Export 'nope' is not defined",
      context: { location: `main.ts:${at}` },
    });
  });

  it("places what only the engine refuses", async () => {
    const text = `interface A {\n  a: string;\n}\n\nexport const x = 1;\n@decorated class B {}\n`;
    expect(await failure({ "main.ts": text })).toMatchObject({
      code: "FILE_DOES_NOT_PARSE",
      context: { location: expect.stringMatching(/^main\.ts:6:/) },
    });
  });

  it("places JSON that does not parse", async () => {
    expect(
      await failure({ "main.ts": `import "./a.json";`, "a.json": `{\n  "a": 1,\n  b\n}` }),
    ).toMatchObject({ code: "FILE_DOES_NOT_PARSE", context: { location: "a.json:3:3" } });
  });

  it("places an error thrown by a module", async () => {
    const { text, at } = marked(
      `interface A {\n  a: string;\n}\nexport const a: A = { a: "" };\n\nthrow ¦new TypeError("boom");`,
    );
    expect(await failure({ "main.ts": text })).toMatchObject({
      code: "FILE_DOES_NOT_LOAD",
      message: "main.ts failed while it was loaded: boom",
      context: { location: `main.ts:${at}` },
      cause: "boom",
    });
  });

  it("places an error thrown by a module that others import", async () => {
    const { text, at } = marked(
      `type A = 1;\nconst fail = () => { throw ¦new Error("deep"); };\nexport const a = fail();`,
    );
    expect(await failure({ "main.ts": `import "./folder/b";`, "folder/b.ts": text })).toMatchObject(
      {
        code: "FILE_DOES_NOT_LOAD",
        message: "folder/b.ts failed while it was loaded: deep",
        context: { location: `folder/b.ts:${at}` },
      },
    );
  });

  it("names the file when something else than an error is thrown", async () => {
    expect(await failure({ "main.ts": `import "./b";`, "b.ts": `throw "text";` })).toEqual({
      name: "MigError",
      code: "FILE_DOES_NOT_LOAD",
      message: "b.ts failed while it was loaded: text",
      context: {},
    });
  });

  it("says which import of which file leads nowhere", async () => {
    const text = `import { sql } from "drizzle-mig";\n\nimport { a } from "./nope";\nexport const b = [a, sql];`;
    expect(await failure({ "main.ts": `import "./b";`, "b.ts": text })).toMatchObject({
      code: "FILE_DOES_NOT_LOAD",
      message: `b.ts failed while it was loaded: it imports "./nope", which cannot be found`,
      context: { location: expect.stringMatching(/^b\.ts:3:/) },
    });
  });

  it("says where a package is imported that fails", async () => {
    const files = {
      "main.ts": `type A = 1;\n\nimport { a } from "broken";\nexport { a };`,
      "node_modules/broken/package.json": `{ "name": "broken", "main": "./index.mjs" }`,
      "node_modules/broken/index.mjs": `throw new Error("broken inside");`,
    };
    expect(await failure(files)).toMatchObject({
      code: "FILE_DOES_NOT_LOAD",
      message: "main.ts failed while it was loaded: broken inside",
      context: { location: expect.stringMatching(/^main\.ts:3:/) },
    });
  });

  it("says where require() finds nothing", async () => {
    const { text, at } = marked(`type A = 1;\n\nconst a = ¦require("nope");`);
    expect(await failure({ "main.ts": text })).toMatchObject({
      code: "FILE_DOES_NOT_LOAD",
      message: expect.stringContaining("Cannot find module 'nope'"),
      context: { location: `main.ts:${at}` },
    });
  });

  it("says what cannot be read", async () => {
    const root = playground.project(type, { "folder/a.ts": "" });
    expect(await playground.run(root, `return failure("nope.ts")`)).toMatchObject({
      code: "FILE_UNREADABLE",
      message: "nope.ts cannot be read: no such file or directory",
    });
    expect(await playground.run(root, `return failure("folder")`)).toMatchObject({
      code: "FILE_UNREADABLE",
      message: "folder cannot be read: illegal operation on a directory",
    });
  });

  it("lets the project catch what an import throws", async () => {
    const files = {
      "main.ts": `
        class Mine extends Error {}
        globalThis.Mine = Mine;
        export const codes = [];
        for (const it of ["nope", "./nope", "./throws"]) {
          try { await import(it); } catch (e) { codes.push(e.code ?? e instanceof Mine); }
        }
      `,
      "throws.ts": `throw new globalThis.Mine();`,
    };
    const root = playground.project(type, files);
    expect(await playground.exportsOf(root, "main.ts")).toEqual({
      codes: ["ERR_MODULE_NOT_FOUND", "ERR_MODULE_NOT_FOUND", true],
    });
  });

  it("fails again when asked again, with one evaluation", async () => {
    const root = playground.project(type, {
      "main.ts": `globalThis.runs = (globalThis.runs ?? 0) + 1; throw new Error("x" + globalThis.runs);`,
      "other.ts": `import "./main";`,
    });
    const code = `globalThis.runs = 0; return [await failure("main.ts"), await failure("main.ts"), await failure("other.ts")].map((it) => it.message)`;
    const message = "main.ts failed while it was loaded: x1";
    expect(await playground.run(root, code)).toEqual([message, message, message]);
  });
});
