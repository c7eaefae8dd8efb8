import { describe, expect, test } from "vitest";
import type { DialectName } from "../../../src/model/schema.ts";
import { failure, forEachVersion, readText, tableOf } from "./support.ts";

forEachVersion((version) => {
  /** The text of a check with this SQL in it. */
  async function check(
    dialect: DialectName,
    sql: string,
    before = "",
  ): Promise<string | undefined> {
    const table = dialect === "sqlite" ? "sqliteTable" : "pgTable";
    const schema = await readText(
      `${before}\nexport const it = ${table}("it", { a: integer("a"), b: text("b") }, (t) => [check("c", ${sql})]);`,
      { dialect, version },
    );
    const [found] = tableOf(schema).constraints;
    return found?.kind === "check" ? found.expression.sql : undefined;
  }

  describe("values are literals", () => {
    const inserted = (value: string) => `sql\`a = \${${value}}\``;

    test("on PostgreSQL", async () => {
      const of = (value: string) => check("postgresql", inserted(value));
      expect(await of("5n")).toBe("a = 5");
      expect(await of("-5")).toBe("a = (-5)");
      expect(await of("new Date(0)")).toBe("a = '1970-01-01T00:00:00.000Z'");
      expect(await of(`Buffer.from("hi")`)).toBe(String.raw`a = E'\\x6869'::bytea`);
      expect(await of("true")).toBe("a = true");
      expect(await of("null")).toBe("a = NULL");
      expect(await of(`"it's"`)).toBe("a = 'it''s'");
      expect(await of("{ x: 1 }")).toBe(`a = '{"x":1}'`);
      expect(await of("[1, [2, 3]]")).toBe("a = (1, (2, 3))");
      expect(await of(`sql.param([1, 2])`)).toBe("a = '{1,2}'");
    });

    test("on SQLite", async () => {
      const of = (value: string) => check("sqlite", inserted(value));
      expect(await of("5n")).toBe("a = 5");
      expect(await of("new Date(0)")).toBe("a = '1970-01-01T00:00:00.000Z'");
      expect(await of(`Buffer.from("hi")`)).toBe("a = X'6869'");
      expect(await of("true")).toBe("a = 1");
    });

    test("through the column that they are compared with", async () => {
      const before = `const other = pgTable("other", { at: timestamp("at"), day: date("day", { mode: "date" }), tags: text("tags").array(${version === "0.45" ? "" : '"[]"'}), data: jsonb("data") });`;
      const of = (sql: string) => check("postgresql", sql, before);
      expect(await of("eq(other.at, new Date(0))")).toBe(`"at" = '1970-01-01T00:00:00.000Z'`);
      expect(await of("eq(other.day, new Date(0))")).toBe(`"day" = '1970-01-01'`);
      expect(await of(`eq(other.tags, ["a", 'b"'])`)).toBe(String.raw`"tags" = E'{"a","b\\""}'`);
      expect(await of("eq(other.data, [1, 2])")).toBe(`"data" = '[1,2]'`);
    });
  });

  test("so are those of the table's own columns, which are of another class in there", async () => {
    const schema = await readText(
      `export const it = pgTable("it", {
        at: timestamp("at"), day: date("day", { mode: "date" }), tags: text("tags").array(${version === "0.45" ? "" : '"[]"'}), data: jsonb("data"), where: point("where"),
      }, (t) => [check("a", gt(t.at, new Date(0))), check("b", eq(t.day, new Date(0))), check("c", eq(t.tags, ["a"])), check("d", eq(t.data, [1, 2])), check("e", eq(t.where, [1, 2]))]);`,
      { dialect: "postgresql", version },
    );
    expect(
      tableOf(schema).constraints.map((it) => "expression" in it && it.expression.sql),
    ).toEqual([
      `"at" > '1970-01-01T00:00:00.000Z'`,
      `"day" = '1970-01-01'`,
      `"tags" = '{"a"}'`,
      `"data" = '[1,2]'`,
      `"where" = '(1,2)'`,
    ]);
  });

  test("what asks to be inlined is not asked", async () => {
    const before = `const limit = sql\`\${new Date(0)} < \${5n}\`.inlineParams();`;
    expect(await check("postgresql", `sql\`\${limit} AND \${limit}\``, before)).toBe(
      "'1970-01-01T00:00:00.000Z' < 5 AND '1970-01-01T00:00:00.000Z' < 5",
    );
  });

  test("pieces, names, enums and schemas", async () => {
    const before = `export const app = pgSchema("app"); export const mood = app.enum("mood", ["a"]);`;
    const of = (sql: string) => check("postgresql", sql, before);
    expect(await of(`sql\`\${sql.identifier('x"y')} \${sql.raw('> 1')}\``)).toBe(`"x""y" > 1`);
    expect(await of(`sql\`b::\${mood} = 'a'\``)).toBe(`b::"app"."mood" = 'a'`);
    expect(await of(`sql\`\${app}.f(a)\``)).toBe(`"app".f(a)`);
    expect(await of(`sql.join([sql\`a > 1\`, sql\`a < \${3}\`], sql\` and \`)`)).toBe(
      "a > 1 and a < 3",
    );
    expect(await of("orm.between(sql`a`, 1, 2)")).toBe("a between 1 and 2");
    expect(await of(`sql.empty().append(sql\`a > \${1}\`)`)).toBe("a > 1");
  });

  test("placeholders and what has no literal are refused", async () => {
    await expect(check("postgresql", `sql\`a > \${sql.placeholder('x')}\``)).rejects.toThrow(
      failure("SCHEMA_INVALID", /^schema\.ts, export it: .*the placeholder "x"/),
    );
    await expect(check("postgresql", "eq(sql`a`, sql.placeholder('x'))")).rejects.toThrow(
      failure("SCHEMA_INVALID", /the placeholder "x"/),
    );
    await expect(check("postgresql", `sql\`a > \${() => 1}\``)).rejects.toThrow(
      failure("SCHEMA_INVALID", /cannot be written as SQL/),
    );
    await expect(check("sqlite", `sql\`a > \${{ x: 1 }}\``)).rejects.toThrow(
      failure("SCHEMA_INVALID", /cannot be written as SQL/),
    );
  });
});
