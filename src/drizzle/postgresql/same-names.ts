/** Names that PostgreSQL gives only once in a schema. */
import type { ObjectName, SchemaTable } from "../../model/schema.ts";
import type { Sequence } from "../../model/sequence.ts";
import type { View } from "../../model/view.ts";
import type { Place } from "../place.ts";
import { type Claim, type PlacedTable, refuseTwice } from "../twice.ts";

/** Throw SCHEMA_TWICE for tables, views, sequences or indexes of one name; keys and uniques are indexes. */
export function refuseSameNames(relations: {
  readonly tables: readonly PlacedTable[];
  readonly views: readonly { readonly view: View; readonly place: Place }[];
  readonly sequences: readonly { readonly sequence: Sequence; readonly place: Place }[];
}): void {
  refuseTwice([
    ...relations.tables.map(({ table, place }) => ({ what: "table", name: table.name, place })),
    ...relations.views.map(({ view, place }) => ({ what: "view", name: view.name, place })),
    ...relations.sequences.map(({ sequence, place }) => ({
      what: "sequence",
      name: sequence.name,
      place,
    })),
    ...relations.tables.flatMap(indexesOf),
  ]);
}

function indexesOf({ table, place }: PlacedTable): readonly Claim[] {
  const keys = table.constraints.filter((it) => it.kind === "primaryKey" || it.kind === "unique");
  return [
    ...table.indexes.map(({ name }) => ({ what: "index", name: beside(table, name), place })),
    ...keys.map(({ name }) => ({ what: "constraint", name: beside(table, name), place })),
  ];
}

/** `name` in the schema of a table. */
function beside(table: SchemaTable, name: string): ObjectName {
  return typeof table.name === "string" ? name : { schema: table.name.schema, name };
}
