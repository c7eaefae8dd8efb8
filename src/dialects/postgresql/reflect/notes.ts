/** What is there and has no place in a Schema. */
import { displayName } from "../../../model/schema.ts";
import type { Note } from "../../reflection.ts";
import { compare, type Names } from "./names.ts";
import type { RelationRow } from "./object-questions.ts";
import type { Catalogue } from "./read.ts";

export function notesOf(
  catalogue: Catalogue,
  kept: readonly RelationRow[],
  names: Names,
): readonly Note[] {
  const shown = new Map(kept.map((row) => [row.id, displayName(names.of(row.schema, row.name))]));
  const within = (table: number, name: string) => `${shown.get(table)}.${name}`;
  const notes: Note[] = [
    ...kept.flatMap((row) => (row.odd ? [{ object: shown.get(row.id) ?? "", what: row.odd }] : [])),
    ...catalogue.constraints.flatMap(({ table, name, kind, sql, odd }) => {
      const what = kind === "x" ? sql : odd;
      return what && shown.has(table) ? [{ object: within(table, name), what: `is ${what}` }] : [];
    }),
    ...indexNotes(catalogue, kept, within),
    ...catalogue.strangers,
  ];
  return notes.sort((a, b) => compare(a.object, b.object) || compare(a.what, b.what));
}

function indexNotes(
  { indexes }: Catalogue,
  kept: readonly RelationRow[],
  within: (table: number, name: string) => string,
): readonly Note[] {
  const told = new Set(kept.map(({ id }) => id));
  return indexes
    .filter(({ table, valid }) => told.has(table) && !valid)
    .map(({ table, name }) => ({
      object: within(table, name),
      what: "is an invalid index: it could not be built",
    }));
}
