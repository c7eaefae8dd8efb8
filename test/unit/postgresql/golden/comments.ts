import { t } from "../../../../src/operations/columns.ts";
import { check, foreignKey, primaryKey, unique } from "../../../../src/operations/constraints.ts";
import type { CommentTarget } from "../../../../src/operations/kinds/objects.ts";
import type { Family } from "./family.ts";

const post = { schema: "My Blog", name: "Posts" };

const targets: readonly CommentTarget[] = [
  { table: post },
  { table: post, column: "Title" },
  { table: post, constraint: "title_check" },
  { table: post, index: "Posts_pk" },
  { table: post, policy: "all of it" },
  { view: { schema: "My Blog", name: "seen" } },
  { view: { schema: "My Blog", name: "kept" }, materialized: true },
  { enum: { schema: "My Blog", name: "mood" } },
  { sequence: { schema: "My Blog", name: "numbers" } },
  { schema: "My Blog" },
  { role: "golden_commented" },
];

export const comments: Family = {
  name: "comments",
  roles: ["golden_commented"],
  before: `CREATE SCHEMA "My Blog"; CREATE TYPE "My Blog".mood AS ENUM ('sad'); CREATE SEQUENCE "My Blog".numbers;
CREATE VIEW "My Blog".seen AS SELECT 1 AS one; CREATE MATERIALIZED VIEW "My Blog".kept AS SELECT 1 AS one`,
  up: {
    "with what they are of": (op) => {
      op.createRole("golden_commented");
      op.createTable(
        post,
        [t.integer("id", { comment: "it's" }), t.text("Title", { comment: "line\nline" })],
        [
          primaryKey("Posts_pk", ["id"], { comment: "key" }),
          unique("title_key", ["Title"], { comment: "once" }),
          check("title_check", "id > 0", { comment: "some" }),
          foreignKey("self_fk", ["id"], post, ["id"], { comment: "itself" }),
        ],
        { comment: "all -- of ; them" },
      );
      op.createPolicy("all of it", post);
      op.addColumn(post, t.text("late", { comment: "added" }));
      op.alterColumn(post, "late", { comment: "altered" });
      op.addConstraint(post, check("late_check", "late <> ''", { comment: "added" }));
    },
    "by themselves": (op) => {
      for (const target of targets)
        op.comment(target, `E'it''s \\ ${Object.keys(target).join(" ")}`);
      op.comment({ extension: "plpgsql" }, "PL/pgSQL procedural language");
    },
    gone: (op) => {
      op.comment({ table: post }, null);
      op.alterColumn(post, "late", { comment: null });
    },
  },
  down: (op) => {
    for (const target of targets) op.comment(target, null);
    op.dropTable(post);
    op.dropRole("golden_commented");
  },
};
