import { t } from "../../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../../src/operations/constraints.ts";
import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

/** What revisions mostly do. */
export const operations: Family = {
  name: "operations",
  before: "",
  up: {
    "every type": (op) =>
      op.createTable("types", [
        t.text("text"),
        t.varchar("varchar"),
        t.varchar("varchar_50", { length: 50 }),
        t.char("char_2", { length: 2 }),
        t.char("char"),
        t.smallint("smallint"),
        t.integer("integer"),
        t.bigint("bigint"),
        t.real("real"),
        t.doublePrecision("double"),
        t.numeric("numeric"),
        t.numeric("numeric_10", { precision: 10 }),
        t.numeric("numeric_10_2", { precision: 10, scale: 2 }),
        t.boolean("boolean"),
        t.date("date"),
        t.time("time"),
        t.time("time_3", { precision: 3, timezone: true }),
        t.timestamp("timestamp"),
        t.timestamp("timestamp_0", { precision: 0, timezone: true }),
        t.interval("interval"),
        t.json("json"),
        t.jsonb("jsonb"),
        t.uuid("uuid"),
        t.bytea("bytea"),
        t.raw("raw", { postgresql: "integer[]", sqlite: "blob" }),
      ]),
    "every default": (op) =>
      op.createTable("defaults", [
        t.integer("id", { identity: "always" }),
        t.text("text", { default: "it's \\ here", notNull: true }),
        t.integer("integer", { default: -1 }),
        t.bigint("bigint", { default: 9007199254740993n }),
        t.boolean("boolean", { default: false }),
        t.doublePrecision("double", { default: Number.NaN }),
        t.timestamp("at", { timezone: true, default: new Date("2026-01-23T14:30:52Z") }),
        t.timestamp("now", { timezone: true, default: sql`now()` }),
        t.bytea("bytes", { default: Uint8Array.of(1, 255) }),
        t.jsonb("json", { default: { a: ["it's"] } }),
      ]),
    "tables and constraints": (op) => {
      op.execute("CREATE SCHEMA blog");
      op.createTable(
        "users",
        [
          t.integer("id", { identity: "byDefault", notNull: true }),
          t.text("email", { notNull: true }),
          t.integer("age"),
        ],
        [
          primaryKey("users_pkey", ["id"]),
          unique("users_email_unique", ["email", "age"]),
          check("users_age_check", sql`age > ${0}`),
        ],
      );
      op.createTable(
        { schema: "blog", name: "posts" },
        [t.integer("id"), t.integer("user_id")],
        [
          foreignKey("posts_user_fk", ["user_id"], "users", ["id"], {
            onDelete: "cascade",
            onUpdate: "set null",
          }),
        ],
      );
      op.createTable("users", [t.integer("id")], [], { ifNotExists: true });
      op.createTable("nothing", []);
    },
    rows: (op) => {
      op.insert("users", [
        { id: 101, email: "a'b@c\\d" },
        { email: "e", age: sql`1 + 1` },
        { id: 7n, email: "f", age: null },
      ]);
      op.insert("nothing", [{}, {}]);
    },
    "changes of columns": (op) => {
      op.addColumn("users", t.varchar("note", { length: 9, notNull: true, default: "1" }));
      op.renameColumn("users", "note", "remark");
      op.alterColumn("users", "remark", {
        type: t.integer("x").type,
        notNull: false,
        default: 2,
        using: sql`nullif(remark, ${""})::integer`,
      });
      op.alterColumn("users", "remark", { default: null });
      op.alterColumn("users", "remark", { type: t.bigint("x").type, default: null });
      op.alterColumn("users", "age", { notNull: false });
      op.dropColumn("users", "remark");
    },
    "changes of constraints, together": (op) =>
      op.batchAlterTable("users", (users) => {
        users.dropConstraint("users_age_check");
        users.addConstraint(check("users_age_range", "age BETWEEN 0 AND 200"));
        users.dropConstraint("users_email_unique");
        users.addConstraint(unique("users_email_key", ["email"]));
      }),
    indexes: (op) => {
      op.createIndex("users_email_idx", "users", ["email", sql`lower(email) || ${"x"}`], {
        unique: true,
        where: sql`age > ${18} OR age IS NULL`,
      });
      op.createIndex("posts_idx", { schema: "blog", name: "posts" }, ["id"], { ifNotExists: true });
      op.dropIndex("users_email_idx", "users");
      op.dropIndex("posts_idx", { schema: "blog", name: "posts" }, { ifExists: true });
    },
    "indexes beside others": (op) => {
      op.createIndex("users_age_idx", "users", ["age"], { concurrently: true });
      op.createIndex("users_age_idx", "users", ["age"], {
        unique: true,
        concurrently: true,
        ifNotExists: true,
      });
      op.dropIndex("users_age_idx", "users", { concurrently: true });
      op.dropIndex("users_age_idx", "users", { concurrently: true, ifExists: true });
    },
    "SQL and work": (op) => {
      op.execute("-- two\nUPDATE users SET age = 3; ;\nDELETE FROM users WHERE age > 3; -- done");
      op.execute(sql`UPDATE users SET email = ${"it's"} WHERE id = ${1}`);
      op.execute({ postgresql: sql`ANALYZE users`, sqlite: null });
      op.execute({ postgresql: null, sqlite: sql`PRAGMA optimize` });
      op.run("nothing", () => {});
    },
    "renames and drops": (op) => {
      op.renameTable("nothing", 'say "no"');
      op.renameTable({ schema: "blog", name: "posts" }, "articles");
      op.dropTable('say "no"');
      op.dropTable({ schema: "blog", name: "articles" }, { ifExists: true });
      op.dropTable("missing", { ifExists: true });
    },
  },
  down: (op) => {
    for (const table of ["types", "defaults", "users"]) op.dropTable(table);
    op.dropSchema("blog");
  },
};
