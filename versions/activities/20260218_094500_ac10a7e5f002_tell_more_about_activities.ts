/**
 * Tell more about activities
 *
 * Revision:  ac10a7e5f002
 * Revises:   ac10a7e5f001
 * Created:   2026-02-18T09:45:00Z
 */
import { type Op, t } from "drizzle-mig";

export const revision = "ac10a7e5f002";
export const downRevision = "ac10a7e5f001";

export function upgrade(op: Op) {
  op.addColumn("activities", t.text("detail"));
}

export function downgrade(op: Op) {
  op.dropColumn("activities", "detail");
}
