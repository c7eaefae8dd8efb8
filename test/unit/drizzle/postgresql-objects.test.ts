import { describe, expect, test } from "vitest";
import { failure, forEachVersion, readText, tableOf } from "./support.ts";

forEachVersion((version) => {
  const isBeforeV1 = version === "0.45";
  const read = (source: string) => readText(source, { dialect: "postgresql", version });

  describe("schemas", () => {
    test("exported ones, and those that only names have", async () => {
      const schema = await read(`
        const hidden = pgSchema("hidden"); const types = pgSchema("types");
        export const app = pgSchema("app"); export const again = pgSchema("app");
        export const t = hidden.table("t", { a: types.enum("mood", ["x"])("a") });`);
      expect(schema.namespaces).toEqual([{ name: "app" }, { name: "hidden" }, { name: "types" }]);
      expect(tableOf(schema).name).toEqual({ schema: "hidden", name: "t" });
    });

    test("one that only a reference has is somebody else's", async () => {
      const schema = await read(`
        const auth = pgSchema("auth"); const users = auth.table("users", { id: integer("id").primaryKey() });
        export const t = pgTable("t", { a: integer("a").references(() => users.id) });`);
      expect(schema.namespaces).toEqual([]);
      expect(schema.tables).toHaveLength(1);
    });

    if (!isBeforeV1) {
      test("existing ones are somebody else's", async () => {
        const schema = await read(`
          export const auth = pgSchema("auth").existing(); export const t = auth.table("t", { a: integer("a") });`);
        expect(schema.namespaces).toEqual([]);
      });
    }
  });

  test("sequences", async () => {
    const schema = await read(`
      export const app = pgSchema("app");
      export const b = pgSequence("b", { startWith: 10, increment: 2, minValue: "1", maxValue: 100, cache: 5, cycle: true });
      export const a = app.sequence("a");`);
    expect(schema.sequences).toEqual([
      { name: { schema: "app", name: "a" }, options: {} },
      {
        name: "b",
        options: {
          startWith: "10",
          increment: "2",
          minValue: "1",
          maxValue: "100",
          cache: "5",
          cycle: true,
        },
      },
    ]);
  });

  test("an enum that only a column has is one; the same one twice too", async () => {
    const schema = await read(`
      const hidden = pgEnum("hidden", ["x"]); export const mood = pgEnum("mood", ["a", "b"]);
      export const t = pgTable("t", { a: hidden("a"), b: pgEnum("mood", ["a", "b"])("b") });`);
    expect(schema.enums).toEqual([
      { name: "hidden", values: ["x"] },
      { name: "mood", values: ["a", "b"] },
    ]);
  });

  test("two enums of one name are refused", async () => {
    await expect(
      read(`export const a = pgEnum("mood", ["a"]); export const b = pgEnum("mood", ["b"]);`),
    ).rejects.toThrow(
      failure(
        "SCHEMA_TWICE",
        /^enum "mood" is declared twice: schema\.ts, export a; schema\.ts, export b$/,
      ),
    );
  });

  describe("views", () => {
    test("queries keep their tables, and have literals", async () => {
      const schema = await read(`
        export const app = pgSchema("app");
        export const t = app.table("t", { id: integer("id"), name: text("name"), big: bigint("big", { mode: "bigint" }), at: timestamp("at") });
        export const u = pgTable("u", { id: integer("id"), tId: integer("t_id") });
        export const built = app.view("built").as((qb) => qb.select({ id: t.id, n: sql\`count(*)\`.as("n") }).from(t).innerJoin(u, eq(u.tId, t.id))
          .where(sql\`\${eq(t.name, "it's")} and \${gt(t.big, 5n)} and \${gt(t.at, new Date(0))}\`).groupBy(t.id));
        export const written = pgView("written", { id: integer("id") }).as(sql\`select \${t.id} from \${t} where \${inArray(t.id, [1, 2])}\`);`);
      expect(schema.views).toEqual([
        {
          name: { schema: "app", name: "built" },
          definition: {
            sql: `select "app"."t"."id", count(*) as "n" from "app"."t" inner join "u" on "u"."t_id" = "app"."t"."id" where "app"."t"."name" = 'it''s' and "app"."t"."big" > 5 and "app"."t"."at" > '1970-01-01T00:00:00.000Z' group by "app"."t"."id"`,
          },
          materialized: false,
        },
        {
          name: "written",
          definition: {
            sql: `select "app"."t"."id" from "app"."t" where "app"."t"."id" in (1, 2)`,
          },
          materialized: false,
        },
      ]);
    });

    test("subqueries, WITH, aliases and other views", async () => {
      const schema = await read(`
        export const t = pgTable("t", { id: integer("id"), parent: integer("parent") });
        export const base = pgView("base").as((qb) => qb.select().from(t));
        export const top = pgView("top").as((qb) => {
          const parents = core.alias(t, "parents");
          const roots = qb.$with("roots").as(qb.select({ id: t.id }).from(t).where(eq(t.parent, 0)));
          const counted = qb.select({ parent: t.parent, n: sql\`count(*)\`.as("n") }).from(t).groupBy(t.parent).as("counted");
          return qb.with(roots).select({ id: base.id, n: counted.n }).from(base).innerJoin(parents, eq(parents.id, base.parent))
            .leftJoin(counted, eq(counted.parent, base.id)).where(sql\`\${base.id} in (select \${roots.id} from \${roots})\`);
        });`);
      const top = schema.views.find((view) => view.name === "top")?.definition.sql;
      expect(top).toContain(
        `with "roots" as (select "id" from "t" where "t"."parent" = 0) select `,
      );
      expect(top).toContain(
        `from "base" inner join "t" "parents" on "parents"."id" = "base"."parent"`,
      );
      expect(top).toMatch(
        /left join \(select "parent", count\(\*\) as "n" from "t" group by "t"\."parent"\) "counted" on /,
      );
      expect(top).not.toMatch(/\$\d/);
    });

    test("options, and materialized ones", async () => {
      const schema = await read(`
        export const a = pgView("a").with({ securityInvoker: true, checkOption: "local" }).as((qb) => qb.select({ one: sql\`1\`.as("one") }).from(sql\`x\`));
        export const b = pgMaterializedView("b").using("heap").with({ fillfactor: 70, autovacuumEnabled: false }).tablespace("fast").withNoData()
          .as((qb) => qb.select({ one: sql\`1\`.as("one") }).from(sql\`x\`));`);
      expect(schema.views).toMatchObject([
        { name: "a", materialized: false, with: { security_invoker: true, check_option: "local" } },
        {
          name: "b",
          materialized: true,
          using: "heap",
          with: { fillfactor: 70, autovacuum_enabled: false },
          tablespace: "fast",
          withNoData: true,
        },
      ]);
    });

    test("existing ones are somebody else's", async () => {
      const schema = await read(`
        export const t = pgTable("t", { id: integer("id") });
        export const a = pgView("a", { id: integer("id") }).existing(); export const b = pgMaterializedView("b", { id: integer("id") }).existing();`);
      expect(schema.views).toEqual([]);
    });

    test("the user's object is left as it was", async () => {
      const schema = await read(`
        export const t = pgTable("t", { id: integer("id").default(sql\`\${1}\`) }, (t) => [check("c", positive)]);
        const positive = sql\`id > \${5}\`; export const flag = () => positive.shouldInlineParams;
        export const again = pgTable("again", { id: integer("id") }, () => [check("c", positive)]);`);
      for (const table of schema.tables) {
        expect(table.constraints).toMatchObject([{ expression: { sql: "id > 5" } }]);
      }
    });
  });

  test("roles, except existing ones", async () => {
    const schema = await read(`
      export const admin = pgRole("admin", { createDb: true, createRole: false, inherit: false }); export const plain = pgRole("a_plain");
      export const theirs = pgRole("theirs").existing();`);
    expect(schema.roles).toEqual([
      { name: "a_plain", options: {} },
      { name: "admin", options: { createDb: true, createRole: false, inherit: false } },
    ]);
  });

  describe("policies", () => {
    test("keep their tables, and turn row security on", async () => {
      const schema = await read(`
        export const admin = pgRole("admin");
        export const m = pgTable("members", { id: integer("id"), userId: integer("user_id") });
        export const t = pgTable("t", { id: integer("id"), owner: text("owner") }, (t) => [
          pgPolicy("b", { as: "restrictive", for: "update", to: ["public", admin, "current_user"], using: sql\`\${t.owner} = \${"it's"}\`, withCheck: sql\`true\` }),
          pgPolicy("a", { using: sql\`exists (select 1 from \${m} where \${m.userId} = \${t.id})\` }),
        ]);`);
      expect(tableOf(schema, "t").policies).toEqual([
        {
          name: "a",
          as: "permissive",
          for: "all",
          to: ["public"],
          using: { sql: `exists (select 1 from "members" where "members"."user_id" = "t"."id")` },
        },
        {
          name: "b",
          as: "restrictive",
          for: "update",
          to: ["admin", "current_user", "public"],
          using: { sql: `"t"."owner" = 'it''s'` },
          withCheck: { sql: "true" },
        },
      ]);
      expect(tableOf(schema, "t").rowSecurity).toEqual({ enabled: true, forced: false });
      expect(tableOf(schema, "members").rowSecurity).toEqual({ enabled: false, forced: false });
    });

    test("may be linked to their table, or exported beside it", async () => {
      const schema = await read(`
        export const t = pgTable("t", { id: integer("id") }); export const linked = pgPolicy("linked", { to: "public" }).link(t);
        export const shared = pgPolicy("shared"); export const u = pgTable("u", { id: integer("id") }, () => [shared]);`);
      expect(tableOf(schema, "t").policies).toMatchObject([{ name: "linked" }]);
      expect(tableOf(schema, "t").rowSecurity.enabled).toBe(true);
      expect(tableOf(schema, "u").policies).toMatchObject([{ name: "shared" }]);
    });

    test("one of no table, or of a table that is not there, is refused", async () => {
      const table = `pgTable("t", { id: integer("id") })`;
      await expect(
        read(`export const t = ${table}; export const p = pgPolicy("p");`),
      ).rejects.toThrow(failure("SCHEMA_INVALID", /export p: policy p belongs to no table/));
      await expect(
        read(
          `export const p = pgPolicy("p").link(${table}); export const u = pgTable("u", { id: integer("id") });`,
        ),
      ).rejects.toThrow(
        failure(
          "SCHEMA_INVALID",
          /export p: policy p is linked to a table that the schema does not export/,
        ),
      );
    });
  });

  test("row security by itself", async () => {
    const schema = await read(
      isBeforeV1
        ? `export const t = pgTable("t", { id: integer("id") }).enableRLS();`
        : `export const t = pgTable.withRLS("t", { id: integer("id") });`,
    );
    expect(tableOf(schema).rowSecurity).toEqual({ enabled: true, forced: false });
  });

  test("an empty schema is whole", async () => {
    expect(await read(`export const app = pgSchema("app");`)).toEqual({
      namespaces: [{ name: "app" }],
      extensions: [],
      roles: [],
      enums: [],
      sequences: [],
      tables: [],
      views: [],
      grants: [],
    });
  });
});
