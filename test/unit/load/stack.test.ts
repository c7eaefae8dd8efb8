import { afterAll, describe, expect, it } from "vitest";
import { Playground, PROJECT_TYPES } from "./playground.ts";

const playground = new Playground();
afterAll(() => playground.close());

const REVISION = `/**
 * Add a table.
 */
import { type Op, t } from "drizzle-mig";

interface Row {
  readonly id: number;
}

enum Kind { A, B }

export const revision: string = "a";

export async function upgrade(op: Op): Promise<void> {
  const rows: readonly Row[] = [{ id: 1 }];
  op.createTable("users", [
    t.integer("id"),
  ]);
  for (const row of rows) /* é */ op.insert<Row>(row);
  op.on("sqlite", (inner: Op) => inner.execute(\`x\`));
  await Promise.resolve();
  op.late(Kind.A);
}

export class Failing {
  constructor(private readonly why: string) {}
  fail(): never { throw new Error(this.why); }
}
`;

/** What \`op.*\` does: keep an error, to be read if something fails. */
const RECORD = `
  const sites = [];
  const op = new Proxy({}, { get: (_, name) => (...args) => { sites.push([name, new Error()]); args.at(-1) instanceof Function && args.at(-1)(op); } });
  const revision = await loader.import("versions/a.ts");
  await revision.upgrade(op);
  return sites.map(([name, { stack }]) => name + " " + stack.split("\\n").find((it) => it.includes("a.ts")).replace(root, ""));
`;

describe.each(PROJECT_TYPES)("stacks of a %s project", (type) => {
  it("shows where the file calls", async () => {
    const root = playground.project(type, { "versions/a.ts": REVISION });
    expect(await playground.run(root, RECORD)).toEqual([
      "createTable     at Module.upgrade (/versions/a.ts:16:6)",
      "insert     at Module.upgrade (/versions/a.ts:19:38)",
      "on     at Module.upgrade (/versions/a.ts:20:6)",
      "execute     at /versions/a.ts:20:40",
      "late     at Module.upgrade (/versions/a.ts:22:6)",
    ]);
  });

  it("shows where the file throws, in CommonJS as well", async () => {
    const commonJs = REVISION.replace(/^import.*$/m, `const { t } = require("drizzle-mig");`)
      .replace("export async", "async")
      .replace("export const", "const")
      .replace("export class", "class");
    const root = playground.project(type, {
      "a.ts": REVISION,
      "b.cts": `${commonJs}module.exports = { Failing };`,
    });
    const code = `
      const lines = [];
      for (const it of ["a.ts", "b.cts"]) {
        const { Failing } = await loader.import(it);
        try { new Failing("why").fail(); } catch (e) { lines.push(...e.stack.replaceAll(root, "").split("\\n").slice(0, 2)); }
      }
      return lines;
    `;
    expect(await playground.run(root, code)).toEqual([
      "Error: why",
      "    at Failing.fail (/a.ts:27:25)",
      "Error: why",
      "    at Failing.fail (/b.cts:27:25)",
    ]);
  });

  it("leaves the rest of a stack alone, and who formats stacks himself gets the places", async () => {
    const root = playground.project(type, {
      "a.ts": `type A = 1;\nexport const places = (): number[] => {\n  const before = Error.prepareStackTrace;\n  try {\n    new URL("nope");\n  } catch (e) { return [(e as Error).stack.includes("node:internal/url"), String((e as Error).stack).match(/a.ts:(\\d+)/)[1]] as never; }\n  finally { Error.prepareStackTrace = before; }\n};`,
    });
    const code = `return (await loader.import("a.ts")).places()`;
    expect(await playground.run(root, code)).toEqual([true, "5"]);
  });
});
