import { t } from "../../../../src/operations/columns.ts";
import { check, foreignKey, unique } from "../../../../src/operations/constraints.ts";
import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

export const changes: Family = {
  name: "changes",
  before: `CREATE TABLE users (id int PRIMARY KEY, name text DEFAULT 'x', age int, code text COLLATE "C", number int,
  twice int GENERATED ALWAYS AS (id * 2) STORED);
INSERT INTO users (id, name, age, number) VALUES (1, 'Ann', 30, 4), (2, NULL, 40, 7), (3, 'Cy', NULL, 9)`,
  up: {
    "new columns": (op) => {
      op.addColumn("users", t.text("note"), { before: "age" });
      op.addColumn("users", t.text("slug", { notNull: true }), { backfill: sql`'u' || id` });
      op.addColumn("users", t.integer("score", { default: 5, notNull: true, comment: "points" }), {
        backfill: sql`coalesce(age, ${0}) * 10`,
        after: "age",
      });
      op.addColumn("users", t.integer("rank", { identity: "always" }), { backfill: "id * 100" });
      op.addColumn("users", t.text("maybe", { default: "new" }), { backfill: sql`name` });
      op.addColumn("users", t.boolean("alive", { comment: "it's \\ so" }));
    },
    "values of rows": (op) => {
      op.alterColumn("users", "name", { backfill: sql`'nobody'`, notNull: true });
      op.alterColumn("users", "age", {
        type: t.bigint("age").type,
        using: sql`age + ${1}`,
        backfill: "0",
        notNull: true,
        default: 7,
        comment: "in years",
      });
      op.alterColumn("users", "note", {
        using: sql`upper(name)`,
        backfill: sql`''`,
        notNull: true,
      });
      op.alterColumn("users", "note", { notNull: false, comment: null, autoIncrement: true });
      op.alterColumn("users", "note", { autoIncrement: false });
    },
    collations: (op) => {
      op.alterColumn("users", "name", { type: t.text("name").type, collation: "C" });
      op.alterColumn("users", "code", { type: t.text("name").type, collation: null });
      op.alterColumn("users", "slug", {
        type: t.varchar("slug", { length: 20 }).type,
        collation: { postgresql: { schema: "pg_catalog", name: "POSIX" }, sqlite: "nocase" },
        using: "left(slug, 20)",
      });
    },
    "numbers of rows": (op) => {
      op.alterColumn("users", "number", { notNull: true, identity: "byDefault" });
      op.alterColumn("users", "number", {
        identity: { generated: "always", increment: 5, startWith: "100", cycle: true },
      });
      op.alterColumn("users", "rank", { identity: null, notNull: false });
    },
    "a column that is computed no longer": (op) =>
      op.alterColumn("users", "twice", { generated: null, default: 1 }),
    "constraints, old and new": (op) =>
      op.batchAlterTable(
        "users",
        (users) => {
          users.addConstraint(
            foreignKey("users_number_fk", ["id"], "users", ["id"], { notValid: true }),
          );
          users.addConstraint(check("users_age_check", "age > 0", { notValid: true }));
          users.addConstraint(unique("users_slug_key", ["slug"], { comment: "short" }));
          users.renameConstraint("users_slug_key", "users slug key");
          users.validateConstraint("users_number_fk");
        },
        { recreate: "always", copyFrom: "CREATE TABLE users (id int)" },
      ),
  },
  down: (op) =>
    op.batchAlterTable("users", (users) => {
      users.dropConstraint("users slug key");
      users.dropConstraint("users_age_check");
      users.dropConstraint("users_number_fk");
      for (const column of ["note", "slug", "score", "rank", "maybe", "alive"]) {
        users.dropColumn(column);
      }
      users.alterColumn("number", { identity: null, notNull: false });
      users.alterColumn("name", {
        type: t.text("name").type,
        collation: { postgresql: null, sqlite: "nocase" },
        notNull: false,
      });
      users.alterColumn("code", { type: t.text("code").type, collation: "C" });
      users.dropColumn("twice");
      users.alterColumn("age", {
        type: t.integer("age").type,
        notNull: false,
        default: null,
        comment: null,
      });
      users.addColumn(t.integer("twice", { generated: sql`id * 2` }));
    }),
};
