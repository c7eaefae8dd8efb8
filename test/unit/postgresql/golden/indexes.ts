import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

const blog = (name: string) => ({ schema: "My Blog", name });

export const indexes: Family = {
  name: "indexes",
  before: `CREATE SCHEMA "My Blog"; CREATE TABLE "My Blog".posts (id int, "Title" text, tags text[], at timestamptz);
CREATE TABLE users (id int, email text, age int);
CREATE TABLE parted (id int) PARTITION BY LIST (id); CREATE TABLE part PARTITION OF parted FOR VALUES IN (1)`,
  up: {
    "every option": (op) => {
      op.createIndex(
        "everything",
        "users",
        [
          {
            on: "email",
            collation: "C",
            operatorClass: "text_pattern_ops",
            order: "desc",
            nulls: "last",
          },
          {
            on: sql`lower(email) || ${"x"}`,
            collation: { schema: "pg_catalog", name: "POSIX" },
            order: "asc",
          },
          { on: "age", nulls: "first" },
        ],
        {
          unique: true,
          method: "btree",
          include: ["id"],
          nullsNotDistinct: true,
          with: { fillfactor: 70, deduplicate_items: false },
          where: sql`age > ${18}`,
          comment: "all of it",
        },
      );
      op.createIndex("posts tags", blog("posts"), ["tags"], {
        method: "gin",
        with: { fastupdate: false },
        ifNotExists: true,
        comment: "of the blog",
      });
      op.createIndex("classes", "users", [
        { on: "email", operatorClass: "pg_catalog.varchar_pattern_ops" },
        { on: sql`age + 1`, operatorClass: "int4_ops" },
      ]);
      op.createIndex(
        "signed",
        blog("posts"),
        [{ on: sql`to_tsvector('simple', "Title")`, operatorClass: "tsvector_ops(siglen=16)" }],
        { method: "gist", with: { buffering: "auto" } },
      );
      op.createIndex("brin", blog("posts"), ["at"], {
        method: "brin",
        with: { pages_per_range: 4 },
      });
      op.createIndex("only this", "parted", ["id"], { only: true });
    },
    "beside others": (op) => {
      op.createIndex("busy", blog("posts"), [{ on: "Title", order: "desc" }], {
        unique: true,
        concurrently: true,
        ifNotExists: true,
        comment: "built beside others",
      });
      op.comment({ table: blog("posts"), index: "busy" }, "and said again");
      op.comment({ table: blog("posts"), column: "Title" }, "what it is called");
      op.createIndex("alone", "users", ["id"], { only: true, concurrently: true });
      op.dropIndex("alone", "users", { concurrently: true });
    },
    renames: (op) => {
      op.renameIndex("users", "everything", "Everything");
      op.renameIndex(blog("posts"), "busy", 'so "busy"');
    },
  },
  down: (op) => {
    op.comment({ table: blog("posts"), column: "Title" }, null);
    op.dropIndex('so "busy"', blog("posts"), { ifExists: true });
    for (const name of ["posts tags", "signed", "brin"]) op.dropIndex(name, blog("posts"));
    for (const name of ["Everything", "classes", "only this"]) op.dropIndex(name, "users");
  },
};
