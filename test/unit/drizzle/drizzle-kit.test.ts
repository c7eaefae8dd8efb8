/** The names that are made up, beside those of drizzle-kit itself. */
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import type { Casing } from "../../../src/drizzle/orm.ts";
import { naming } from "../../../src/drizzle/postgresql/names.ts";
import { createLoader } from "../../../src/load/loader.ts";
import type { SchemaTable } from "../../../src/model/schema.ts";
import { createProject, readProject } from "./support.ts";

type Named = Readonly<Record<string, unknown>>;

interface KitTable {
  readonly columns: Named;
  readonly foreignKeys: Named;
  readonly uniqueConstraints: Named;
  readonly compositePrimaryKeys: Named;
  readonly indexes: Named;
}

interface Kit {
  generateDrizzleJson(
    exports: object,
    before: undefined,
    filter: undefined,
    casing: Casing | undefined,
  ): { readonly tables: Readonly<Record<string, KitTable>> };
  generateSQLiteDrizzleJson(
    exports: object,
    before: undefined,
    casing: Casing | undefined,
  ): Promise<{ readonly tables: Readonly<Record<string, KitTable>> }>;
}

const kit = createRequire(import.meta.url)("drizzle-kit/api") as Kit;

const namesOf = (table: SchemaTable, kind: string) =>
  table.constraints
    .filter((it) => it.kind === kind)
    .map(({ name }) => name)
    .sort();

const postgresql = `
import { foreignKey, index, integer, pgSchema, pgTable, primaryKey, text, unique, uniqueIndex } from "drizzle-orm/pg-core";
export const app = pgSchema("app");
export const users = app.table("users", { id: integer().primaryKey(), lastHTTPCode: integer().unique(), own: text().unique("own_u"), a: text("aA"), b: text() },
  (t) => [unique().on(t.lastHTTPCode, t.b), index().on(t.lastHTTPCode.desc(), t.a), uniqueIndex().on(t.b)]);
export const posts = pgTable("posts", { userId: integer().references(() => users.id), lastHTTPCode: integer() }, (t) => [
  primaryKey({ columns: [t.lastHTTPCode, t.userId] }), foreignKey({ name: "own_lastHTTPCode_fk", columns: [t.lastHTTPCode], foreignColumns: [users.lastHTTPCode] }),
  foreignKey({ columns: [t.lastHTTPCode, t.userId], foreignColumns: [users.lastHTTPCode, users.id] })]);`;

const sqlite = `
import { foreignKey, index, integer, primaryKey, sqliteTable, text, unique } from "drizzle-orm/sqlite-core";
export const users = sqliteTable("users", { id: integer().primaryKey(), lastHTTPCode: integer().unique(), own: text().unique("own_u"), b: text() },
  (t) => [unique().on(t.lastHTTPCode, t.b), index("x").on(t.lastHTTPCode)]);
export const posts = sqliteTable("posts", { userId: integer().references(() => users.id), lastHTTPCode: integer() }, (t) => [
  primaryKey({ columns: [t.lastHTTPCode, t.userId] }), foreignKey({ columns: [t.lastHTTPCode, t.userId], foreignColumns: [users.lastHTTPCode, users.id] })]);`;

describe.each([undefined, "snake_case", "camelCase"] as const)("0.31, with casing %s", (casing) => {
  const options = casing && { casing };

  test("PostgreSQL", async () => {
    const root = createProject("0.45", { "schema.ts": postgresql });
    const { tables } = await readProject(root, { dialect: "postgresql", ...options });
    const exports = await createLoader({ root, builtins: {} }).import("schema.ts");
    const theirs = kit.generateDrizzleJson({ ...exports }, undefined, undefined, casing).tables;
    const [users, posts] = [theirs["app.users"], theirs["public.posts"]];
    for (const [ours, its] of [
      [tables[0], users],
      [tables[1], posts],
    ] as const) {
      if (!ours || !its) throw new Error("a table is missing");
      expect(ours.columns.map(({ name }) => name)).toEqual(Object.keys(its.columns));
      expect(namesOf(ours, "foreignKey")).toEqual(Object.keys(its.foreignKeys).sort());
      expect(namesOf(ours, "unique")).toEqual(Object.keys(its.uniqueConstraints).sort());
      expect(ours.indexes.map(({ name }) => name)).toEqual(Object.keys(its.indexes).sort());
    }
    expect(tables[1] && namesOf(tables[1], "primaryKey")).toEqual(
      Object.keys(posts?.compositePrimaryKeys ?? {}),
    );
  });

  test("SQLite, where uniques are indexes", async () => {
    const root = createProject("0.45", { "schema.ts": sqlite });
    const { tables } = await readProject(root, { dialect: "sqlite", ...options });
    const exports = await createLoader({ root, builtins: {} }).import("schema.ts");
    const theirs = (await kit.generateSQLiteDrizzleJson({ ...exports }, undefined, casing)).tables;
    for (const ours of tables) {
      const its = theirs[String(ours.name)];
      if (!its) throw new Error("a table is missing");
      expect(ours.columns.map(({ name }) => name)).toEqual(Object.keys(its.columns));
      expect(namesOf(ours, "foreignKey")).toEqual(Object.keys(its.foreignKeys).sort());
      const indexes = ours.indexes.map(({ name }) => name);
      expect([...namesOf(ours, "unique"), ...indexes].sort()).toEqual(
        Object.keys(its.indexes).sort(),
      );
      if (ours.name === "posts")
        expect(namesOf(ours, "primaryKey")).toEqual(Object.keys(its.compositePrimaryKeys));
    }
  });
});

/** Made with drizzle-kit's own function. */
test("1.0 shortens the names of foreign keys with a hash", () => {
  const nameOf = (length: number) =>
    naming.foreignKey({
      table: "t".repeat(length),
      columns: ["Colümn_𝒳_one", "two"],
      to: "some_other_table",
      references: ["id", "x"],
    });
  expect(nameOf(20)).toBe(`${"t".repeat(20)}_bZ2xk2YMZfco_fkey`);
  expect(nameOf(44)).toBe(`${"t".repeat(44)}_1FlUkXiie9Yo_fkey`);
  expect(nameOf(45)).toBe("qlJ9UGDA6wEo_fkey");
  expect(nameOf(1)).toBe("t_Colümn_𝒳_one_two_some_other_table_id_x_fkey");
});
