import { describe, expect, test } from "vitest";
import type { DialectName } from "../../../src/model/schema.ts";
import { failure, forEachVersion, readText, tableOf } from "./support.ts";

forEachVersion((version) => {
  const isBeforeV1 = version === "0.45";
  const readAs = (dialect: DialectName) => (source: string) =>
    readText(source, { dialect, version });

  describe("PostgreSQL", () => {
    const read = readAs("postgresql");
    const constraints = async (source: string, name?: string) =>
      tableOf(await read(source), name).constraints;

    test("a key in a column is named by the server", async () => {
      expect(
        await constraints(`export const t = pgTable("t", { id: integer("id").primaryKey() });`),
      ).toEqual([{ kind: "primaryKey", name: "t_pkey", derivedName: true, columns: ["id"] }]);
    });

    test("a name that would be too long for the server is the one that it gives then", async () => {
      const named = async (table: string, column: string) =>
        (
          await constraints(
            `export const t = pgTable("${table}", { id: integer("id").primaryKey(), a: text("${column}").unique() });`,
            table,
          )
        ).map(({ name }) => name);
      const t = (times: number) => "t".repeat(times);
      const e = (times: number) => "é".repeat(times);
      expect((await named(t(63), "b"))[0]).toBe(`${t(58)}_pkey`);
      expect((await named(e(31), "b"))[0]).toBe(`${e(29)}_pkey`);
      if (isBeforeV1) return;
      expect((await named(t(63), "b"))[1]).toBe(`${t(57)}_b_key`);
      expect((await named(t(40), e(25)))[1]).toBe(`${t(29)}_${e(14)}_key`);
      expect((await named(e(31), e(31)))[1]).toBe(`${e(14)}_${e(14)}_key`);
      expect((await named("ab", t(63)))[1]).toBe(`ab_${t(56)}_key`);
    });

    test("a key of several columns keeps their order", async () => {
      const [key] = await constraints(`
        export const t = pgTable("t", { a: integer("a"), b: integer("b") }, (t) => [primaryKey({ columns: [t.b, t.a] })]);`);
      expect(key).toEqual({
        kind: "primaryKey",
        name: isBeforeV1 ? "t_b_a_pk" : "t_pkey",
        derivedName: true,
        columns: ["b", "a"],
      });
    });

    test("a key with a name has that name", async () => {
      const [key] = await constraints(`
        export const t = pgTable("t", { a: integer("a").primaryKey() }, (t) => [primaryKey({ name: "own", columns: [t.a] })]);`);
      expect(key).toEqual({ kind: "primaryKey", name: "own", columns: ["a"] });
    });

    test("two keys are refused", async () => {
      await expect(
        read(
          `export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b").primaryKey() });`,
        ),
      ).rejects.toThrow(
        failure(
          "SCHEMA_INVALID",
          /export t: a, b each are a primary key; write primaryKey\({ columns: \[a, b\] }\)$/,
        ),
      );
      await expect(
        read(
          `export const t = pgTable("t", { a: integer("a").primaryKey(), b: integer("b") }, (t) => [primaryKey({ columns: [t.a, t.b] })]);`,
        ),
      ).rejects.toThrow(failure("SCHEMA_INVALID", /two primary keys$/));
    });

    test("uniques", async () => {
      const found = await constraints(`
        export const t = pgTable("t", { a: text("a").unique(), b: text("b").unique("own_b", { nulls: "not distinct" }), c: text("c"), d: text("d") },
          (t) => [unique().on(t.c, t.d), unique("own_cd").on(t.d, t.c).nullsNotDistinct()]);`);
      expect(found).toEqual(
        [
          {
            kind: "unique",
            name: isBeforeV1 ? "t_a_unique" : "t_a_key",
            derivedName: true,
            columns: ["a"],
          },
          { kind: "unique", name: "own_b", columns: ["b"], nullsNotDistinct: true },
          { kind: "unique", name: "t_c_d_unique", derivedName: true, columns: ["c", "d"] },
          { kind: "unique", name: "own_cd", columns: ["d", "c"], nullsNotDistinct: true },
        ].sort((a, b) => (a.name < b.name ? -1 : 1)),
      );
    });

    test("a unique of the key, or said twice, is the one that PostgreSQL keeps", async () => {
      expect(
        await constraints(
          `export const t = pgTable("t", { a: integer("a").primaryKey().unique() });`,
        ),
      ).toHaveLength(1);
      const twice = await constraints(`
        export const t = pgTable("t", { a: integer("a").unique() }, (t) => [unique("own").on(t.a)]);`);
      expect(twice).toEqual([{ kind: "unique", name: "own", columns: ["a"] }]);
      const order = await constraints(`
        export const t = pgTable("t", { a: integer("a"), b: integer("b") }, (t) => [primaryKey({ columns: [t.a, t.b] }), unique("own").on(t.b, t.a)]);`);
      expect(order).toHaveLength(2);
    });

    test("foreign keys, with and without names and actions, into schemas, and to the table itself", async () => {
      const found = await constraints(
        `
        const auth = pgSchema("auth");
        const accounts = auth.table("accounts", { id: integer("id").primaryKey(), org: integer("org") });
        export const t = pgTable("t", {
          id: integer("id").primaryKey(), parent: integer("parent").references(() => t.id),
          owner: integer("owner").references(() => accounts.id, { onDelete: "cascade", onUpdate: "no action" }), org: integer("org"),
        }, (t) => [
          foreignKey({ name: "own", columns: [t.owner, t.org], foreignColumns: [accounts.id, accounts.org] }).onDelete("set null").onUpdate("restrict"),
        ]);`,
      );
      const end = isBeforeV1 ? "fk" : "fkey";
      expect(found.slice(1)).toEqual([
        {
          kind: "foreignKey",
          name: "own",
          columns: ["owner", "org"],
          table: { schema: "auth", name: "accounts" },
          references: ["id", "org"],
          onDelete: "set null",
          onUpdate: "restrict",
        },
        {
          kind: "foreignKey",
          name: `t_owner_accounts_id_${end}`,
          derivedName: true,
          columns: ["owner"],
          table: { schema: "auth", name: "accounts" },
          references: ["id"],
          onDelete: "cascade",
        },
        {
          kind: "foreignKey",
          name: `t_parent_t_id_${end}`,
          derivedName: true,
          columns: ["parent"],
          table: "t",
          references: ["id"],
        },
      ]);
    });

    test("a foreign key to nothing says where", async () => {
      await expect(
        read(`export const t = pgTable("t", { a: integer("a").references(() => t.nothing) });`),
      ).rejects.toThrow(
        failure("SCHEMA_INVALID", /^schema\.ts, export t: a foreign key refers to no column: /),
      );
    });

    if (!isBeforeV1) {
      test("a foreign key in a column may have a name", async () => {
        const found = await constraints(`
          export const t = pgTable("t", { id: integer("id").primaryKey(), a: integer("a").references(() => t.id, { name: "own", onDelete: "cascade" }) });`);
        expect(found[1]).toMatchObject({ name: "own", onDelete: "cascade" });
        expect(found[1]).not.toHaveProperty("derivedName");
      });
    }

    test("long names are those that drizzle-kit of that version makes up", async () => {
      const table = "a_table_whose_name_is_long_enough_already";
      const [found] = await constraints(`
        const other = pgTable("another_table_with_a_long_name", { identifier: integer("identifier").primaryKey() });
        export const t = pgTable("${table}", { a: integer("a_reference").references(() => other.identifier) });`);
      const full = `${table}_a_reference_another_table_with_a_long_name_identifier`;
      expect(found).toMatchObject({
        name: isBeforeV1 ? `${full}_fk` : expect.stringMatching(`^${table}_[0-9a-zA-Z]{12}_fkey$`),
        derivedName: true,
      });
    });

    test("checks have the values in them, and bare columns", async () => {
      expect(
        await constraints(`
        export const t = pgTable("t", { a: integer("a"), b: text("b") },
          (t) => [check("b", gt(t.a, 5)), check("a", sql\`\${t.b} <> \${"it's"} AND \${t.a} IN \${[1, 2]}\`)]);`),
      ).toEqual([
        { kind: "check", name: "a", expression: { sql: `"b" <> 'it''s' AND "a" IN (1, 2)` } },
        { kind: "check", name: "b", expression: { sql: `"a" > 5` } },
      ]);
    });

    test("extra configs may be objects, and hold lists and conditions", async () => {
      const schema = await read(`
        export const t = pgTable("t", { a: integer("a") }, (t) => ({ one: index("one").on(t.a), two: check("two", sql\`true\`) }));
        export const u = pgTable("u", { a: integer("a") }, (t) => [[index("three").on(t.a)]]);`);
      expect(tableOf(schema, "t")).toMatchObject({
        indexes: [{ name: "one" }],
        constraints: [{ name: "two" }],
      });
      expect(tableOf(schema, "u")).toMatchObject({ indexes: [{ name: "three" }] });
    });

    test("entries that Drizzle would leave out are refused", async () => {
      const of = (entry: string) =>
        read(`
          import { check as sqliteCheck } from "drizzle-orm/sqlite-core";
          export const t = pgTable("t", { a: integer("a") }, (t) => [${entry}]);`);
      for (const entry of [
        `sqliteCheck("x", sql\`true\`)`,
        `index("x")`,
        `{ x: index("x").on(t.a) }`,
      ]) {
        await expect(of(entry)).rejects.toThrow(
          failure(
            "SCHEMA_INVALID",
            /^schema\.ts, export t: its indexes and constraints cannot be read: /,
          ),
        );
      }
    });

    test("a misspelt column says where", async () => {
      for (const entry of [
        `index("x").on(t.b)`,
        `unique().on(t.b)`,
        `primaryKey({ columns: [t.b] })`,
        `check("x", sql\`\${t.b} > 0 \${undefined}\`)`,
      ]) {
        const reading = read(
          `export const t = pgTable("t", { a: integer("a") }, (t) => [${entry}]);`,
        );
        // 1.0 drops undefined before anybody can see it.
        if (entry.startsWith("check") && !isBeforeV1) await reading;
        else
          await expect(reading).rejects.toThrow(
            failure("SCHEMA_INVALID", /^schema\.ts, export t: /),
          );
      }
    });
  });

  describe("SQLite", () => {
    const read = readAs("sqlite");
    const constraints = async (source: string) => tableOf(await read(source)).constraints;

    test("keys, uniques, foreign keys and checks", async () => {
      expect(
        await constraints(`
        const other = sqliteTable("other", { id: integer("id").primaryKey() });
        export const t = sqliteTable("t", {
          a: integer("a"), b: text("b").unique(), c: integer("c").references(() => other.id, { onDelete: "cascade" }), d: text("d").unique("own_d"),
        }, (t) => [primaryKey({ columns: [t.b, t.a] }), unique().on(t.a, t.d), unique("own").on(t.d, t.a), check("positive", sql\`\${t.a} > \${0}\`),
          foreignKey({ name: "own_fk", columns: [t.a], foreignColumns: [other.id] })]);`),
      ).toEqual([
        {
          kind: "primaryKey",
          name: isBeforeV1 ? "t_b_a_pk" : "t_pk",
          derivedName: true,
          columns: ["b", "a"],
        },
        { kind: "unique", name: "own", columns: ["d", "a"] },
        { kind: "unique", name: "own_d", columns: ["d"] },
        { kind: "unique", name: "t_a_d_unique", derivedName: true, columns: ["a", "d"] },
        { kind: "unique", name: "t_b_unique", derivedName: true, columns: ["b"] },
        ...[
          {
            kind: "foreignKey",
            name: isBeforeV1 ? "t_c_other_id_fk" : "fk_t_c_other_id_fk",
            derivedName: true,
            columns: ["c"],
            table: "other",
            references: ["id"],
            onDelete: "cascade",
          },
          {
            kind: "foreignKey",
            name: "own_fk",
            columns: ["a"],
            table: "other",
            references: ["id"],
          },
        ].sort((a, b) => (a.name < b.name ? -1 : 1)),
        { kind: "check", name: "positive", expression: { sql: `"a" > 0` } },
      ]);
    });

    test("a key that says nothing of NULL is left as it is", async () => {
      const table = tableOf(
        await read(
          `export const t = sqliteTable("t", { a: text("a"), b: text("b") }, (t) => [primaryKey({ columns: [t.a, t.b] })]);`,
        ),
      );
      expect(table.columns.map((column) => column.notNull)).toEqual([undefined, undefined]);
    });
  });
});
