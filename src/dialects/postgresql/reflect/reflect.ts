/** A live database as data. */
import type { Reader } from "../../dialect.ts";
import type { Reflected, ReflectScope } from "../../reflection.ts";
import { commentsOf } from "./comments.ts";
import { lookAround } from "./look.ts";
import { namesFor } from "./names.ts";
import { notesOf } from "./notes.ts";
import { enumsOf, extensionsOf, namespacesOf, rolesOf, sequencesOf } from "./objects.ts";
import { readCatalogue } from "./read.ts";
import { tablesOf } from "./tables.ts";
import { viewsOf } from "./views.ts";

/**
 * What is in the database of `reader`, in two trips however much that is. Left out is what belongs to extensions, is a
 * partition, or is mig's own.
 */
export async function reflect(reader: Reader, scope: ReflectScope): Promise<Reflected> {
  const { version, schema: defaultSchema } = await lookAround(reader);
  const wanted = (scope.wanted ?? []).map((it) => it ?? defaultSchema);
  const all = scope.everywhere ? await schemasOf(reader) : [];
  const schemas = [...new Set([...(scope.schemas ?? [defaultSchema]), ...wanted, ...all])];
  const catalogue = await readCatalogue(reader, { version, schemas, roles: scope.roles ?? false });
  const names = namesFor(scope, defaultSchema);
  const commentOf = commentsOf(catalogue.comments);
  const kept = catalogue.relations.filter((row) => !names.leavesOut(row.schema, row.name));
  return {
    schema: {
      namespaces: namespacesOf(catalogue, defaultSchema),
      extensions: extensionsOf(catalogue, defaultSchema),
      roles: rolesOf(catalogue),
      enums: enumsOf(catalogue, commentOf, names),
      sequences: sequencesOf(catalogue, commentOf, names),
      tables: tablesOf(catalogue, kept, commentOf, names),
      views: viewsOf(catalogue, kept, commentOf, names),
      grants: [],
    },
    notes: notesOf(catalogue, kept, names),
  };
}

/** All but the server's own. */
async function schemasOf(reader: Reader): Promise<readonly string[]> {
  const rows = await reader.all(
    "SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'",
  );
  return rows.map(({ name }) => String(name));
}
