/**
 * Add interviews
 *
 * Revision:  9b1e0c4d2a77
 * Revises:   7c1e5b0f9a32
 * Created:   2026-02-02T10:15:00Z
 */
import { foreignKey, type Op, primaryKey, t } from "drizzle-mig";

export const revision = "9b1e0c4d2a77";
export const downRevision = "7c1e5b0f9a32";

export function upgrade(op: Op) {
  op.createTable(
    "interviews",
    [
      t.integer("id", { notNull: true, identity: "byDefault" }),
      t.integer("application_id", { notNull: true }),
      t.timestamp("held_at", { timezone: true, notNull: true }),
      t.text("notes"),
    ],
    [
      primaryKey("interviews_pkey", ["id"]),
      foreignKey(
        "interviews_application_id_job_applications_id_fk",
        ["application_id"],
        "job_applications",
        ["id"],
        { onDelete: "cascade" },
      ),
    ],
  );
  op.createIndex("interviews_application_id_idx", "interviews", ["application_id"]);
}

export function downgrade(op: Op) {
  op.dropTable("interviews");
}
