import { t } from "../../../../src/operations/columns.ts";
import { sql } from "../../../../src/operations/sql.ts";
import type { Family } from "./family.ts";

/** What only PostgreSQL 18 has. */
export const newer: Family = {
  name: "newer",
  before: "CREATE TABLE sums (a int, doubled int GENERATED ALWAYS AS (a * 2) STORED)",
  up: {
    "columns that are computed when they are read": (op) =>
      op.addColumn("sums", t.integer("tripled", { generated: { as: sql`a * 3`, stored: false } })),
    "computed in another way": (op) =>
      op.alterColumn("sums", "doubled", { generated: sql`a + a`, comment: "twice" }),
  },
  down: (op) => {
    op.alterColumn("sums", "doubled", { generated: sql`a * 2`, comment: null });
    op.dropColumn("sums", "tripled");
  },
};
