import { afterAll, describe, expect, it } from "vitest";
import { createLoader } from "../../../src/load/loader.ts";
import { Playground } from "./playground.ts";

const playground = new Playground();
afterAll(() => playground.close());

describe("a loader", () => {
  it("loads native libraries when it needs them", () => {
    const root = playground.project("module", {
      "relative.ts": `import { a } from "./a.js"; import { t } from "drizzle-mig"; import "node:fs"; export { a, t };`,
      "a.ts": `export const a = 1;`,
      "bare.ts": `import { sql } from "drizzle-orm"; export { sql };`,
    });
    const source = `
      import { createLoader } from "./loader.mjs";
      process.report.excludeNetwork = true;
      const native = () => process.report.getReport().sharedObjects
        .flatMap((it) => /\\b(resolver|transform)\\.[^/]*\\.node$/.exec(it)?.[1] ?? []).sort().join("+") || "none";
      const seen = [native()];
      const loader = createLoader({ root: process.cwd(), builtins: { "drizzle-mig": async () => ({ t: 1 }) } });
      loader.resolve("./a.js", "relative.ts");
      seen.push(native());
      await loader.import("relative.ts");
      seen.push(native());
      await loader.import("bare.ts");
      seen.push(native());
      console.log(seen.join(" "));
    `;
    expect(playground.print(source, root)).toBe("none none transform resolver+transform");
  });

  it("works without being bundled", async () => {
    const root = playground.project("commonjs", {
      "a.ts": `type A = 1;\nimport { sql, SQL } from "drizzle-orm";\nexport const ok = sql\`1\` instanceof SQL;\nexport { SQL };\nexport const fail = (why: string) => {\n  throw new Error(why);\n};`,
      "b.ts": `import { fail } from "./a";\n\nfail("why");`,
    });
    const loader = createLoader({ root, builtins: {} });
    const { ok, SQL } = await loader.import("a.ts");
    expect(ok).toBe(true);
    expect(SQL).toBe((await import("drizzle-orm")).SQL);
    await expect(loader.import("b.ts")).rejects.toMatchObject({
      code: "FILE_DOES_NOT_LOAD",
      context: { location: "a.ts:6:9" },
    });
  });

  it("keeps its modules apart from those of other loaders", async () => {
    const root = playground.project("module", { "a.ts": `export const made = {};` });
    const [one, two] = [0, 1].map(() => createLoader({ root, builtins: {} }));
    expect((await one?.import("a.ts"))?.made).not.toBe((await two?.import("a.ts"))?.made);
  });
});
