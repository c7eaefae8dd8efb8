import { describe, expect, test } from "vitest";
import { columnsOf, failure, forEachVersion, raw, readText } from "./support.ts";

forEachVersion((version) => {
  const isBeforeV1 = version === "0.45";
  const read = (source: string) => readText(source, { dialect: "postgresql", version });
  const columns = async (source: string) =>
    columnsOf(await read(`export const it = pgTable("it", { ${source} });`));

  describe("types", () => {
    test("are as Drizzle spells them", async () => {
      const it = await columns(`
        a: bigint("a", { mode: "bigint" }), b: varchar("b", { length: 9 }), c: char("c", { length: 2 }),
        d: numeric("d", { precision: 10, scale: 2 }), e: timestamp("e", { precision: 3, withTimezone: true }),
        f: timestamp("f", { precision: 6, mode: "string" }), g: interval("g", { fields: "day" }),
        h: doublePrecision("h"), i: inet("i"), j: time("j", { precision: 2 }), k: bit("k", { dimensions: 3 })`);
      const types = Object.values(it).map(({ type }) => type);
      expect(types).toEqual(
        [
          "bigint",
          "varchar(9)",
          "char(2)",
          "numeric(10, 2)",
          "timestamp (3) with time zone",
          "timestamp(6)",
          "interval day",
          "double precision",
          "inet",
          "time(2)",
          "bit(3)",
        ].map(raw),
      );
    });

    test("a vector is no array, whatever its `dimensions` say", async () => {
      const it = await columns(`
        a: vector("a", { dimensions: 3 }), b: halfvec("b", { dimensions: 2 }),
        c: vector("c", { dimensions: 3 }).array(${isBeforeV1 ? "" : '"[]"'})`);
      expect(it.a?.type).toEqual(raw("vector(3)"));
      expect(it.b?.type).toEqual(raw("halfvec(2)"));
      expect(it.c?.type).toEqual({ kind: "array", of: raw("vector(3)"), dimensions: 1 });
    });

    test("arrays have elements and dimensions, and no size", async () => {
      const it = await columns(
        isBeforeV1
          ? `a: text("a").array(), b: varchar("b", { length: 5 }).array(3).array()`
          : `a: text("a").array(), b: varchar("b", { length: 5 }).array("[][]")`,
      );
      expect(it.a?.type).toEqual({ kind: "array", of: raw("text"), dimensions: 1 });
      expect(it.b?.type).toEqual({ kind: "array", of: raw("varchar(5)"), dimensions: 2 });
    });

    if (!isBeforeV1) {
      test("a size in place of dimensions is refused", async () => {
        await expect(columns(`a: text("a").array(3)`)).rejects.toThrow(
          failure("SCHEMA_INVALID", /^schema\.ts, export it: column a: .*write \.array\("\[\]"\)/),
        );
      });
    }

    test("enums, as lists and as objects, in schemas and in arrays", async () => {
      const schema = await read(`
        export const app = pgSchema("app");
        export const mood = pgEnum("mood", ["sad", "happy"]);
        export const role = app.enum("role", { Admin: "admin", User: "user" });
        export const it = pgTable("it", { a: mood("a"), b: role("b"), c: role("c").array() });`);
      const type = { kind: "enum", name: { schema: "app", name: "role" } };
      expect(columnsOf(schema).a?.type).toEqual({ kind: "enum", name: "mood" });
      expect(columnsOf(schema).b?.type).toEqual(type);
      expect(columnsOf(schema).c?.type).toEqual({ kind: "array", of: type, dimensions: 1 });
      expect(schema.enums).toEqual([
        { name: { schema: "app", name: "role" }, values: ["admin", "user"] },
        { name: "mood", values: ["sad", "happy"] },
      ]);
    });

    test("custom types are spelled by the project", async () => {
      const schema = await read(`
        const citext = customType({ dataType: () => "citext" });
        const money = customType({ dataType: (config) => \`numeric(\${config.precision},0)\` });
        export const it = pgTable("it", { a: citext("a"), b: money("b", { precision: 78 }) });`);
      expect(columnsOf(schema).a?.type).toEqual(raw("citext"));
      expect(columnsOf(schema).b?.type).toEqual(raw("numeric(78,0)"));
    });
  });

  describe("defaults", () => {
    test("literals keep their types", async () => {
      const it = await columns(`
        a: text("a").default("it's"), b: integer("b").default(0), c: bigint("c", { mode: "bigint" }).default(5n),
        d: boolean("d").default(false), e: numeric("e").default("1.50"), f: uuid("f").defaultRandom(),
        g: timestamp("g", { withTimezone: true }).default(new Date(0)), h: text("h").default(""), i: bigint("i", { mode: "number" }).default(-7)`);
      const values = Object.values(it).map((column) => column.default);
      expect(values).toEqual([
        "it's",
        0,
        5n,
        false,
        "1.50",
        { sql: "gen_random_uuid()" },
        new Date(0),
        "",
        -7,
      ]);
    });

    test("days are written as days", async () => {
      const it = await columns(`
        a: date("a", { mode: "date" }).default(new Date("2024-02-29T23:30:00Z")), b: date("b").default("2024-02-29"),
        c: timestamp("c", { mode: "string" }).default("2024-02-29 12:00:00"), d: timestamp("d").defaultNow()`);
      expect(it.a?.default).toBe("2024-02-29");
      expect(it.b?.default).toBe("2024-02-29");
      expect(it.c?.default).toBe("2024-02-29 12:00:00");
      expect(it.d?.default).toEqual({ sql: "now()" });
    });

    test("JSON is text, whatever is in it", async () => {
      const it = await columns(`
        a: jsonb("a").default({ a: "it's", b: [1, null] }), b: json("b").default([]), c: jsonb("c").default("word"),
        d: jsonb("d").default(5), e: jsonb("e").default(false)`);
      expect(it.a?.default).toBe(`{"a":"it's","b":[1,null]}`);
      expect(it.b?.default).toBe("[]");
      expect(it.c?.default).toBe('"word"');
      expect(it.d?.default).toBe("5");
      expect(it.e?.default).toBe("false");
    });

    test("JSON that is written as text is taken as drizzle-kit of that version takes it", async () => {
      const it = await columns(`a: jsonb("a").default("{}")`);
      expect(it.a?.default).toBe(isBeforeV1 ? "{}" : `"{}"`);
    });

    test("arrays are PostgreSQL's text of them", async () => {
      const array = isBeforeV1 ? ".array()" : `.array("[]")`;
      const nested = isBeforeV1 ? ".array().array()" : `.array("[][]")`;
      const schema = await read(`
        const mood = pgEnum("mood", ["it's", "so \\"so\\""]);
        export const it = pgTable("it", {
          a: text("a")${array}.default(["a", 'b"c', "d\\\\e", "{,}", "", "NULL"]), b: integer("b")${nested}.default([[1, 2], [3, 4]]),
          c: text("c")${array}.default([]), d: mood("d")${array}.default(["it's", "so \\"so\\""]),
          e: jsonb("e")${array}.default([{ a: 1 }, ["x"]]), f: boolean("f")${array}.default([true, false]),
          g: point("g")${array}.default([[1, 2], [3, 4]]), h: timestamp("h")${array}.default([new Date(0)]),
          i: bigint("i", { mode: "bigint" })${array}.default([9007199254740993n]), j: text("j")${array}.default(sql\`ARRAY['x']\`),
          k: date("k", { mode: "date" })${array}.default([new Date(0)]),
        });`);
      const it = columnsOf(schema);
      expect(Object.values(it).map((column) => column.default)).toEqual([
        String.raw`{"a","b\"c","d\\e","{,}","","NULL"}`,
        "{{1,2},{3,4}}",
        "{}",
        String.raw`{"it's","so \"so\""}`,
        String.raw`{"{\"a\":1}","[\"x\"]"}`,
        "{true,false}",
        `{"(1,2)","(3,4)"}`,
        `{"1970-01-01T00:00:00.000Z"}`,
        "{9007199254740993}",
        { sql: "ARRAY['x']" },
        `{"1970-01-01"}`,
      ]);
    });

    test("what only a column can write is written by it", async () => {
      const schema = await read(`
        const upper = customType({ dataType: () => "text", toDriver: (value) => value.toUpperCase() });
        const made = customType({ dataType: () => "point", toDriver: ({ x, y }) => sql\`point(\${x}, \${y})\` });
        export const it = pgTable("it", {
          a: point("a").default([1, 2]), b: point("b", { mode: "xy" }).default({ x: 1, y: 2 }), c: line("c").default([1, 2, 3]),
          d: vector("d", { dimensions: 2 }).default([1, 2]), e: upper("e").default("loud"), f: made("f").default({ x: 1, y: 2 }),
        });`);
      expect(Object.values(columnsOf(schema)).map((column) => column.default)).toEqual([
        "(1,2)",
        "(1,2)",
        "{1,2,3}",
        "[1,2]",
        "LOUD",
        { sql: "point(1, 2)" },
      ]);
    });

    test("null is none, and the ORM's own are no business of the database", async () => {
      const it = await columns(`
        a: text("a").default(null), b: text("b").$defaultFn(() => "x"), c: timestamp("c").$onUpdate(() => new Date())`);
      for (const name of ["a", "b", "c"]) expect(it[name]).not.toHaveProperty("default");
    });

    test("one that cannot be written says which", async () => {
      await expect(columns(`a: text("a").default(Symbol("x"))`)).rejects.toThrow(
        failure("SCHEMA_INVALID", /^schema\.ts, export it: column a: /),
      );
    });
  });

  test("NOT NULL is said, and comes with the key", async () => {
    const schema = await read(`
      export const it = pgTable("it", { a: integer("a"), b: integer("b"), c: text("c").notNull(), d: text("d"), e: serial("e") },
        (t) => [primaryKey({ columns: [t.b, t.a] })]);`);
    const { a, b, c, d, e } = columnsOf(schema);
    expect([a, b, c, d, e].map((column) => column?.notNull)).toEqual([
      true,
      true,
      true,
      undefined,
      true,
    ]);
  });

  test("generated: SQL, a function, and text that is SQL", async () => {
    const schema = await read(`
      export const it = pgTable("it", {
        a: text("a"), n: integer("n"),
        b: text("b").generatedAlwaysAs(sql\`upper('x')\`),
        c: integer("c").generatedAlwaysAs(() => sql\`\${it.n} * \${2}\`),
        d: text("d").generatedAlwaysAs("lower(a)"),
      });`);
    const { b, c, d } = columnsOf(schema);
    expect(b?.generated).toEqual({ as: { sql: "upper('x')" }, stored: true });
    expect(c?.generated).toEqual({ as: { sql: `"n" * 2` }, stored: true });
    expect(d?.generated).toEqual({ as: { sql: "lower(a)" }, stored: true });
  });

  test("identity, with the options of its sequence", async () => {
    const it = await columns(`
      a: integer("a").generatedAlwaysAsIdentity(),
      b: bigint("b", { mode: "bigint" }).generatedByDefaultAsIdentity({ name: "own_seq", startWith: 100, increment: "-5", minValue: -1000, cache: 20, cycle: true }),
      c: bigint("c", { mode: "number" }).generatedAlwaysAsIdentity({ maxValue: 9223372036854775807 })`);
    expect(it.a?.identity).toEqual({ generated: "always", options: {} });
    expect(it.b?.identity).toEqual({
      generated: "byDefault",
      name: "own_seq",
      options: { startWith: "100", increment: "-5", minValue: "-1000", cache: "20", cycle: true },
    });
    expect(it.c?.identity?.options).toEqual({ maxValue: "9223372036854775807" });
    expect(it.a?.notNull).toBe(true);
  });
});
