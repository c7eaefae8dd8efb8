/** How a draft says for both databases what each of them needs: docs/types.md, and the smallest form of the rest. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Both, each } from "../../../src/autogenerate/both/both.ts";
import { renderBoth } from "../../../src/autogenerate/both/merge.ts";
import { inStep, together } from "../../../src/autogenerate/both/plan.ts";
import { diff } from "../../../src/autogenerate/diff.ts";
import { goTogether } from "../../../src/autogenerate/parity/types.ts";
import { rules as postgresql } from "../../../src/dialects/postgresql/rules.ts";
import { typeFrom as postgresType } from "../../../src/dialects/postgresql/type-from.ts";
import { rules as sqlite } from "../../../src/dialects/sqlite/rules.ts";
import { typeFrom as sqliteType } from "../../../src/dialects/sqlite/type-from.ts";
import { emptySchema } from "../../../src/model/empty-schema.ts";
import type { Column, Schema } from "../../../src/model/schema.ts";
import {
  check,
  column,
  id,
  index,
  key,
  reference,
  schema,
  table,
  unique,
} from "../../support/converge/tables.ts";

const rules = { postgresql, sqlite };

/** The upgrade of a draft from one pair of schemas to another, without its indentation. */
function draft(from: Both<Schema>, to: Both<Schema>): string {
  const plan = (name: "postgresql" | "sqlite") => {
    const options = { rules: inStep(rules[name]), made: () => true };
    const { operations } = diff(from[name], to[name], options);
    return { current: from[name], operations };
  };
  const operations = together({ postgresql: plan("postgresql"), sqlite: plan("sqlite") });
  const drafted = each(operations, (all) => all.map((operation) => ({ operation, remarks: [] })));
  return renderBoth(drafted, rules).text.replace(/^ {2}/gm, "");
}

const both = (postgresql: Schema, sqlite: Schema): Both<Schema> => ({ postgresql, sqlite });
const empty = both(emptySchema, emptySchema);

const page = readFileSync(join(import.meta.dirname, "../../../docs/types.md"), "utf8");

/** PostgreSQL's type, SQLite's, and what is written for a column of both. */
const pairs: readonly (readonly [string, string, string])[] = [
  ["smallint", "integer", `t.smallint("n")`],
  ["integer", "integer", `t.integer("n")`],
  ["bigint", "integer", `t.bigint("n")`],
  ["bigint", "blob", `t.raw("n", { postgresql: "bigint", sqlite: "blob" })`],
  ["boolean", "integer", `t.boolean("n")`],
  ["timestamp with time zone", "text", `t.timestamp("n", { timezone: true })`],
  [
    "timestamp with time zone",
    "integer",
    `t.raw("n", { postgresql: "timestamp with time zone", sqlite: "integer" })`,
  ],
  ["timestamp(3)", "text", `t.timestamp("n", { precision: 3 })`],
  ["date", "text", `t.date("n")`],
  ["time", "text", `t.time("n")`],
  ["interval", "text", `t.interval("n")`],
  ["interval", "integer", `t.raw("n", { postgresql: "interval", sqlite: "integer" })`],
  ["numeric(10, 2)", "numeric", `t.numeric("n", { precision: 10, scale: 2 })`],
  ["numeric(10, 2)", "text", `t.raw("n", { postgresql: "numeric(10, 2)", sqlite: "text" })`],
  ["numeric(10, 2)", "real", `t.raw("n", { postgresql: "numeric(10, 2)", sqlite: "real" })`],
  ["real", "real", `t.real("n")`],
  ["double precision", "real", `t.doublePrecision("n")`],
  [
    "double precision",
    "numeric",
    `t.raw("n", { postgresql: "double precision", sqlite: "numeric" })`,
  ],
  ["text", "text", `t.text("n")`],
  ["varchar(255)", "text(255)", `t.varchar("n", { length: 255 })`],
  ["varchar(255)", "text", `t.raw("n", { postgresql: "varchar(255)", sqlite: "text" })`],
  ["varchar", "text", `t.varchar("n")`],
  ["char(3)", "text(3)", `t.char("n", { length: 3 })`],
  ["citext", "text", `t.raw("n", { postgresql: "citext", sqlite: "text" })`],
  ["json", "text", `t.json("n")`],
  ["jsonb", "text", `t.jsonb("n")`],
  ["jsonb", "blob", `t.raw("n", { postgresql: "jsonb", sqlite: "blob" })`],
  ["uuid", "text", `t.uuid("n")`],
  ["uuid", "blob", `t.raw("n", { postgresql: "uuid", sqlite: "blob" })`],
  ["bytea", "blob", `t.bytea("n")`],
  ["text[]", "text", `t.text("n", { array: true })`],
  ["integer[][]", "text", `t.integer("n", { array: 2 })`],
  ["inet", "text", `t.raw("n", { postgresql: "inet", sqlite: "text" })`],
  [
    "geometry(Point,4326)",
    "blob",
    `t.raw("n", { postgresql: "geometry(Point,4326)", sqlite: "blob" })`,
  ],
];

/** A type as it comes from Drizzle's schema. */
const asRead = (text: string) => ({ kind: "raw", postgresql: text, sqlite: text }) as const;

const withColumns = (...columns: readonly Column[]) => schema([table("t", columns)]);
const written = (postgresql: Column, sqlite: Column) =>
  draft(empty, both(withColumns(postgresql), withColumns(sqlite)))
    .replace(/^op\.createTable\(\s*"t",\s*\[\s*|,?\s*\],?\s*\);$/g, "")
    .replace(/\s+/g, " ");

describe("types that go together", () => {
  test.each(pairs)("%s and %s", (one, other, code) => {
    expect(goTogether(asRead(one), asRead(other))).toBe(true);
    const columns = [column("n", postgresType(one)), column("n", sqliteType(other))] as const;
    expect(written(...columns)).toBe(code);
    const call = /t\.\w+/.exec(code)?.[0] ?? "";
    expect(page).toContain(call);
  });

  test("a key that numbers its rows", () => {
    const numbered = { notNull: true, identity: { generated: "byDefault", options: {} } } as const;
    const to = (first: Column) => schema([table("t", [first], [key()])]);
    const counting = column("id", "integer", { notNull: true, autoIncrement: true });
    const one = (postgresql: Column, other = id) => draft(empty, both(to(postgresql), to(other)));
    expect(one(column("id", "integer", numbered))).toContain(
      `t.integer("id", { notNull: true, identity: "byDefault" })`,
    );
    expect(one(column("id", "serial", { notNull: true }))).toContain(
      `t.serial("id", { notNull: true })`,
    );
    expect(one(column("id", "integer", numbered), counting)).toContain(
      `t.integer("id", { notNull: true, identity: "byDefault", autoIncrement: true })`,
    );
  });

  test("an identity that is no key is PostgreSQL's alone", () => {
    const identity = { generated: "always", options: {} } as const;
    const one = column("n", "integer", { notNull: true, identity });
    expect(written(one, column("n", "integer", { notNull: true }))).toBe(
      `{ postgresql: t.integer("n", { notNull: true, identity: "always" }), sqlite: t.integer("n", { notNull: true }), }`,
    );
  });
});

describe("defaults", () => {
  const one = (
    postgresql: Column["default"],
    sqlite: Column["default"],
    kind: "boolean" | "text",
  ) =>
    written(
      column("n", kind, postgresql === undefined ? {} : { default: postgresql }),
      column(
        "n",
        kind === "boolean" ? "integer" : kind,
        sqlite === undefined ? {} : { default: sqlite },
      ),
    );

  test.each([
    [false, 0, "boolean", `t.boolean("n", { default: false })`],
    [true, { sql: "1" }, "boolean", `t.boolean("n", { default: true })`],
    ["x", { sql: "'x'" }, "text", `t.text("n", { default: "x" })`],
    ["x", "y", "text", `t.text("n", { default: { postgresql: "x", sqlite: "y" } })`],
    [undefined, "y", "text", `t.text("n", { default: { postgresql: null, sqlite: "y" } })`],
    [
      { sql: "now()" },
      undefined,
      "text",
      't.text("n", { default: { postgresql: sql`now()`, sqlite: null } })',
    ],
  ] as const)("%o and %o", (postgresql, sqlite, kind, code) => {
    expect(one(postgresql, sqlite, kind)).toBe(code);
  });
});

describe("what differs", () => {
  const users = (more: Parameters<typeof table>[2] = [], columns: readonly Column[] = []) =>
    schema([table("users", [id, ...columns], [key(), ...more])]);
  const from = both(users(), users());

  test("a check, a predicate, an expression", () => {
    const to = (length: string) =>
      users([
        check("short", `${length}(id) < 9`),
        index("by", [{ sql: `${length}(id)` }], { where: { sql: `${length}(id) > 1` } }),
      ]);
    expect(draft(from, both(to("char_length"), to("length")))).toBe(`op.addConstraint(
  "users",
  check("short", { postgresql: sql\`char_length(id) < 9\`, sqlite: sql\`length(id) < 9\` }),
);
op.createIndex(
  "by",
  "users",
  [{ on: { postgresql: sql\`char_length(id)\`, sqlite: sql\`length(id)\` } }],
  { where: { postgresql: sql\`char_length(id) > 1\`, sqlite: sql\`length(id) > 1\` } },
);`);
  });

  test("a column and a constraint of one alone", () => {
    const to = both(
      users([unique("u", ["a"])], [column("a")]),
      users([unique("u", ["a"])], [column("a"), column("b")]),
    );
    expect(draft(from, to)).toBe(`op.batchAlterTable("users", (users) => {
  users.addColumn(t.text("a"));
  users.on("sqlite", (users) => {
    users.addColumn(t.text("b"));
  });
  users.addConstraint(unique("u", ["a"]));
});`);
  });

  test("a whole table of one alone, and what SQLite reads over", () => {
    const to = both({ ...users(), enums: [{ name: "mood", values: ["a"] }] }, schema([]));
    expect(draft(empty, to)).toBe(`op.createEnum("mood", ["a"]);
op.on("postgresql", (op) => {
  op.createTable("users", [t.integer("id", { notNull: true })], [primaryKey("t_pkey", ["id"])]);
});`);
  });
});

describe("foreign keys", () => {
  const tags = table("tags", [id], [key(["id"], "tags_pkey")]);
  const posts = (
    parts: NonNullable<Parameters<typeof table>[2]>,
    columns: readonly Column[] = [],
  ) => table("posts", [id, ...columns], [key(["id"], "posts_pkey"), ...parts]);
  const tag = column("tag", "integer");
  const alike = (tables: Parameters<typeof schema>[0]) => both(schema(tables), schema(tables));

  test("stand beside their column where the other table is there", () => {
    const to = alike([posts([reference("fk", "tag", "tags")], [tag]), tags]);
    expect(draft(alike([posts([]), tags]), to)).toBe(`op.batchAlterTable("posts", (posts) => {
  posts.addColumn(t.integer("tag"));
  posts.addConstraint(foreignKey("fk", ["tag"], "tags", ["id"]));
});`);
    expect(draft(to, alike([posts([]), tags]))).toBe(`op.batchAlterTable("posts", (posts) => {
  posts.dropConstraint("fk");
  posts.dropColumn("tag");
});`);
  });

  test("wait for a table that comes, on both", () => {
    const to = alike([posts([reference("fk", "tag", "tags")], [tag]), tags]);
    expect(draft(alike([posts([])]), to)).toBe(`op.addColumn("posts", t.integer("tag"));
op.createTable("tags", [t.integer("id", { notNull: true })], [primaryKey("tags_pkey", ["id"])]);
op.addConstraint("posts", foreignKey("fk", ["tag"], "tags", ["id"]));`);
  });

  test("have one name where drizzle-kit would give two", () => {
    const named = (name: string, derived: boolean) =>
      schema([
        tags,
        posts([reference(name, "tag", "tags", derived ? { derivedName: true } : {})], [tag]),
      ]);
    const names = (to: Both<Schema>) => draft(alike([posts([]), tags]), to).match(/"\w*fk\w*"/g);
    expect(names(both(named("a_fkey", true), named("fk_a", true)))).toEqual(['"a_fkey"']);
    expect(names(both(named("a_fkey", true), named("fk_own", false)))).toEqual(['"fk_own"']);
    expect(names(both(named("own_fk", false), named("fk_a", true)))).toEqual(['"own_fk"']);
    expect(names(both(named("own_fk", false), named("fk_own", false)))).toEqual([
      '"own_fk"',
      '"fk_own"',
    ]);
  });
});
