/**
 * Add activities
 *
 * A branch of its own: the people who work on activities need the first tables, and nothing after them.
 *
 * Revision:  ac10a7e5f001
 * Revises:   none
 * Created:   2026-02-15T12:00:00Z
 */
import { foreignKey, type Op, primaryKey, sql, t } from "drizzle-mig";

export const revision = "ac10a7e5f001";
export const downRevision = null;
export const branchLabels = ["activities"];
export const dependsOn = ["0001"];

export function upgrade(op: Op) {
  op.createTable(
    "activities",
    [
      t.integer("id", { notNull: true, identity: "byDefault" }),
      t.integer("user_id", { notNull: true }),
      t.integer("application_id"),
      t.varchar("kind", { length: 40, notNull: true }),
      t.timestamp("created_at", { timezone: true, notNull: true, default: sql`CURRENT_TIMESTAMP` }),
    ],
    [
      primaryKey("activities_pkey", ["id"]),
      foreignKey("activities_user_id_users_id_fk", ["user_id"], "users", ["id"], {
        onDelete: "cascade",
      }),
      foreignKey(
        "activities_application_id_job_applications_id_fk",
        ["application_id"],
        "job_applications",
        ["id"],
        { onDelete: "cascade" },
      ),
    ],
  );
  op.createIndex("activities_user_id_created_at_idx", "activities", ["user_id", "created_at"]);
}

export function downgrade(op: Op) {
  op.dropTable("activities");
}
