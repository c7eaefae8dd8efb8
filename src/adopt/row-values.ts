/** Values of other tools' tables, whichever type the database gives them. */
import type { OldRow } from "./system.ts";

export function text(row: OldRow, column: string): string | null {
  const value = row[column];
  return value === null || value === undefined ? null : String(value);
}

export function number(row: OldRow, column: string): number | null {
  const value = text(row, column);
  return value === null || value.trim() === "" || !Number.isFinite(Number(value))
    ? null
    : Math.round(Number(value));
}

/** `otherwise` where the table has no such column or no value there. */
export function flag(row: OldRow, column: string, otherwise: boolean): boolean {
  const value = text(row, column);
  return value === null ? otherwise : /^(?:1|t|true|y|yes)$/i.test(value);
}

/** A time as ISO 8601, in UTC. What names no zone is taken for UTC. */
export function time(row: OldRow, column: string): string | null {
  const value = row[column];
  if (value instanceof Date) return isoOf(value.getTime());
  if (typeof value === "number") return isoOf(value > 1e11 ? value : value * 1000);
  const written = text(row, column)?.trim();
  if (!written) return null;
  const [, day, clock = "00:00:00", zone = "Z"] =
    /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d(?::?\d\d)?)?$/.exec(
      written,
    ) ?? [];
  return day === undefined ? null : isoOf(Date.parse(`${day}T${clock}${fullZone(zone)}`));
}

function isoOf(ms: number): string | null {
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

/** PostgreSQL writes `+00`. */
function fullZone(zone: string): string {
  return /^[+-]\d\d$/.test(zone) ? `${zone}:00` : zone;
}
