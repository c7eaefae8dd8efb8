/**
 * Add user preferences
 *
 * Revision:  7c1e5b0f9a32
 * Revises:   0001
 * Created:   2026-01-23T14:30:52Z
 */
import { foreignKey, type Op, primaryKey, sql, t } from "drizzle-mig";

export const revision = "7c1e5b0f9a32";
export const downRevision = "0001";

export function upgrade(op: Op) {
  op.createTable(
    "user_preferences",
    [
      t.integer("id", { notNull: true, identity: "byDefault" }),
      t.integer("user_id", { notNull: true }),
      t.varchar("theme", { length: 50, default: "light" }),
      t.timestamp("created_at", { timezone: true, default: sql`CURRENT_TIMESTAMP` }),
    ],
    [
      primaryKey("user_preferences_pkey", ["id"]),
      foreignKey("user_preferences_user_id_users_id_fk", ["user_id"], "users", ["id"], {
        onDelete: "cascade",
      }),
    ],
  );
  op.createIndex("user_preferences_user_id_idx", "user_preferences", ["user_id"]);
}

export function downgrade(op: Op) {
  op.dropTable("user_preferences");
}
