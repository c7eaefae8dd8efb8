/**
 * Merge slugs and status index
 *
 * Revision:  b7e4a1d90c35
 * Revises:   3f2a9c1d7b04, 5d8f0b3c6a19
 * Created:   2026-02-12T09:00:00Z
 */
import type { Op } from "drizzle-mig";

export const revision = "b7e4a1d90c35";
export const downRevision = ["3f2a9c1d7b04", "5d8f0b3c6a19"];

export function upgrade(_op: Op) {}

export function downgrade(_op: Op) {}
