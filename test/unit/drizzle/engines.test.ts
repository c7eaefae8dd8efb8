/** What is read, on real databases: they take it, and its defaults are what the ORM itself would have stored. */
import { createRequire } from "node:module";
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { value as valueText } from "../../../src/dialects/postgresql/write.ts";
import { defaultText } from "../../../src/dialects/sqlite/write.ts";
import type { ColumnType } from "../../../src/model/column-type.ts";
import type { Column, Constraint, ObjectName, Schema } from "../../../src/model/schema.ts";
import { createDatabase, forEachServer, session } from "../../support/postgres/database.ts";
import { createProject, forEachVersion, readProject, type Version, versions } from "./support.ts";

const quote = (name: string) => `"${name}"`;
const nameText = (name: ObjectName) =>
  typeof name === "string" ? quote(name) : `${quote(name.schema)}.${quote(name.name)}`;

function typeText(type: ColumnType): string {
  if (type.kind === "array") return typeText(type.of) + "[]".repeat(type.dimensions);
  if (type.kind === "enum") return nameText(type.name);
  return type.kind === "raw" ? type.postgresql : type.kind;
}

function constraintText(it: Constraint): string {
  const columns = "columns" in it ? it.columns.map(quote).join(", ") : "";
  switch (it.kind) {
    case "primaryKey":
      return `PRIMARY KEY (${columns})`;
    case "unique":
      return `UNIQUE ${it.nullsNotDistinct ? "NULLS NOT DISTINCT " : ""}(${columns})`;
    case "check":
      return `CHECK (${it.expression.sql})`;
    case "foreignKey":
      return `FOREIGN KEY (${columns}) REFERENCES ${nameText(it.table)} (${it.references.map(quote).join(", ")})`;
  }
}

/** The statements that make a schema, as plainly as can be. */
function statements(schema: Schema, columnDefault: (column: Column) => string): readonly string[] {
  return [
    ...schema.namespaces.map(({ name }) => `CREATE SCHEMA ${quote(name)}`),
    ...schema.enums.map(
      ({ name, values }) =>
        `CREATE TYPE ${nameText(name)} AS ENUM (${values.map((it) => `'${it.replaceAll("'", "''")}'`).join(", ")})`,
    ),
    ...schema.tables.map(({ name, columns, constraints }) => {
      const items = columns.map(
        (column) =>
          `${quote(column.name)} ${typeText(column.type)}${column.notNull ? " NOT NULL" : ""}${columnDefault(column)}` +
          (column.generated
            ? ` GENERATED ALWAYS AS (${column.generated.as.sql}) ${column.generated.stored ? "STORED" : "VIRTUAL"}`
            : ""),
      );
      return `CREATE TABLE ${nameText(name)} (${[...items, ...constraints.map(constraintText)].join(", ")})`;
    }),
    ...schema.tables.flatMap(({ name, indexes }) =>
      indexes.map(({ name: index, unique, columns, where, method, with: parameters }) => {
        const items = columns.map(({ of, order, nulls, operatorClass }) =>
          [
            typeof of === "string" ? quote(of) : `(${of.sql})`,
            operatorClass,
            order,
            nulls && `NULLS ${nulls}`,
          ]
            .filter(Boolean)
            .join(" "),
        );
        const options = Object.entries(parameters ?? {}).map(([key, value]) => `${key} = ${value}`);
        return `CREATE ${unique ? "UNIQUE " : ""}INDEX ${quote(index)} ON ${nameText(name)} ${method ? `USING ${method} ` : ""}(${items.join(", ")})${options.length > 0 ? ` WITH (${options.join(", ")})` : ""}${where ? ` WHERE ${where.sql}` : ""}`;
      }),
    ),
    ...schema.views.map(
      ({ name, materialized, definition }) =>
        `CREATE ${materialized ? "MATERIALIZED " : ""}VIEW ${nameText(name)} AS ${definition.sql}`,
    ),
    ...schema.tables.flatMap(({ name, policies }) =>
      policies.map(
        ({ name: policy, as, for: action, to, using, withCheck }) =>
          `CREATE POLICY ${quote(policy)} ON ${nameText(name)} AS ${as} FOR ${action} TO ${to.join(", ")}${using ? ` USING (${using.sql})` : ""}${withCheck ? ` WITH CHECK (${withCheck.sql})` : ""}`,
      ),
    ),
  ];
}

/** The project's own drizzle on a client. */
function ormOn(version: Version, driver: string, client: unknown) {
  const require = createRequire(import.meta.url);
  const { drizzle } = require(join(versions[version], driver)) as {
    drizzle(config: object): {
      insert(table: unknown): { values(row: object): PromiseLike<unknown> & { run?(): unknown } };
    };
  };
  return drizzle({ client });
}

/** A schema file, and the defaults of its first table as the ORM would insert them. */
async function project(version: Version, source: string) {
  const root = createProject(version, { "schema.ts": source });
  const { createLoader } = await import("../../../src/load/loader.ts");
  const exports = await createLoader({ root, builtins: {} }).import("schema.ts");
  return { root, table: exports.it, row: exports.row as object };
}

const array = (version: Version, depth = 1) =>
  version === "0.45" ? ".array()".repeat(depth) : `.array("${"[]".repeat(depth)}")`;

const postgresql = (version: Version) => `
import { sql, and, gt, eq } from "drizzle-orm";
import { alias, bigint, boolean, check, customType, date, foreignKey, index, inet, integer, interval, json, jsonb, line, numeric, pgEnum, pgMaterializedView, pgPolicy, pgSchema, pgTable, pgView, point, primaryKey, real, text, time, timestamp, unique, uniqueIndex, uuid, varchar } from "drizzle-orm/pg-core";
const app = pgSchema("app");
const mood = app.enum("mood", { Sad: "it's", Ok: 'so "so"' });
const upper = customType({ dataType: () => "text", toDriver: (value) => value.toUpperCase() });
export const row = {
  a: "it's \\\\ \\"x\\"", b: 7, c: 9007199254740993n, d: true, e: "1.50", f: new Date(1704067199123), g: new Date(1704067199123), h: new Date("2024-02-29T23:30:00Z"),
  i: { a: "it's", b: [1, null, "\\\\"] }, j: [1, "x"], k: ["a", 'b"c', "d\\\\e", "{,}", "", "NULL"], l: [[1, 2], [3, 4]], m: "it's", n: ["it's", 'so "so"'],
  o: [1, 2], p: { x: 1.5, y: 2 }, q: [1, 2, 3], r: "1 day", s: "12:30:00", t: "loud", u: -1.5, v: "10.0.0.1", w: "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", x: [true, false],
  y: [new Date(1704067199123)], z: 5, aa: "2024-02-29", ab: [[1, 2], [3, 4]], ac: [10n, 20n],
};
export const it = app.table("it", {
  a: text("a").default(row.a), b: integer("b").default(row.b), c: bigint("c", { mode: "bigint" }).default(row.c), d: boolean("d").default(row.d), e: numeric("e", { precision: 10, scale: 2 }).default(row.e),
  f: timestamp("f", { precision: 3, withTimezone: true }).default(row.f), g: timestamp("g").default(row.g), h: date("h", { mode: "date" }).default(row.h), i: jsonb("i").default(row.i), j: json("j").default(row.j),
  k: text("k")${array(version)}.default(row.k), l: integer("l")${array(version, 2)}.default(row.l), m: mood("m").default(row.m), n: mood("n")${array(version)}.default(row.n), o: point("o").default(row.o), p: point("p", { mode: "xy" }).default(row.p),
  q: line("q").default(row.q), r: interval("r").default(row.r), s: time("s").default(row.s), t: upper("t").default(row.t), u: real("u").default(row.u), v: inet("v").default(row.v), w: uuid("w").default(row.w),
  x: boolean("x")${array(version)}.default(row.x), y: timestamp("y", { withTimezone: true })${array(version)}.default(row.y), z: numeric("z", { mode: "number" }).default(row.z), aa: date("aa").default(row.aa),
  ab: point("ab")${array(version)}.default(row.ab), ac: bigint("ac", { mode: "bigint" })${array(version)}.default(row.ac),
});
export const parent = pgTable("parent", { id: integer("id").primaryKey().unique(), code: varchar("code", { length: 9 }).notNull().unique() });
export const rich = pgTable("rich", {
  a: integer("a").references(() => parent.id, { onDelete: "cascade" }), b: text("b"), c: bigint("c", { mode: "bigint" }), at: timestamp("at"),
  double: integer("double").generatedAlwaysAs(() => sql\`\${rich.a} * \${2}\`), now: timestamp("now").defaultNow(), id: uuid("id").defaultRandom(),
}, (t) => [
  primaryKey({ columns: [t.b, t.a] }), unique().on(t.a, t.c).nullsNotDistinct(), check("c1", and(gt(t.c, 5n), gt(t.at, new Date(0)))),
  index().on(t.a.desc(), t.b), index("x1").on(sql\`lower(\${t.b}) text_pattern_ops desc nulls last\`), uniqueIndex("x2").on(sql\`\${t.a} desc\`).where(and(gt(t.c, -5n), eq(t.b, "it's"))),
  index("x3").using("btree", t.b.op("text_pattern_ops")).with({ fillfactor: 70 }), index("x4").using("hash", t.b), foreignKey({ columns: [t.b], foreignColumns: [parent.code] }),
  pgPolicy("p1", { for: "select", using: sql\`exists (select 1 from \${parent} where \${parent.id} = \${t.a})\` }),
]);
export const v = app.view("v").as((qb) => { const other = alias(rich, "other"); const top = qb.$with("top").as(qb.select({ id: parent.id }).from(parent).where(gt(parent.id, 5)));
  return qb.with(top).select({ a: rich.a, n: sql\`\${other.c}\`.as("n") }).from(rich).innerJoin(other, eq(other.a, rich.a)).where(sql\`\${rich.a} in (select \${top.id} from \${top}) and \${eq(rich.b, "it's")}\`); });
export const mv = pgMaterializedView("mv").as((qb) => qb.select().from(parent).where(eq(parent.code, "x")));
`;

const sqlite = `
import { sql, and, gt, eq, desc } from "drizzle-orm";
import { blob, check, customType, foreignKey, index, integer, numeric, primaryKey, real, sqliteTable, sqliteView, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";
const upper = customType({ dataType: () => "text", toDriver: (value) => value.toUpperCase() });
export const row = {
  a: "it's \\\\ \\"x\\"", b: 7, c: true, d: new Date(1704067199999), e: new Date(1704067199999), f: { a: "it's", b: [1, null] }, g: Buffer.from("hi"), h: { a: 1 }, i: 12345678901234567890n,
  j: 1.5, k: "1.50", l: 9007199254740993n, m: "loud", n: [], o: false, p: -3, q: 2.25,
};
export const it = sqliteTable("it", {
  a: text("a").default(row.a), b: integer("b").default(row.b), c: integer("c", { mode: "boolean" }).default(row.c), d: integer("d", { mode: "timestamp" }).default(row.d), e: integer("e", { mode: "timestamp_ms" }).default(row.e),
  f: text("f", { mode: "json" }).default(row.f), g: blob("g", { mode: "buffer" }).default(row.g), h: blob("h", { mode: "json" }).default(row.h), i: blob("i", { mode: "bigint" }).default(row.i), j: real("j").default(row.j),
  k: numeric("k").default(row.k), l: numeric("l", { mode: "bigint" }).default(row.l), m: upper("m").default(row.m), n: text("n", { mode: "json" }).default(row.n), o: integer("o", { mode: "boolean" }).default(row.o), p: integer("p").default(row.p),
  q: numeric("q", { mode: "number" }).default(row.q),
});
export const parent = sqliteTable("parent", { id: integer("id").primaryKey(), code: text("code").notNull().unique() });
export const rich = sqliteTable("rich", {
  a: integer("a").references(() => parent.id), b: text("b"), done: integer("done", { mode: "boolean" }), at: integer("at", { mode: "timestamp" }), made: text("made").default(sql\`CURRENT_TIMESTAMP\`), later: text("later").default(sql\`(date('now', '+1 day'))\`),
  double: integer("double").generatedAlwaysAs(() => sql\`\${rich.a} * \${2}\`), loud: text("loud").generatedAlwaysAs(sql\`upper(b)\`, { mode: "stored" }),
}, (t) => [
  primaryKey({ columns: [t.b, t.a] }), unique().on(t.a, t.done), check("c1", and(gt(t.at, new Date(0)), eq(t.done, true))),
  index("x1").on(sql\`lower(\${t.b}) desc\`, t.a), uniqueIndex("x2").on(desc(t.a)).where(and(eq(t.done, true), gt(t.at, new Date(0)), gt(t.a, -5))), foreignKey({ columns: [t.b], foreignColumns: [parent.code] }),
]);
export const v = sqliteView("v").as((qb) => qb.select({ a: rich.a, n: sql\`\${parent.code}\`.as("n") }).from(rich).innerJoin(parent, eq(parent.id, rich.a)).where(and(eq(rich.done, true), gt(rich.at, new Date(0)))));
`;

forEachVersion((version) => {
  forEachServer((server) => {
    test("PostgreSQL takes it, and its defaults are those of the ORM", async () => {
      const { root, table, row } = await project(version, postgresql(version));
      const schema = await readProject(root, { dialect: "postgresql" });
      await session(await createDatabase(server), async (client) => {
        const columnDefault = ({ default: value }: Column) =>
          value === undefined ? "" : ` DEFAULT ${valueText(value)}`;
        for (const statement of statements(schema, columnDefault)) await client.query(statement);
        await client.query("INSERT INTO app.it DEFAULT VALUES");
        await ormOn(version, "node-postgres", client).insert(table).values(row);
        const { rows } = await client.query("SELECT to_jsonb(it) - 'j' AS it, j::text FROM app.it");
        expect(rows).toHaveLength(2);
        expect(rows[0]).toEqual(rows[1]);
      });
    });
  });

  describe("SQLite", () => {
    test("takes it, and its defaults are those of the ORM", async () => {
      const { root, table, row } = await project(version, sqlite);
      const schema = await readProject(root, { dialect: "sqlite" });
      const database = new Database(":memory:");
      const columnDefault = ({ default: value }: Column) =>
        value === undefined ? "" : ` DEFAULT ${defaultText(value)}`;
      for (const statement of statements(schema, columnDefault)) database.exec(statement);
      database.exec("INSERT INTO it DEFAULT VALUES");
      await ormOn(version, "better-sqlite3", database).insert(table).values(row);
      const names = schema.tables.find(({ name }) => name === "it")?.columns ?? [];
      const shown = names.map(({ name }) => `quote(${quote(name)}) AS ${quote(name)}`);
      const rows = database.prepare(`SELECT ${shown.join(", ")} FROM it`).all();
      expect(rows).toHaveLength(2);
      expect(rows[0]).toEqual(rows[1]);
    });
  });
});
