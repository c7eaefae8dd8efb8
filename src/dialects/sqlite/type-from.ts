/** The types of columns from their declarations. */
import type { ColumnType } from "../../model/column-type.ts";

const portable: Readonly<Record<string, ColumnType>> = {
  text: { kind: "text" },
  integer: { kind: "integer" },
  real: { kind: "real" },
  numeric: { kind: "numeric" },
  blob: { kind: "bytea" },
};

/**
 * The type that `text` declares. Of the portable types that are declared alike it is the one that says no more than the
 * text does; any other text stays as it is, for SQLite keeps it. Case means nothing to SQLite.
 */
export function typeFrom(text: string): ColumnType {
  const type = known.get(text) ?? read(text);
  known.set(text, type);
  return type;
}

/** Schemas say the same few types over and over, and types that are one object are compared at once. */
const known = new Map<string, ColumnType>();

function read(text: string): ColumnType {
  const folded = text.trim().toLowerCase();
  const [, length] = /^text\s*\(\s*(\d+)\s*\)$/.exec(folded) ?? [];
  if (length !== undefined) return { kind: "varchar", length: Number(length) };
  const found = Object.hasOwn(portable, folded) ? portable[folded] : undefined;
  return found ?? { kind: "raw", postgresql: text, sqlite: text };
}
