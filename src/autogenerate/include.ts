/** Leaving out what does not belong to a project. */
import { displayName, type ObjectName, type Schema } from "../model/schema.ts";

/** What the config's `include` is asked about. `name` is as people write it: `users`, `auth.users`. */
export interface Included {
  readonly kind: "schema" | "role" | "enum" | "sequence" | "table" | "index" | "view";
  readonly name: string;
}

/** `schema` without what `include` says no to. */
export function including(schema: Schema, include: (object: Included) => boolean): Schema {
  const only =
    (kind: Included["kind"]) =>
    ({ name }: { readonly name: ObjectName }) =>
      include({ kind, name: displayName(name) });
  const onlyIndexes = only("index");
  return {
    ...schema,
    namespaces: schema.namespaces.filter(only("schema")),
    roles: schema.roles.filter(only("role")),
    enums: schema.enums.filter(only("enum")),
    sequences: schema.sequences.filter(only("sequence")),
    tables: schema.tables.filter(only("table")).map((table) => {
      const indexes = table.indexes.filter(onlyIndexes);
      return indexes.length === table.indexes.length ? table : { ...table, indexes };
    }),
    views: schema.views.filter(only("view")),
  };
}
