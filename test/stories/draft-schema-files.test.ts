/** Schema files that cannot be used: the error names the file and the export, and nothing is written or made. */
import { describe, expect, test } from "vitest";
import { beginOnSqlite } from "../support/story.ts";
import { beginDraft, declare } from "./draft-support.ts";
import { refuses } from "./support.ts";

const place = { dialect: "sqlite", begin: beginOnSqlite } as const;
const drafting = ["revision", "--autogenerate", "-m", "x"];

const cases = [
  {
    what: "throws",
    schema: `throw new Error("not today");`,
    code: "FILE_DOES_NOT_LOAD",
    says: "error: schema.ts failed while it was loaded: not today\n  schema.ts:3:7\nhelp: correct the file; nothing was run",
  },
  {
    what: "exports no table",
    schema: `export const users = "none"; const hidden = table("t", { id: integer("id") });`,
    code: "SCHEMA_EMPTY",
    says: "error: no table or other object of sqlite is exported by schema.ts\nhelp: export the tables (`export const users = …`); only exports are read, and nothing inside of them",
  },
  {
    what: "declares a table twice",
    schema: `export const a = table("t", { id: integer("id") });\nexport const b = table("t", { id: integer("id") });`,
    code: "SCHEMA_TWICE",
    says: 'error: table "t" is declared twice: schema.ts, export a; schema.ts, export b\nhelp: rename one of them, or export one object from both places',
  },
  {
    what: "mixes dialects",
    schema: `import { pgTable, text as pgText } from "drizzle-orm/pg-core";\nexport const a = table("a", { id: integer("id") });\nexport const b = pgTable("b", { x: pgText("x") });`,
    code: "SCHEMA_DIALECT",
    says: "error: schema.ts, export b is a table of PostgreSQL, in the schema of sqlite\nhelp: keep the objects of each database in files of their own, and name them in `schema` of the config",
  },
  {
    what: "has an index on no column, as drizzle-kit pull writes it",
    schema: `export const a = table("a", { id: integer("id") }, () => [uniqueIndex("odd").on(...([] as never as [never]))]);`,
    code: "SCHEMA_INVALID",
    says: "error: schema.ts, export a: index odd: it is on no column\nhelp: correct the schema; nothing was compared",
  },
];

describe("a schema file that", () => {
  test.each(cases)("$what", async ({ schema, code, says }) => {
    const story = await beginDraft(place, schema);
    await refuses(story, drafting, { code, says });
    // Looking makes no database.
    expect(story.list(".")).not.toContain("data");
  });

  test("is not there", async () => {
    const story = await beginDraft(place, "", `versions: "versions",`);
    story.write({ "migrator.config.ts": `export default { environments: { dev: {} } };` });
    await refuses(story, ["check"], {
      code: "SCHEMA_NOT_CONFIGURED",
      says: 'error: the config names no schema for sqlite\nhelp: say where its tables are: `schema: { sqlite: "schema/sqlite.ts" }`',
    });
    story.write({
      "migrator.config.ts": `export default { schema: { sqlite: "db/*.ts" }, environments: { dev: {} } };`,
    });
    expect((await story.mig(["check", "--json"])).json()).toMatchObject({
      error: { code: "SCHEMA_FILE_MISSING" },
    });
  });
});

describe("wrong usage", () => {
  test.each([
    [
      ["--autogenerate", "--sql-file"],
      "a draft is TypeScript: --autogenerate and --sql-file do not go together",
    ],
    [["--rename", "a:b"], "--rename needs --autogenerate"],
    [["--accept-drops"], "--accept-drops needs --autogenerate"],
    [["--from-empty"], "--from-empty needs --autogenerate"],
  ])("%s", async (flags, message) => {
    const story = await beginDraft(place, "");
    declare(story, `export const a = table("a", { id: integer("id") });`);
    await refuses(story, ["revision", "-m", "x", ...flags], {
      code: "WRONG_USAGE",
      exit: 2,
      says: `error: ${message}\nhelp: \`mig --help\` lists the commands, \`mig COMMAND --help\` its options`,
    });
  });
});
