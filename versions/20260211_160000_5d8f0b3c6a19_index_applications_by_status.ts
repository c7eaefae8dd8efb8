/**
 * Index applications by status
 *
 * Revision:  5d8f0b3c6a19
 * Revises:   9b1e0c4d2a77
 * Created:   2026-02-11T16:00:00Z
 */
import type { Op } from "drizzle-mig";

export const revision = "5d8f0b3c6a19";
export const downRevision = "9b1e0c4d2a77";
/** CREATE INDEX CONCURRENTLY cannot run in a transaction, so this revision does nothing else. */
export const transaction = false;

export function upgrade(op: Op) {
  op.createIndex("job_applications_user_id_status_idx", "job_applications", ["user_id", "status"], {
    concurrently: true,
  });
}

export function downgrade(op: Op) {
  op.dropIndex("job_applications_user_id_status_idx", "job_applications", { concurrently: true });
}
