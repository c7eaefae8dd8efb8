/** Foreign keys that refer to a table that nobody knows: most often one that the schema forgot to export. */
import type { Included } from "../autogenerate/include.ts";
import type { Note } from "../dialects/reflection.ts";
import { displayName, type ObjectName, type Schema } from "../model/schema.ts";
import { schemaOf } from "../operations/apply/names.ts";

/**
 * A note for each key of `desired` whose table neither it nor `current` has. A table of a schema that is not read, and one that
 * does not belong to the project, may be there all the same.
 */
export function danglingKeys(
  current: Schema,
  desired: Schema,
  include: (object: Included) => boolean,
): readonly Note[] {
  const all = [...current.tables, ...desired.tables];
  const known = new Set(all.map(({ name }) => displayName(name)));
  const read = new Set([undefined, ...all.map(({ name }) => schemaOf(name))]);
  const isUnknown = (table: ObjectName) => {
    const name = displayName(table);
    return !known.has(name) && read.has(schemaOf(table)) && include({ kind: "table", name });
  };
  return desired.tables.flatMap((table) =>
    table.constraints.flatMap((it) =>
      it.kind === "foreignKey" && isUnknown(it.table)
        ? [
            {
              object: displayName(table.name),
              what: `refers to ${displayName(it.table)}, which no schema file exports, and which was not found in the database`,
            },
          ]
        : [],
    ),
  );
}
