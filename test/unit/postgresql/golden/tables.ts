import { t } from "../../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../../src/operations/constraints.ts";
import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

export const tables: Family = {
  name: "tables",
  before: `CREATE SCHEMA "My Blog"; CREATE TYPE "My Blog".mood AS ENUM ('sad', 'happy'); CREATE TABLE others (id int PRIMARY KEY)`,
  up: {
    "columns of every kind": (op) =>
      op.createTable("people", [
        t.smallserial("small"),
        t.serial("middle"),
        t.bigserial("big"),
        t.bigint("always", {
          identity: {
            generated: "always",
            startWith: 10,
            increment: -2,
            minValue: -(2n ** 63n),
            maxValue: 100,
            cache: 5,
            cycle: true,
          },
        }),
        t.enum("mood", { schema: "My Blog", name: "mood" }, { default: "happy" }),
        t.text("tags", { array: true, notNull: true, default: sql`'{}'` }),
        t.numeric("grid", { precision: 10, scale: 2, array: 2 }),
        t.timestamp("seen", { timezone: true, precision: 3, array: true }),
        t.enum("moods", { schema: "My Blog", name: "mood" }, { array: true }),
        t.raw("words", { postgresql: "tsvector", sqlite: "text" }, { array: true }),
        t.text("name", { collation: "C", notNull: true }),
        t.varchar("title", { length: 9, collation: { schema: "pg_catalog", name: "C" } }),
        t.text("shout", { generated: sql`upper(name)` }),
        t.integer("double", { generated: { as: { postgresql: "small * 2", sqlite: "1" } } }),
        t.integer("number", { autoIncrement: true }),
      ]),
    "constraints of every kind": (op) =>
      op.createTable(
        { schema: "My Blog", name: "Posts" },
        [
          t.integer("id"),
          t.integer("other id", { notNull: true }),
          t.text("slug"),
          t.text("body"),
          t.integer("order"),
        ],
        [
          primaryKey("Posts_pk", ["id"], { include: ["order"], deferrable: "immediate" }),
          unique("slug_key", ["slug", "other id"], {
            include: ["body", "order"],
            nullsNotDistinct: true,
            deferrable: "deferred",
          }),
          foreignKey("other_fk", ["other id"], "others", ["id"], {
            onDelete: "set default",
            onUpdate: "restrict",
            deferrable: "deferred",
          }),
          foreignKey("order_fk", ["order"], "others", ["id"], { deferrable: "immediate" }),
          check("slug_check", sql`slug <> ${"it's"}`),
          check("everywhere", { postgresql: null, sqlite: "1" }),
        ],
        { strict: true, withoutRowid: true },
      ),
    "renames and moves": (op) => {
      op.moveTable("people", "My Blog");
      op.renameTable({ schema: "My Blog", name: "people" }, "People");
      op.moveTable({ schema: "My Blog", name: "Posts" }, "public");
    },
  },
  down: (op) => {
    op.dropTable("Posts");
    op.dropTable({ schema: "My Blog", name: "People" });
  },
};
