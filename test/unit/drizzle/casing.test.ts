import { expect, test } from "vitest";
import type { Casing } from "../../../src/drizzle/orm.ts";
import { columnsOf, forEachVersion, readText, tableOf } from "./support.ts";

const table = (make: string) => `
  const other = ${make}("others", { someId: integer().primaryKey() });
  export const it = ${make}("it", {
    lastHTTPCode: integer().unique(), userId: integer().references(() => other.someId), givenName: text("givenName"), nth: integer(),
  }, (t) => [
    primaryKey({ columns: [t.userId, t.nth] }), unique().on(t.userId, t.givenName), index().on(t.lastHTTPCode, t.givenName),
    foreignKey({ name: "own_userId", columns: [t.userId], foreignColumns: [other.someId] }),
    check("c", sql\`\${t.lastHTTPCode} > \${t.nth}\`), index("x").on(sql\`abs(\${t.lastHTTPCode})\`).where(eq(t.userId, 1)),
  ]);
  export const v = core.pgView("v").as((qb) => qb.select({ a: it.lastHTTPCode, b: other.someId }).from(it).innerJoin(other, eq(it.userId, other.someId)));`;

forEachVersion((version) => {
  const isBeforeV1 = version === "0.45";
  const read = (source: string, casing?: Casing) =>
    readText(source, { dialect: "postgresql", version, ...(casing && { casing }) });
  // 0.45 cases all columns by the config; in 1.0 the builders do so themselves.
  const readCased = () =>
    isBeforeV1
      ? read(table("pgTable"), "snake_case")
      : read(table("core.snakeCase.table"), "camelCase");

  test("columns without a name are cased, and only those", async () => {
    expect(Object.keys(columnsOf(await readCased()))).toEqual([
      "last_http_code",
      "user_id",
      "givenName",
      "nth",
    ]);
  });

  test("so are references to them, everywhere", async () => {
    const schema = await readCased();
    const it = tableOf(schema);
    const constraint = (kind: string) => it.constraints.find((one) => one.kind === kind);
    expect(constraint("primaryKey")).toMatchObject({ columns: ["user_id", "nth"] });
    expect(constraint("foreignKey")).toMatchObject({
      columns: ["user_id"],
      references: ["some_id"],
    });
    expect(constraint("check")).toMatchObject({ expression: { sql: `"last_http_code" > "nth"` } });
    expect(it.indexes).toMatchObject([
      { columns: [{ of: "last_http_code" }, { of: "givenName" }] },
      { columns: [{ of: { sql: `abs("last_http_code")` } }], where: { sql: `"user_id" = 1` } },
    ]);
    expect(schema.views[0]?.definition.sql).toBe(
      `select "it"."last_http_code", "others"."some_id" from "it" inner join "others" on "it"."user_id" = "others"."some_id"`,
    );
  });

  test("names are made up as drizzle-kit of that version does: 0.31 takes the raw key for uniques", async () => {
    const it = tableOf(await readCased());
    const names = [...it.constraints, ...it.indexes].map(({ name }) => name);
    expect(names.sort()).toEqual(
      (isBeforeV1
        ? [
            "it_user_id_nth_pk",
            "it_lastHTTPCode_unique",
            "it_userId_givenName_unique",
            "it_user_id_others_some_id_fk",
            "own_user_id",
            "c",
            "it_last_http_code_givenName_index",
            "x",
          ]
        : [
            "it_pkey",
            "it_last_http_code_key",
            "it_user_id_givenName_unique",
            "it_user_id_others_some_id_fkey",
            "own_userId",
            "c",
            "it_last_http_code_givenName_index",
            "x",
          ]
      ).sort(),
    );
    const derived = it.constraints.filter((one) => one.derivedName).map(({ kind }) => kind);
    expect(derived.sort()).toEqual(["foreignKey", "primaryKey", "unique", "unique"]);
  });

  test("camelCase", async () => {
    const source = (make: string) =>
      `export const it = ${make}("it", { first_name: text(), id: integer() });`;
    const schema = isBeforeV1
      ? await read(source("pgTable"), "camelCase")
      : await read(source("core.camelCase.table"));
    expect(Object.keys(columnsOf(schema))).toEqual(["firstName", "id"]);
  });

  test("without casing a key is a name as it is", async () => {
    const schema = await read(`export const it = pgTable("it", { lastHTTPCode: integer() });`);
    expect(Object.keys(columnsOf(schema))).toEqual(["lastHTTPCode"]);
  });
});
