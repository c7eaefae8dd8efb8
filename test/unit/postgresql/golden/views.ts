import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

const blog = (name: string) => ({ schema: "My Blog", name });

export const views: Family = {
  name: "views",
  before: `CREATE SCHEMA "My Blog"; CREATE TABLE users (id int, name text); INSERT INTO users VALUES (1, 'Ann'), (2, 'Bo')`,
  up: {
    plain: (op) => {
      op.createView("names", sql`SELECT id, name FROM users WHERE id > ${0}`);
      op.createView(blog("Named"), "SELECT id, name FROM users;  -- all", {
        columns: ["user id", "user name"],
        with: { security_barrier: true, check_option: "local" },
        comment: "who there is",
      });
      op.createView("names", "SELECT id, name, 1 AS one FROM users -- more", { orReplace: true });
      op.renameView(blog("Named"), "named");
    },
    materialized: (op) => {
      op.createView(blog("Kept"), sql`SELECT id, name FROM users -- kept`, {
        materialized: true,
        columns: ["id", "called"],
        using: "heap",
        with: { fillfactor: 70, autovacuum_enabled: false, "toast.autovacuum_enabled": true },
        tablespace: "pg_default",
        withNoData: true,
        comment: "kept",
      });
      op.createView(
        "copies",
        { postgresql: sql`SELECT 1 AS id`, sqlite: null },
        { materialized: true },
      );
      op.refreshView(blog("Kept"));
      op.createIndex("kept_key", blog("Kept"), ["id"], { unique: true });
      op.refreshView(blog("Kept"), { concurrently: true });
      op.renameView("copies", "Copies", { materialized: true });
    },
  },
  down: (op) => {
    op.dropView("Copies", { materialized: true });
    op.dropView(blog("Kept"), { materialized: true, ifExists: true });
    op.dropView("names");
    op.dropView(blog("named"), { ifExists: true });
  },
};
