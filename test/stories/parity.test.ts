import { expect, test } from "vitest";
import { createProject, type Project } from "../support/project.ts";
import { copyExample } from "../support/story.ts";
import { refuses } from "./support.ts";

interface Difference {
  readonly name: string;
  readonly what: string;
  readonly postgresql: string | null;
  readonly sqlite: string | null;
  readonly describe: string;
}

test("the schemas of the example project say the same, and no database is asked", async () => {
  const project = createProject();
  copyExample(project);
  const env = { DATABASE_URL: "postgres://nobody@localhost:1/nothing" };
  const { code, stdout, stderr } = await project.mig(["check", "--parity"], { env });
  expect({ code, stdout, stderr }).toEqual({
    code: 0,
    stdout: "both schemas say the same\n",
    stderr: "",
  });
});

const postgresql = `import { boolean, integer, jsonb, numeric, pgEnum, pgTable, pgView, primaryKey, serial, text, timestamp, unique, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
export const mood = pgEnum("mood", ["sad", "ok"]);
export const users = pgTable("users", {
  id: serial().primaryKey(),
  key: uuid().notNull(),
  email: varchar({ length: 255 }).notNull(),
  active: boolean().notNull(),
  price: numeric({ precision: 10, scale: 2 }),
  tags: text().array(),
  data: jsonb(),
  mood: mood(),
  at: timestamp({ withTimezone: true }).notNull(),
}, (it) => [uniqueIndex("users_email_idx").on(sql\`lower(\${it.email})\`), unique().on(it.key)]);
export const posts = pgTable("posts", {
  id: integer().primaryKey().generatedAlwaysAsIdentity(),
  author: integer().notNull().references(() => users.id, { onDelete: "cascade" }),
});
`;

const sqlite = `import { check, integer, sqliteTable, text, numeric, unique, uniqueIndex } from "drizzle-orm/sqlite-core";
import { sql } from "drizzle-orm";
export const users = sqliteTable("users", {
  id: integer().primaryKey({ autoIncrement: true }),
  key: text().notNull().unique(),
  email: text({ length: 255 }).notNull(),
  active: integer({ mode: "boolean" }).notNull(),
  price: numeric(),
  tags: text({ mode: "json" }),
  data: text({ mode: "json" }),
  mood: text({ enum: ["sad", "ok"] }),
  at: integer({ mode: "timestamp" }).notNull(),
}, (it) => [uniqueIndex("users_email_idx").on(sql\`lower(\${it.email})\`), check("moods", sql\`\${it.mood} IN ('sad', 'ok')\`)]);
export const posts = sqliteTable("posts", {
  id: integer().primaryKey(),
  author: integer().notNull().references(() => users.id, { onDelete: "cascade" }),
});
`;

function dual(it: { sqlite?: string; ignore?: readonly string[] } = {}): Project {
  return createProject({
    "schema/postgresql.ts": postgresql,
    "schema/sqlite.ts": it.sqlite ?? sqlite,
    "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  schema: { sqlite: "schema/sqlite.ts", postgresql: "schema/postgresql.ts" },
  parity: { ignore: ${JSON.stringify(it.ignore ?? [])} },
});
`,
  });
}

test("types that go together are no difference", async () => {
  const { code, stdout } = await dual().mig(["check", "--parity", "--json"]);
  expect([code, JSON.parse(stdout)]).toEqual([0, { clean: true, differences: [] }]);
});

const apart = sqlite
  .replace("email: text({ length: 255 }).notNull()", "email: text({ length: 200 })")
  .replace('active: integer({ mode: "boolean" })', "active: text()")
  .replace("key: text().notNull().unique()", "key: text().notNull()")
  .replace("price: numeric(),", "cost: numeric(),")
  .replace("IN ('sad', 'ok')", "IN ('sad', 'fine')")
  .replace('onDelete: "cascade"', 'onDelete: "set null"')
  .concat('export const extra = sqliteTable("extra", { id: integer() });\n');

test("each difference is a line, and the command ends with 1", async () => {
  const project = dual({ sqlite: apart });
  const { code, stdout, stderr } = await project.mig(["check", "--parity"]);
  expect(stdout.split("\n").filter(Boolean).sort()).toEqual([
    "extra: table only on SQLite",
    "posts.author: foreign key users id on delete cascade on PostgreSQL, users id on delete set null on SQLite",
    "users.active: boolean on PostgreSQL, text on SQLite",
    "users.cost: column only on SQLite (numeric)",
    "users.email: NOT NULL on PostgreSQL, NULL on SQLite",
    "users.email: varchar(255) on PostgreSQL, text(200) on SQLite",
    "users.key: unique only on PostgreSQL",
    "users.mood: values sad, ok on PostgreSQL, sad, fine on SQLite",
    "users.price: column only on PostgreSQL (numeric(10, 2))",
  ]);
  expect(stderr).toContain("parity: { ignore:");
  expect(code).toBe(1);

  const json = await project.mig(["check", "--parity", "--json"]);
  const document = json.json<{ clean: boolean; differences: Difference[] }>();
  expect([json.code, document.clean, document.differences.length]).toEqual([1, false, 9]);
  expect(document.differences.find(({ what }) => what === "nullability")).toEqual({
    name: "users.email",
    what: "nullability",
    postgresql: "NOT NULL",
    sqlite: "NULL",
    describe: "users.email: NOT NULL on PostgreSQL, NULL on SQLite",
  });
});

test("what the config ignores is accepted: a column, a pattern, a whole table", async () => {
  const ignore = [
    "users.email",
    "users.[pc]",
    "*.mood",
    "extra",
    "posts",
    "users.active",
    "users.key",
  ];
  const { code, stdout } = await dual({ sqlite: apart, ignore }).mig(["check", "--parity"]);
  expect(stdout.split("\n").filter(Boolean)).toEqual([
    "users.price: column only on PostgreSQL (numeric(10, 2))",
    "users.cost: column only on SQLite (numeric)",
  ]);
  expect(code).toBe(1);
});

test("a project with one schema is told what it lacks", async () => {
  const project = createProject({
    "schema/sqlite.ts": sqlite,
    "migrator.config.ts": `import { defineConfig } from "drizzle-mig";
export default defineConfig({ schema: { sqlite: "schema/sqlite.ts" } });
`,
  });
  await refuses(project, ["check", "--parity"], {
    code: "SCHEMA_NOT_CONFIGURED",
    says: `error: the config names no schema for postgresql
help: say where its tables are: \`schema: { postgresql: "schema/postgresql.ts" }\``,
  });
});
