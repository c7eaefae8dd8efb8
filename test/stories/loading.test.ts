/** TypeScript and JavaScript of the project, as it is: nothing is compiled beforehand, and nothing is written. */
import { describe, expect, test } from "vitest";
import { createProject, type Project, sqliteConfig } from "../support/project.ts";
import { snapshot } from "./support.ts";

/** Upgrade to the head, quietly; the tables that there are then. */
async function tables(project: Project): Promise<readonly string[]> {
  const { code, stderr } = await project.mig(["upgrade", "heads"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  const found = project.sqlite<{ name: string }>(
    "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'mig_%' AND name NOT LIKE 'sqlite_%' ORDER BY name",
  );
  return found.map(({ name }) => name);
}

const commonJs = { "package.json": JSON.stringify({ name: "old" }) };
const esm = { "package.json": JSON.stringify({ name: "new", type: "module" }) };

const typed = `import { type Op, t } from "drizzle-mig";
export const revision = "a" as const;
export const downRevision: string | null = null;
enum Table { Users = "users" }
export function upgrade(op: Op): void {
  op.createTable(Table.Users satisfies string, [t.integer("id", { notNull: true })]);
}
export function downgrade(op: Op): void {
  op.dropTable(Table.Users);
}
`;

describe.each([
  ["ESM", esm],
  ["CommonJS", commonJs],
])("in a project that is %s", (_, manifest) => {
  test("config and revisions are TypeScript", async () => {
    const project = createProject({
      ...manifest,
      "migrator.config.ts": sqliteConfig,
      "versions/a.ts": typed,
    });
    expect(await tables(project)).toEqual(["users"]);
    expect(await project.mig(["downgrade", "base"])).toMatchObject({ code: 0, stderr: "" });
    const written = Object.keys(snapshot(project)).filter((name) => !name.startsWith("data/"));
    expect(written).toEqual([
      "migrator.config.ts",
      "package.json",
      "versions/.gitkeep",
      "versions/a.ts",
    ]);
  });

  test("revisions of every kind stand side by side", async () => {
    const header = (revision: string, down: string | null) =>
      `export const revision = "${revision}";\nexport const downRevision = ${JSON.stringify(down)};\n`;
    const scripts = (name: string) =>
      `export function upgrade(op) { op.createTable("${name}", [t.integer("id")]); }\nexport function downgrade(op) { op.dropTable("${name}"); }\n`;
    const required = (revision: string, down: string) => `const { t } = require("drizzle-mig");
exports.revision = "${revision}";
exports.downRevision = "${down}";
exports.upgrade = (op) => op.createTable("${revision}", [t.integer("id")]);
exports.downgrade = (op) => op.dropTable("${revision}");
`;
    const js = 'import { t } from "drizzle-mig";\n';
    const project = createProject({
      ...manifest,
      "versions/a_ts.ts": js + header("a_ts", null) + scripts("a_ts"),
      "versions/b_js.js": js + header("b_js", "a_ts") + scripts("b_js"),
      "versions/c_mjs.mjs": js + header("c_mjs", "b_js") + scripts("c_mjs"),
      "versions/d_cjs.cjs": required("d_cjs", "c_mjs"),
      "versions/e_mts.mts": js + header("e_mts", "d_cjs") + scripts("e_mts"),
      "versions/f_cts.cts": required("f_cts", "e_mts"),
      "versions/g_sql.sql":
        "-- revision: g_sql\n-- down-revision: f_cts\n-- UP\nCREATE TABLE g_sql (id);\n-- DOWN\nDROP TABLE g_sql;\n",
    });
    expect(await tables(project)).toEqual([
      "a_ts",
      "b_js",
      "c_mjs",
      "d_cjs",
      "e_mts",
      "f_cts",
      "g_sql",
    ]);
    const down = await project.mig(["downgrade", "base", "--json"]);
    expect(down.json<{ steps: object[] }>().steps).toHaveLength(7);
    expect(down.json()).toMatchObject({ current: [] });
  });
});

describe("what a revision imports", () => {
  const revision = (imports: string, name: string) => `import { t } from "drizzle-mig";
${imports}
export const revision = "a";
export const downRevision = null;
export function upgrade(op) { op.createTable(${name}, [t.integer("id")]); }
export function downgrade(op) { op.dropTable(${name}); }
`;

  test("may be a helper beside it, in any of the ways that TypeScript knows", async () => {
    const imports = `import { one } from "./_names";
import { two } from "./_names.js";
import three, * as all from "./_names.ts";
import data from "./_data.json";
const { four } = await import("./_names.ts");`;
    const project = createProject({
      "versions/a.ts": revision(imports, "one + two + three + all.two + four + data.five"),
      "versions/_names.ts":
        'export const one = "a", two: string = "b", four = "d";\nexport default "c";\n',
      "versions/_data.json": '{ "five": "e" }',
    });
    expect(await tables(project)).toEqual(["abcbde"]);
  });

  test("may be found by the paths of tsconfig.json", async () => {
    const project = createProject({
      "tsconfig.json": `{
  // paths, with a comment and a trailing comma
  "compilerOptions": { "paths": { "@/*": ["./src/*"], "names": ["./src/names.ts"], }, },
}`,
      "src/names.ts": 'export { suffix } from "@/deep/suffix";\nexport const name = "users";\n',
      "src/deep/suffix.ts": 'export const suffix = "_2";\n',
      "migrator.config.ts":
        'import { url } from "@/url";\nexport default { environments: { dev: { url } } };\n',
      "src/url.ts": 'export const url = "sqlite:data/dev.db";\n',
      "versions/a.ts": revision('import { name, suffix } from "names";', "name + suffix"),
    });
    expect(await tables(project)).toEqual(["users_2"]);
  });

  test("may be the project's own schema and its own drizzle-orm", async () => {
    const project = createProject({
      "src/schema.ts":
        'import { integer, sqliteTable } from "drizzle-orm/sqlite-core";\nexport const users = sqliteTable("users", { id: integer("id") });\n',
      "versions/a.ts": revision(
        'import { getTableName } from "drizzle-orm";\nimport { users } from "../src/schema";',
        "getTableName(users)",
      ),
    });
    expect(await tables(project)).toEqual(["users"]);
  });

  test("may be a module of Node and a package that only require() finds", async () => {
    const project = createProject({
      ...commonJs,
      "versions/a.ts": revision(
        'import { basename } from "node:path";\nconst picocolors = require("picocolors");',
        'basename("/x/users") + typeof picocolors.red',
      ),
    });
    expect(await tables(project)).toEqual(["usersfunction"]);
  });

  test("is run once, however many revisions and configs import it", async () => {
    const text = (id: string, down: string | null) => `import { count } from "./_count.ts";
export const revision = "${id}";
export const downRevision = ${JSON.stringify(down)};
export function upgrade(op) { op.execute("CREATE TABLE t" + count() + " (id)"); }
`;
    const project = createProject({
      "versions/_count.ts":
        'let counted = 0;\nconsole.error("loaded");\nexport const count = () => ++counted;\n',
      "migrator.config.ts":
        'import { count } from "./versions/_count.ts";\ncount();\nexport default {};\n',
      "versions/a.ts": text("a", null),
      "versions/b.ts": text("b", "a"),
    });
    const env = { DATABASE_URL: "sqlite:data/dev.db" };
    expect(await project.mig(["upgrade"], { env })).toMatchObject({ code: 0, stderr: "loaded\n" });
    expect(project.sqlite("SELECT name FROM sqlite_schema WHERE name LIKE 't_'")).toEqual([
      { name: "t2" },
      { name: "t3" },
    ]);
  });

  test("is not run for revisions that are not part of the run", async () => {
    const text = (id: string, down: string | null, more = "") => `export const revision = "${id}";
export const downRevision = ${JSON.stringify(down)};
${more}
export function upgrade() {}
`;
    const project = createProject({
      "versions/a.ts": text("a", null),
      "versions/b.ts": text("b", "a", 'import "./_nothing.ts";\nthrow new Error("loaded");'),
    });
    for (const line of [
      "history",
      "heads",
      "current",
      "status",
      "upgrade a",
      "revision -m x",
      "stamp heads",
    ]) {
      expect(await project.mig(line.split(" ")), line).toMatchObject({ code: 0 });
    }
  });
});
