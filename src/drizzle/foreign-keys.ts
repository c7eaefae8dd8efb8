/** References to other tables. */
import type { ForeignKey, ForeignKeyAction } from "../model/schema.ts";
import { recased } from "./keys.ts";
import type { DrizzleForeignKey } from "./orm.ts";
import { inside } from "./place.ts";
import type { Reading, TableSource } from "./reading.ts";

export function readForeignKeys(
  { place, config }: TableSource,
  reading: Reading,
): readonly ForeignKey[] {
  return config.foreignKeys.map((key) => {
    // Only now the function that names the other column is run.
    const reference = inside(place, "a foreign key refers to no column", () => key.reference());
    return readForeignKey(key, reference, config.name, reading);
  });
}

function readForeignKey(
  key: DrizzleForeignKey,
  reference: ReturnType<DrizzleForeignKey["reference"]>,
  table: string,
  reading: Reading,
): ForeignKey {
  const { speller, naming } = reading;
  const target = speller.objectName(reference.foreignTable);
  const columns = reference.columns.map(speller.columnName);
  const references = reference.foreignColumns.map(speller.columnName);
  const to = typeof target === "string" ? target : target.name;
  const named = [...reference.columns, ...reference.foreignColumns];
  return {
    kind: "foreignKey",
    ...(reference.name
      ? { name: recased(reference.name, named, reading) }
      : { name: naming.foreignKey({ table, columns, to, references }), derivedName: true }),
    columns,
    table: target,
    references,
    ...action("onDelete", key.onDelete),
    ...action("onUpdate", key.onUpdate),
  };
}

/** "no action" is what happens when nothing is said. */
function action(when: "onDelete" | "onUpdate", what: string | undefined) {
  return what === undefined || what === "no action" ? {} : { [when]: what as ForeignKeyAction };
}
