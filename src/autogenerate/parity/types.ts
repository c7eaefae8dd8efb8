/** Which types of the two databases go together. `docs/types.md` has the table for people. */
import type { ColumnType } from "../../model/column-type.ts";

type Affinity = "integer" | "text" | "blob" | "real" | "numeric";

/** What a type of PostgreSQL may be on SQLite: the first row whose pattern it matches. */
const pairs: readonly (readonly [RegExp, readonly Affinity[]])[] = [
  [/\[|\barray\b/, ["text"]],
  [/^(small|big)?(int|integer|serial)[248]?$/, ["integer", "blob"]],
  [/^bool(ean)?$/, ["integer"]],
  [/^(timestamp|date|time)/, ["integer", "text"]],
  [/^interval/, ["integer", "text"]],
  [/^jsonb?$/, ["text", "blob"]],
  [/^uuid$/, ["text", "blob"]],
  [/^(numeric|decimal|dec)\b/, ["numeric", "text", "real"]],
  [/^(real|double precision|float)/, ["real", "numeric"]],
  [/^bytea$/, ["blob"]],
  [/^(text|varchar|character varying|char|character|citext)\b/, ["text"]],
];

/** What SQLite has no word for is kept as text or as bytes. */
const others: readonly Affinity[] = ["text", "blob"];

/** Whether values of one column can be those of the other. */
export function goTogether(postgresql: ColumnType, sqlite: ColumnType): boolean {
  return allowed(postgresql).includes(affinity(textOn("sqlite", sqlite)));
}

function allowed(type: ColumnType): readonly Affinity[] {
  if (type.kind === "enum" || type.kind === "array") return ["text"];
  const text = textOn("postgresql", type).toLowerCase().trim();
  return pairs.find(([pattern]) => pattern.test(text))?.[1] ?? others;
}

/** https://www.sqlite.org/datatype3.html#determination_of_column_affinity */
function affinity(declared: string): Affinity {
  const type = declared.toLowerCase();
  if (type.includes("int")) return "integer";
  if (/char|clob|text/.test(type)) return "text";
  if (type.trim() === "" || type.includes("blob")) return "blob";
  return /real|floa|doub/.test(type) ? "real" : "numeric";
}

/** A type of a schema that was read, as its database spells it. */
export function textOn(dialect: "postgresql" | "sqlite", type: ColumnType): string {
  switch (type.kind) {
    case "raw":
      return type[dialect];
    case "enum":
      return typeof type.name === "string" ? type.name : type.name.name;
    case "array":
      return `${textOn(dialect, type.of)}${"[]".repeat(type.dimensions)}`;
    default:
      return type.kind;
  }
}

/** The length of `varchar(255)` and `text(255)`; null where none is given. */
export function lengthOf(text: string): number | null {
  const [, length] =
    /^(?:text|varchar|character varying|char|character)\s*\(\s*(\d+)\s*\)$/i.exec(text.trim()) ??
    [];
  return length === undefined ? null : Number(length);
}
