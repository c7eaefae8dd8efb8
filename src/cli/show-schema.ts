/** `mig show R --schema`: what a database looks like at a revision. */
import { diff } from "../autogenerate/diff.ts";
import type { Dialect } from "../dialects/dialect.ts";
import { terminated } from "../dialects/statement.ts";
import { emptySchema } from "../model/empty-schema.ts";
import type { Schema } from "../model/schema.ts";
import type { Revision } from "../revisions/revision.ts";
import { statementsFromNothing } from "../runtime/difference-sql.ts";
import { type OfflineOptions, offline, schemaAt } from "./history-schema.ts";
import { print, printJson } from "./output.ts";
import type { Project } from "./project.ts";
import { revisionDocument } from "./revision-document.ts";

/** The SQL that makes everything that is there at each of `revisions`; with --json as data, too. */
export async function showSchemas(
  project: Project,
  revisions: readonly Revision[],
  current: ReadonlySet<string> | null,
  options: OfflineOptions,
): Promise<void> {
  const place = await offline(project, options, "show");
  const documents: object[] = [];
  for (const revision of revisions) {
    const schema = await schemaAt(place, [revision]);
    const sql = await creationOf(place.dialect, schema);
    if (!options.json) print(`${heading(place.dialect, revision)}${sql}`.trimEnd());
    documents.push({
      ...revisionDocument(project.graph(), revision, current),
      schema: { dialect: place.dialect.name, sql, ...schema },
    });
  }
  if (options.json) printJson(documents);
}

function heading({ name }: Dialect, { id, message }: Revision): string {
  return `-- ${`${name} at ${id}  ${message.replace(/\s+/g, " ")}`.trimEnd()}\n\n`;
}

async function creationOf(dialect: Dialect, schema: Schema): Promise<string> {
  const { operations } = diff(emptySchema, schema, { rules: dialect.rules, made: () => true });
  const compiled = await statementsFromNothing(dialect, operations);
  return compiled
    .flatMap(({ statements }) => statements.map((sql) => `${terminated(sql)}\n`))
    .join("\n");
}
