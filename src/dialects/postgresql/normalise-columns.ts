/** Wanted columns in the words of the current ones. */
import type { ColumnType } from "../../model/column-type.ts";
import { type Column, displayName, isExpression, type SchemaTable } from "../../model/schema.ts";
import { sequenceName } from "../../operations/identity-sequence.ts";
import { sameDefault } from "./normalise-defaults.ts";
import type { Verdict } from "./normalise-slots.ts";
import { typeText } from "./types.ts";
import { value } from "./write.ts";

export function alignColumn(
  table: SchemaTable,
  now: Column,
  wanted: Column,
  verdict: Verdict,
): Column {
  const of = { table, now, wanted, verdict };
  const type = alignType(of);
  // The server's words are for the old type: `'0'::character varying`.
  if (!isOfKind(now.type, type.type)) return { ...wanted, ...type, ...alignIdentity(of) };
  return { ...wanted, ...type, ...alignDefault(of), ...alignIdentity(of), ...alignGenerated(of) };
}

/** True for types that differ in their sizes at most: the same casts are there, and their values are spelled alike. */
export function isOfKind(a: ColumnType, b: ColumnType): boolean {
  if (a === b) return true;
  if (a.kind === "array" && b.kind === "array") return isOfKind(a.of, b.of);
  if (a.kind === "raw" && b.kind === "raw")
    return typeName(a.postgresql) === typeName(b.postgresql);
  if ("timezone" in a || "timezone" in b) return typeText(a) === typeText(b);
  return a.kind === "enum" ? typeText(a) === typeText(b) : a.kind === b.kind;
}

/** Without its sizes. */
function typeName(text: string): string {
  return text.toLowerCase().replace(/\(.*\)/, "");
}

interface Pair {
  readonly table: SchemaTable;
  readonly now: Column;
  readonly wanted: Column;
  readonly verdict: Verdict;
}

/** Types that only the server knows are compared as it spells them. */
function alignType({ table, now, wanted, verdict }: Pair): Pick<Column, "type"> {
  if (now.type === wanted.type) return { type: now.type };
  const [a, b] = [unsized(now.type), unsized(wanted.type)];
  if (sameType(a, b)) return { type: now.type };
  if (a.kind !== "raw" && b.kind !== "raw") return { type: wanted.type };
  const same = verdict({
    ...placed("type", table, wanted),
    asks: { kind: "type", table },
    parts: [typeText(wanted.type)],
    candidates: [[typeText(now.type)]],
  });
  return { type: same ? now.type : wanted.type };
}

function placed(kind: string, table: SchemaTable, column: Column) {
  const object = `${displayName(table.name)}.${column.name}`;
  return { key: `${kind} ${JSON.stringify(table.name)} ${column.name}`, object };
}

/** How many dimensions a list has is nothing that the server keeps to. */
function unsized(type: ColumnType): ColumnType {
  return type.kind === "array" ? { ...type, dimensions: 1 } : type;
}

function sameType(a: ColumnType, b: ColumnType): boolean {
  if (a.kind === "raw" && b.kind === "raw")
    return a.postgresql.toLowerCase() === b.postgresql.toLowerCase();
  return a.kind === b.kind && typeText(a) === typeText(b);
}

function alignDefault({ table, now, wanted, verdict }: Pair): Pick<Column, "default"> {
  if (wanted.default === undefined || !isExpression(now.default)) return {};
  if (sameDefault(wanted.default, now.default.sql, now.type)) return { default: now.default };
  const same = verdict({
    ...placed("default", table, wanted),
    asks: { kind: "default", table, column: now.name },
    parts: [value(wanted.default)],
    candidates: [[now.default.sql]],
  });
  return same ? { default: now.default } : {};
}

/** A sequence that the schema gives no name has any. */
function alignIdentity({ table, now, wanted }: Pair): Pick<Column, "identity"> {
  if (!wanted.identity || !now.identity) return {};
  const { name, ...identity } = wanted.identity;
  const isOther = name !== undefined && name !== nameOf(now, table);
  const own = isOther ? name : now.identity.name;
  return { identity: { ...identity, ...(own !== undefined && { name: own }) } };
}

function nameOf({ name, identity }: Column, table: SchemaTable): string {
  return identity?.name ?? sequenceName(table.name, name);
}

function alignGenerated({ table, now, wanted, verdict }: Pair): Pick<Column, "generated"> {
  if (!wanted.generated || !now.generated) return {};
  const same = verdict({
    ...placed("generated", table, wanted),
    asks: { kind: "generated", table, type: now.type, stored: now.generated.stored },
    parts: [wanted.generated.as.sql],
    candidates: [[now.generated.as.sql]],
  });
  return same ? { generated: { ...wanted.generated, as: now.generated.as } } : {};
}
