import { describe, expect, test } from "vitest";
import type { DialectName } from "../../../src/model/schema.ts";
import { failure, forEachVersion, readText, tableOf } from "./support.ts";

forEachVersion((version) => {
  const readAs = (dialect: DialectName) => async (source: string) =>
    tableOf(await readText(source, { dialect, version })).indexes;

  describe("PostgreSQL", () => {
    const read = readAs("postgresql");
    const indexes = (entries: string) =>
      read(
        `export const t = pgTable("t", { a: integer("a"), b: text("b"), v: vector("v", { dimensions: 3 }) }, (t) => [${entries}]);`,
      );

    test("names are made up of columns, and known to be", async () => {
      expect(await indexes(`uniqueIndex().on(t.a, t.b), index("own").on(t.b)`)).toEqual([
        { name: "own", columns: [{ of: "b" }] },
        {
          name: "t_a_b_index",
          derivedName: true,
          columns: [{ of: "a" }, { of: "b" }],
          unique: true,
        },
      ]);
    });

    test("an expression without a name is refused", async () => {
      await expect(indexes(`index().on(sql\`lower(\${t.b})\`)`)).rejects.toThrow(
        failure(
          "SCHEMA_INVALID",
          /export t: an index on lower\("b"\) has no name; write index\("name"\)/,
        ),
      );
    });

    test("order is told where it is not the usual one", async () => {
      const [found] = await indexes(
        `index("x").on(t.a.asc(), t.a.desc(), t.a.desc().nullsFirst(), t.a.nullsFirst(), t.a.nullsLast())`,
      );
      expect(found?.columns).toHaveLength(5);
    });

    test("DESC leaves NULLs last, as Drizzle says", async () => {
      const found = await indexes(
        `index("a").on(t.a.desc()), index("b").on(t.a.desc().nullsFirst()), index("c").on(t.a.nullsFirst()), index("d").on(t.a.asc().nullsLast())`,
      );
      expect(found.map((index) => index.columns)).toEqual([
        [{ of: "a", order: "desc", nulls: "last" }],
        [{ of: "a", order: "desc" }],
        [{ of: "a", nulls: "first" }],
        [{ of: "a" }],
      ]);
    });

    test("methods, operator classes and parameters; CONCURRENTLY and ONLY are nothing that an index is", async () => {
      const found = await indexes(
        `index("a").using("gin", t.b.op("gin_trgm_ops")).with({ fastupdate: false }), index("b").using("btree", t.a).concurrently(),
         index("c").onOnly(t.a), index("d").using("hnsw", t.v.op("vector_l2_ops")).with({ m: 16, ef_construction: 64 })`,
      );
      expect(found).toEqual([
        {
          name: "a",
          columns: [{ of: "b", operatorClass: "gin_trgm_ops" }],
          method: "gin",
          with: { fastupdate: false },
        },
        { name: "b", columns: [{ of: "a" }] },
        { name: "c", columns: [{ of: "a" }] },
        {
          name: "d",
          columns: [{ of: "v", operatorClass: "vector_l2_ops" }],
          method: "hnsw",
          with: { m: 16, ef_construction: 64 },
        },
      ]);
    });

    test("expressions and predicates have literals and bare columns", async () => {
      expect(
        await indexes(
          `uniqueIndex("x").on(sql\`lower(\${t.b})\`, t.a).where(and(gt(t.a, 5), eq(t.b, "it's")))`,
        ),
      ).toEqual([
        {
          name: "x",
          unique: true,
          columns: [{ of: { sql: `lower("b")` } }, { of: "a" }],
          where: {
            // 1.0 encloses each of the conditions.
            sql:
              version === "0.45"
                ? `("a" > 5 and "b" = 'it''s')`
                : `(("a" > 5) and ("b" = 'it''s'))`,
          },
        },
      ]);
    });

    test("what is written behind an expression is no part of it", async () => {
      const of = async (expression: string) =>
        (
          await indexes(
            `index("x").on(sql\`${expression.replace(/\[(\w)\]/g, (_, name) => `\${t.${name}}`)}\`)`,
          )
        )[0]?.columns[0];
      expect(await of("[a] DESC NULLS LAST")).toEqual({ of: "a", order: "desc", nulls: "last" });
      expect(await of("[a] asc")).toEqual({ of: "a" });
      expect(await of("([b]) nulls first")).toEqual({ of: "b", nulls: "first" });
      expect(await of("[b] gin_trgm_ops")).toEqual({ of: "b", operatorClass: "gin_trgm_ops" });
      expect(await of("lower([b]) text_pattern_ops desc")).toEqual({
        of: { sql: `lower("b")` },
        operatorClass: "text_pattern_ops",
        order: "desc",
      });
      expect(await of(`[b] COLLATE "C" text_pattern_ops`)).toEqual({
        of: "b",
        collation: "C",
        operatorClass: "text_pattern_ops",
      });
      expect(await of(`lower([b]) collate pg_catalog."de-x" asc`)).toEqual({
        of: { sql: `lower("b")` },
        collation: { schema: "pg_catalog", name: "de-x" },
      });
      expect(await of("[b] extensions.gist_trgm_ops(siglen=32)")).toEqual({
        of: "b",
        operatorClass: "extensions.gist_trgm_ops(siglen=32)",
      });
      for (const whole of [`"b" || ' desc'`, `("a" isnull)`, `("b") isnull`, `("a" > 1) is true`]) {
        expect(await of(whole)).toEqual({ of: { sql: whole } });
      }
    });

    test("Drizzle's own desc()", async () => {
      const [found] = await indexes(`index("x").on(desc(t.a))`);
      expect(found?.columns).toEqual([{ of: "a", order: "desc" }]);
    });
  });

  describe("SQLite", () => {
    const read = readAs("sqlite");

    test("columns, order, expressions and predicates", async () => {
      expect(
        await read(`
        export const t = sqliteTable("t", { a: integer("a"), b: text("b"), c: integer("c", { mode: "boolean" }) }, (t) => [
          index("a").on(t.a, desc(t.b)), uniqueIndex("b").on(sql\`lower(\${t.b})\`, sql\`\${t.a} desc\`).where(sql\`\${t.c} = \${true} AND \${t.a} > \${5n}\`),
          index("c").on(t.b).where(eq(t.c, true)), index("d").on(sql\`\${t.b} collate nocase\`)]);`),
      ).toEqual([
        { name: "a", columns: [{ of: "a" }, { of: "b", order: "desc" }] },
        {
          name: "b",
          unique: true,
          columns: [{ of: { sql: `lower("b")` } }, { of: "a", order: "desc" }],
          where: { sql: `"c" = 1 AND "a" > 5` },
        },
        { name: "c", columns: [{ of: "b" }], where: { sql: `"c" = 1` } },
        { name: "d", columns: [{ of: { sql: `"b" collate nocase` } }] },
      ]);
    });
  });
});
