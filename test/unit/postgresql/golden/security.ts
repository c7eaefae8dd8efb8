import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

const blog = (name: string) => ({ schema: "My Blog", name });

export const security: Family = {
  name: "security",
  roles: ["golden reader", "golden_writer", "Golden writer"],
  before: `CREATE SCHEMA "My Blog"; CREATE TYPE "My Blog".mood AS ENUM ('sad'); CREATE SEQUENCE "My Blog".numbers;
CREATE TABLE "My Blog".posts (id int, "Owner" text, title text)`,
  up: {
    roles: (op) => {
      op.createRole("golden reader");
      op.createRole("golden_writer", {
        login: true,
        createDb: false,
        createRole: false,
        inherit: true,
        bypassRowSecurity: false,
        comment: "writes",
      });
      op.alterRole("golden_writer", { login: false, createDb: true, bypassRowSecurity: true });
      op.renameRole("golden_writer", "Golden writer");
    },
    privileges: (op) => {
      op.grant(["usage"], { schema: "My Blog" }, ["golden reader", "public"]);
      op.grant(["SELECT", "INSERT"], { table: blog("posts") }, ["Golden writer"], {
        grantOption: true,
      });
      op.grant(["SELECT", "UPDATE"], { table: blog("posts"), columns: ["id", "Owner"] }, [
        "golden reader",
      ]);
      op.grant(["ALL"], { sequence: blog("numbers") }, ["Golden writer", "current_user"]);
      op.grant(["USAGE"], { type: blog("mood") }, ["golden reader"]);
      op.grant(["ALL PRIVILEGES"], { table: blog("posts") }, ["session_user", "current_role"]);
      op.revoke(["INSERT"], { table: blog("posts") }, ["Golden writer"], { grantOption: true });
      op.revoke(["UPDATE"], { table: blog("posts"), columns: ["id"] }, ["golden reader"]);
    },
    policies: (op) => {
      op.rowSecurity(blog("posts"), { enabled: true, forced: true });
      op.createPolicy("everyone", blog("posts"));
      op.createPolicy('own "posts"', blog("posts"), {
        as: "restrictive",
        for: "update",
        to: ["golden reader", "current_user", "session_user", "current_role"],
        using: sql`"Owner" = current_user`,
        withCheck: sql`title <> ${"it's"}`,
        comment: "their own",
      });
      op.alterPolicy('own "posts"', blog("posts"), { to: ["public"], using: "true" });
      op.alterPolicy("everyone", blog("posts"), { withCheck: "id > 0" });
      op.renamePolicy(blog("posts"), "everyone", "Everyone");
      op.rowSecurity(blog("posts"), { forced: false });
    },
  },
  down: (op) => {
    op.dropPolicy("Everyone", blog("posts"));
    op.dropPolicy('own "posts"', blog("posts"), { ifExists: true });
    op.rowSecurity(blog("posts"), { enabled: false });
    op.revoke(["ALL"], { table: blog("posts") }, ["golden reader", "Golden writer"]);
    op.revoke(["ALL"], { sequence: blog("numbers") }, ["Golden writer"]);
    op.revoke(["ALL"], { type: blog("mood") }, ["golden reader"]);
    op.revoke(["ALL"], { schema: "My Blog" }, ["golden reader", "public"]);
    op.dropRole("golden reader");
    op.dropRole("Golden writer", { ifExists: true });
  },
};
