/** Types of new columns that only the server may know: of extensions, domains, or a typing mistake. */
import type { ColumnType } from "../../model/column-type.ts";
import { displayName, type ObjectName, type Schema, type SchemaTable } from "../../model/schema.ts";
import type { Note } from "../reflection.ts";
import type { Wish } from "./normalise-scratch.ts";
import type { Slot } from "./normalise-slots.ts";
import { typeText } from "./types.ts";

/** A slot for each type of `wanted` that nothing in the database has yet. There is nothing to compare it with. */
export function strangeTypes(current: Schema, wanted: Schema): readonly Slot[] {
  const known = new Set(current.tables.flatMap(({ columns }) => columns.flatMap(rawText)));
  const [first] = wanted.tables;
  if (first === undefined) return [];
  const table: SchemaTable = { ...first, columns: [] };
  return wanted.tables.flatMap(({ name, columns }) =>
    columns.flatMap((column) =>
      rawText(column)
        .filter((text) => !known.has(text))
        .map((text) => slotFor(table, name, column.name, text)),
    ),
  );
}

function rawText({ type }: { readonly type: ColumnType }): readonly string[] {
  const of = type.kind === "array" ? type.of : type;
  return of.kind === "raw" ? [typeText(of)] : [];
}

function slotFor(table: SchemaTable, name: ObjectName, column: string, text: string): Slot {
  return {
    key: `new type ${JSON.stringify(name)} ${column}`,
    object: `${displayName(name)}.${column}`,
    asks: { kind: "type", table },
    parts: [text],
    candidates: [],
  };
}

/** Which of the types the server refused. What is drafted with them would fail. */
export function unknownTypes(
  answers: ReadonlyMap<Wish, readonly string[] | null>,
): readonly Note[] {
  const refused = [...answers].flatMap(([{ slot }, answer]) =>
    slot.asks.kind === "type" && answer === null ? [[slot.object, slot.parts[0]] as const] : [],
  );
  return [...new Map(refused)].map(([object, type]) => ({
    object,
    what: `has the type ${type}, which this database does not know: create it (its extension) first, or correct the schema`,
  }));
}
