/** The config file: found, read, and every mistake in it told. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createProject } from "../support/project.ts";
import { refuses, revisions, snapshot } from "./support.ts";

const names = "migrator.config.ts (or .mts, .cts, .js, .mjs, .cjs)";
const correct = "help: correct the config; nothing was done";

/** A project with this config and one revision. */
const withConfig = (text: string) =>
  createProject({ ...revisions({ a: null }), "migrator.config.ts": text });

describe("a config", () => {
  test("is looked for where mig is run", async () => {
    const project = createProject();
    rmSync(join(project.folder, "migrator.config.ts"));
    await refuses(project, ["current"], {
      code: "CONFIG_MISSING",
      says: `error: there is no config: looked for ${names} in ${project.folder}
help: \`mig init\` writes one here, or name another with -c`,
    });
  });

  test("that -c names has to be there", async () => {
    const project = createProject();
    await refuses(project, ["-c", "other/mig.ts", "upgrade"], {
      code: "CONFIG_MISSING",
      says: `error: there is no config: looked for other/mig.ts in ${project.folder}
help: \`mig init\` writes one here, or name another with -c`,
    });
  });

  test("elsewhere is where its paths start", async () => {
    const project = createProject({
      "app/database/mig.ts":
        'export default { versions: "./history", environments: { dev: { url: "sqlite:here.db" } } };',
      "app/database/history/a.ts": revisions({ a: null })["versions/a.ts"] ?? "",
    });
    const args = ["--config", "app/database/mig.ts", "upgrade"];
    expect(await project.mig(args)).toMatchObject({ code: 0, stderr: "" });
    expect(Object.keys(snapshot(project))).toContain("app/database/here.db");
    expect(Object.keys(snapshot(project))).not.toContain("here.db");
  });

  test.each([
    [
      "migrator.config.mts",
      'const url: string = "sqlite:x.db"; export default { environments: { it: { url } } };',
    ],
    [
      "migrator.config.cts",
      'const url: string = "sqlite:x.db"; export = { environments: { it: { url } } };',
    ],
    ["migrator.config.js", 'export default { environments: { it: { url: "sqlite:x.db" } } };'],
    [
      "migrator.config.mjs",
      'import { defineConfig } from "drizzle-mig"; export default defineConfig({ environments: { it: { url: "sqlite:x.db" } } });',
    ],
    [
      "migrator.config.cjs",
      'const { defineConfig } = require("drizzle-mig"); module.exports = defineConfig({ environments: { it: { url: "sqlite:x.db" } } });',
    ],
  ])("may be %s", async (name, text) => {
    const project = createProject(revisions({ a: null }));
    rmSync(join(project.folder, "migrator.config.ts"));
    project.write({ [name]: text });
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });
    expect(Object.keys(snapshot(project))).toContain("x.db");
  });

  test("may wait for something at its top", async () => {
    const project = withConfig(`import { readFile } from "node:fs/promises";
const name = (await readFile(new URL("./name.txt", import.meta.url), "utf8")).trim();
export default { environments: { dev: { url: \`sqlite:\${name}.db\` } } };`);
    project.write({ "name.txt": "awaited\n" });
    expect(await project.mig(["upgrade"])).toMatchObject({ code: 0, stderr: "" });
    expect(Object.keys(snapshot(project))).toContain("awaited.db");
  });

  test("may say nothing at all: the versions folder and DATABASE_URL are there", async () => {
    const project = withConfig("export default {};");
    const env = { DATABASE_URL: "sqlite:x.db" };
    expect(await project.mig(["upgrade"], { env })).toMatchObject({ code: 0, stderr: "" });
  });
});

describe("a mistake in the config", () => {
  const environments = "url, protected, readOnly, lockTimeout, statementTimeout, backup";
  const members =
    "versions, schema, defaultEnvironment, fileTemplate, templates, versionTable, schemas, exclude, casing, include, processDraft, beforeRun, beforeRevision, afterRevision, afterRun, onError, afterWrite, lint, scratch, parity, environments";
  test.each([
    ["a member that is unknown", "verions: 1", `\`verions\` is unknown; there are ${members}`],
    ["a text that is none", "versions: 5", "`versions` has to be a path or a list of paths"],
    ["an empty list", "versions: []", "`versions` has to be a path or a list of paths"],
    [
      "a list with something else in it",
      'versions: ["a", 1]',
      "`versions` has to be a path or a list of paths",
    ],
    [
      "a schema for an unknown dialect",
      'schema: { mysql: "x" }',
      "`schema.mysql` is unknown; there are sqlite, postgresql",
    ],
    [
      "a schema that is no object",
      'schema: "x"',
      '`schema` has to be an object: { postgresql: "schema.ts" }',
    ],
    [
      "environments that are no object",
      "environments: []",
      "`environments` has to be an object: { dev: { url: … } }",
    ],
    [
      "an environment that is no object",
      'environments: { dev: "sqlite:x" }',
      "`environments.dev` has to be an object",
    ],
    [
      "an unknown member of an environment",
      'environments: { dev: { urll: "x" } }',
      `\`environments.dev.urll\` is unknown; there are ${environments}`,
    ],
    [
      "a URL that is no text",
      "environments: { dev: { url: 5 } }",
      "`environments.dev.url` has to be a text",
    ],
    [
      "a flag that is none",
      'environments: { dev: { protected: "yes" } }',
      "`environments.dev.protected` has to be true or false",
    ],
    [
      "a duration that is none",
      'environments: { dev: { lockTimeout: "5 parsecs" } }',
      '`environments.dev.lockTimeout` has to be a duration such as "5s", "500ms" or "2min"',
    ],
    [
      "a number for a duration",
      "environments: { dev: { statementTimeout: 5 } }",
      '`environments.dev.statementTimeout` has to be a duration such as "5s", "500ms" or "2min"',
    ],
    [
      "a default environment that is not there",
      'defaultEnvironment: "prod", environments: { dev: {} }',
      '`defaultEnvironment` names "prod", which is not in `environments`',
    ],
    [
      "a version table that is no object",
      'versionTable: "mine"',
      "`versionTable` has to be an object",
    ],
    [
      "a member that every object has",
      "toString: 1",
      `\`toString\` is unknown; there are ${members}`,
    ],
  ])("%s is named", async (_, text, why) => {
    await refuses(withConfig(`export default { ${text} };`), ["upgrade"], {
      code: "CONFIG_INVALID",
      says: `error: migrator.config.ts: ${why}\n${correct}`,
    });
  });

  test.each([
    ["nothing", "export const config = {};", "has no default export"],
    ["a promise", "export default (async () => ({}))();", "exports a promise instead of a config"],
    ["a function", "export default () => ({});", "exports a function instead of a config"],
    ["a list", "export default [];", "exports by default what is no config"],
    ["null", "export default null;", "exports by default what is no config"],
  ])("%s as its default export is told", async (_, text, why) => {
    await refuses(withConfig(text), ["history"], {
      code: "CONFIG_INVALID",
      says: `error: migrator.config.ts ${why}\nhelp: write \`export default defineConfig({ … })\``,
    });
  });

  test("that keeps it from being read is told with its line", async () => {
    await refuses(withConfig("export default {\n  environments: { dev: \n"), ["upgrade"], {
      code: "FILE_DOES_NOT_PARSE",
      says: `error: migrator.config.ts does not parse: Unexpected token
  migrator.config.ts:3:1
help: correct the file; nothing was run`,
    });
  });

  test("that throws is told with its line", async () => {
    const text = `interface Settings { readonly url: string }
const settings: Settings | undefined = undefined;
export default { environments: { dev: { url: settings!.url } } };`;
    await refuses(withConfig(text), ["upgrade"], {
      code: "FILE_DOES_NOT_LOAD",
      says: `error: migrator.config.ts failed while it was loaded: Cannot read properties of undefined (reading 'url')
  migrator.config.ts:3:56
help: correct the file; nothing was run`,
    });
  });

  test("in a module that it imports is told with the line there", async () => {
    const project = withConfig(
      'import { url } from "./settings.ts";\nexport default { environments: { dev: { url } } };',
    );
    project.write({
      "settings.ts": '\nthrow new Error("APP_DB is not set");\nexport const url = "";\n',
    });
    await refuses(project, ["upgrade"], {
      code: "FILE_DOES_NOT_LOAD",
      says: `error: settings.ts failed while it was loaded: APP_DB is not set
  settings.ts:2:7
help: correct the file; nothing was run`,
    });
  });

  test("an import that leads nowhere is told with its line", async () => {
    const project = withConfig(
      '\nimport { url } from "./setings";\nexport default { environments: { dev: { url } } };',
    );
    const { code, stdout, stderr } = await project.mig(["upgrade"]);
    expect([code, stdout]).toEqual([1, ""]);
    expect(stderr).toMatch(
      /^error: migrator\.config\.ts failed while it was loaded: it imports ".\/setings", which cannot be found\n {2}migrator\.config\.ts:2:\d+\n/,
    );
  });
});
