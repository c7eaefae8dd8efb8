/**
 * Initial schema
 *
 * Revision:  0001
 * Revises:   none
 * Created:   2026-01-05T09:00:00Z
 */
import { check, foreignKey, type Op, primaryKey, sql, t, unique } from "drizzle-mig";

export const revision = "0001";
export const downRevision = null;

export function upgrade(op: Op) {
  op.createTable(
    "users",
    [
      t.integer("id", { notNull: true, identity: "byDefault" }),
      t.varchar("email", { length: 255, notNull: true }),
      t.text("name", { notNull: true }),
      t.timestamp("created_at", { timezone: true, notNull: true, default: sql`CURRENT_TIMESTAMP` }),
    ],
    [primaryKey("users_pkey", ["id"]), unique("users_email_unique", ["email"])],
  );

  op.createTable(
    "resumes",
    [
      t.integer("id", { notNull: true, identity: "byDefault" }),
      t.integer("user_id", { notNull: true }),
      t.varchar("title", { length: 200, notNull: true }),
      t.text("body", { notNull: true, default: "" }),
      t.timestamp("created_at", { timezone: true, notNull: true, default: sql`CURRENT_TIMESTAMP` }),
    ],
    [
      primaryKey("resumes_pkey", ["id"]),
      foreignKey("resumes_user_id_users_id_fk", ["user_id"], "users", ["id"], {
        onDelete: "cascade",
      }),
    ],
  );

  op.createTable(
    "job_applications",
    [
      t.integer("id", { notNull: true, identity: "byDefault" }),
      t.integer("user_id", { notNull: true }),
      t.integer("resume_id"),
      t.varchar("company", { length: 200, notNull: true }),
      t.varchar("title", { length: 200, notNull: true }),
      t.varchar("status", { length: 20, notNull: true, default: "saved" }),
      t.boolean("remote", { notNull: true, default: false }),
      t.timestamp("created_at", { timezone: true, notNull: true, default: sql`CURRENT_TIMESTAMP` }),
    ],
    [
      primaryKey("job_applications_pkey", ["id"]),
      foreignKey("job_applications_user_id_users_id_fk", ["user_id"], "users", ["id"], {
        onDelete: "cascade",
      }),
      foreignKey("job_applications_resume_id_resumes_id_fk", ["resume_id"], "resumes", ["id"], {
        onDelete: "set null",
      }),
      check(
        "job_applications_status_check",
        sql`status IN ('saved', 'applied', 'interview', 'offer', 'rejected')`,
      ),
    ],
  );
}

export function downgrade(op: Op) {
  op.dropTable("job_applications");
  op.dropTable("resumes");
  op.dropTable("users");
}
