import { describe, expect, test } from "vitest";
import { columnsOf, failure, forEachVersion, raw, readText } from "./support.ts";

forEachVersion((version) => {
  const isBeforeV1 = version === "0.45";
  const read = (source: string) => readText(source, { dialect: "sqlite", version });
  const columns = async (source: string) =>
    columnsOf(await read(`export const it = sqliteTable("it", { ${source} });`));

  test("types are as Drizzle spells them", async () => {
    const it = await columns(`
      a: integer("a", { mode: "boolean" }), b: text("b", { length: 9 }), c: text("c", { enum: ["x", "y"] }), d: real("d"),
      e: numeric("e"), f: blob("f", { mode: "buffer" }), g: customType({ dataType: () => "varchar(3)" })("g")`);
    expect(Object.values(it).map(({ type }) => type)).toEqual(
      ["integer", "text(9)", "text", "real", "numeric", "blob", "varchar(3)"].map(raw),
    );
  });

  describe("defaults", () => {
    test("literals keep their types", async () => {
      const it = await columns(`
        a: text("a").default("it's"), b: integer("b").default(0), c: integer("c", { mode: "boolean" }).default(false), d: real("d").default(1.5),
        e: numeric("e").default("1.50"), f: numeric("f", { mode: "bigint" }).default(5n), g: text("g").default(""),
        h: blob("h", { mode: "buffer" }).default(Buffer.from("hi")), i: text("i").default(sql\`CURRENT_TIMESTAMP\`), j: text("j").default(null)`);
      expect(Object.values(it).map((column) => column.default)).toEqual([
        "it's",
        0,
        false,
        1.5,
        "1.50",
        5n,
        "",
        Buffer.from("hi"),
        { sql: "CURRENT_TIMESTAMP" },
        undefined,
      ]);
    });

    test("times are numbers, rounded down as the ORM rounds them", async () => {
      const it = await columns(`
        a: integer("a", { mode: "timestamp" }).default(new Date(1704067199999)), b: integer("b", { mode: "timestamp_ms" }).default(new Date(1704067199999)),
        c: integer("c", { mode: "timestamp" }).default(sql\`(unixepoch())\`)`);
      expect(it.a?.default).toBe(1704067199);
      expect(it.b?.default).toBe(1704067199999);
      expect(it.c?.default).toEqual({ sql: "(unixepoch())" });
    });

    test("JSON is text, or the bytes of it", async () => {
      const it = await columns(`
        a: text("a", { mode: "json" }).default({ a: "it's" }), b: text("b", { mode: "json" }).default([]), c: text("c", { mode: "json" }).default("word"),
        d: blob("d", { mode: "json" }).default({ a: 1 }), e: blob("e", { mode: "bigint" }).default(5n), f: text("f", { mode: "json" }).default("[]")`);
      expect(it.a?.default).toBe(`{"a":"it's"}`);
      expect(it.b?.default).toBe("[]");
      expect(it.c?.default).toBe('"word"');
      expect(Buffer.from(it.d?.default as Uint8Array).toString()).toBe(`{"a":1}`);
      expect(Buffer.from(it.e?.default as Uint8Array).toString()).toBe("5");
      expect(it.f?.default).toBe(isBeforeV1 ? "[]" : `"[]"`);
    });

    test("one that cannot be written says which", async () => {
      await expect(columns(`a: text("a").default(() => 1)`)).rejects.toThrow(
        failure("SCHEMA_INVALID", /^schema\.ts, export it: column a: /),
      );
    });
  });

  test("generated columns are virtual unless stored", async () => {
    const schema = await read(`
      export const it = sqliteTable("it", { n: integer("n"),
        a: integer("a").generatedAlwaysAs(() => sql\`\${it.n} * \${2}\`), b: text("b").generatedAlwaysAs(sql\`upper('x')\`, { mode: "stored" }),
        c: text("c").generatedAlwaysAs("lower(n)", { mode: "virtual" }) });`);
    const { a, b, c } = columnsOf(schema);
    expect(a?.generated).toEqual({ as: { sql: `"n" * 2` }, stored: false });
    expect(b?.generated).toEqual({ as: { sql: "upper('x')" }, stored: true });
    expect(c?.generated).toEqual({ as: { sql: "lower(n)" }, stored: false });
  });

  test("AUTOINCREMENT", async () => {
    const it = await columns(`a: integer("a").primaryKey({ autoIncrement: true })`);
    expect(it.a).toEqual({ name: "a", type: raw("integer"), notNull: true, autoIncrement: true });
    const plain = await columns(`a: integer("a").primaryKey()`);
    expect(plain.a).toEqual({ name: "a", type: raw("integer"), notNull: true });
  });

  test("views have literals; existing ones are somebody else's", async () => {
    const schema = await read(`
      export const t = sqliteTable("t", { id: integer("id"), at: integer("at", { mode: "timestamp" }), done: integer("done", { mode: "boolean" }) });
      export const b = sqliteView("b").as((qb) => qb.select({ id: t.id }).from(t).where(sql\`\${gt(t.at, new Date(1500))} and \${eq(t.done, true)}\`));
      export const a = sqliteView("a", { id: integer("id") }).as(sql\`select \${t.id} from \${t} where \${t.id} > \${-5}\`);
      export const theirs = sqliteView("theirs", { id: integer("id") }).existing();`);
    expect(schema.views).toEqual([
      {
        name: "a",
        definition: { sql: `select "t"."id" from "t" where "t"."id" > (-5)` },
        materialized: false,
      },
      {
        name: "b",
        definition: { sql: `select "id" from "t" where "t"."at" > 1 and "t"."done" = 1` },
        materialized: false,
      },
    ]);
  });

  test("the rest is PostgreSQL's", async () => {
    const schema = await read(`export const t = sqliteTable("t", { a: integer("a") });`);
    expect(schema).toEqual({
      namespaces: [],
      extensions: [],
      roles: [],
      enums: [],
      sequences: [],
      tables: [
        {
          name: "t",
          columns: [{ name: "a", type: raw("integer") }],
          constraints: [],
          indexes: [],
          policies: [],
          rowSecurity: { enabled: false, forced: false },
        },
      ],
      views: [],
      grants: [],
    });
  });
});
