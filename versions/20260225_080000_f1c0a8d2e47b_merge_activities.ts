/**
 * Merge activities
 *
 * Revision:  f1c0a8d2e47b
 * Revises:   e3d5c7b9a1f0, ac10a7e5f002
 * Created:   2026-02-25T08:00:00Z
 */
import type { Op } from "drizzle-mig";

export const revision = "f1c0a8d2e47b";
export const downRevision = ["e3d5c7b9a1f0", "ac10a7e5f002"];

export function upgrade(_op: Op) {}

export function downgrade(_op: Op) {}
