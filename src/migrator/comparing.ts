/** What check, diff and drafts have in common: both schemas of the environment's database. */
import type { Dialect } from "../dialects/dialect.ts";
import type { Reflected, ReflectScope } from "../dialects/reflection.ts";
import { dialectNameOf } from "../dialects/registry.ts";
import { pathsFor } from "../drizzle/files/find.ts";
import { readSchema } from "../drizzle/read.ts";
import { fail } from "../errors.ts";
import { emptySchema } from "../model/empty-schema.ts";
import type { Schema } from "../model/schema.ts";
import { pendingRevisions } from "../revisions/applied.ts";
import { type Comparison, compareSchemas } from "../runtime/comparison.ts";
import { belongsBy } from "./belonging.ts";
import { toldWell } from "./comparing-failure.ts";
import type { Project } from "./project.ts";
import { type ScriptOptions, scriptReader } from "./script-reader.ts";
import { type Session, withSession } from "./session.ts";

export interface Compared extends Comparison {
  readonly session: Pick<Session, "dialect" | "connection">;
  /** False where there can be none: of an empty database, and of one that the history was replayed in. */
  readonly hasRows: boolean;
}

export interface ComparingOptions extends Pick<ScriptOptions, "args"> {
  /** Compare with an empty database. */
  readonly fromEmpty?: boolean;
  /** Wherever the database is in the history. */
  readonly anywhere?: boolean;
}

/** Connect, compare, and do `work` with what was found. Nothing stays in the database. */
export async function withComparison<Result>(
  project: Project,
  options: ComparingOptions,
  command: string,
  work: (compared: Compared) => Promise<Result>,
): Promise<Result> {
  const { readOnly: isReadOnly, url } = project.environment();
  // PostgreSQL spells texts by way of temporary tables; SQLite is not asked, and its file need not be made.
  const readOnly = isReadOnly || dialectNameOf(url) === "sqlite";
  return withSession(project, { readOnly }, async (session) => {
    const { fromEmpty = false, anywhere = false } = options;
    if (!fromEmpty && !anywhere) await refusePending(project, session, command);
    return work(await compareOn(project, options, session));
  });
}

/** Compare the Drizzle schema with the database of `session`. */
export async function compareOn(
  project: Project,
  options: ComparingOptions,
  session: Compared["session"],
): Promise<Compared> {
  const { dialect, connection } = session;
  const { fromEmpty = false } = options;
  const usual = usualScope(project);
  const reflect = (scope: ReflectScope) =>
    fromEmpty ? nothing : toldWell(connection, () => dialect.reflect(connection, scope));
  // A server answers while the files of the schema are loaded, which seldom ask for more than the usual.
  const [desired, early] = await bothOf(schemaFor(project, dialect), reflect(usual));
  const wanted = { wanted: schemasOf(desired), roles: desired.roles.length > 0 };
  const scope = { ...usual, ...wanted };
  const reflected = isUsual(scope) ? early : await reflect(scope);
  const comparison = await toldWell(connection, () =>
    compareSchemas({
      dialect,
      connection,
      graph: project.graph(),
      scripts: scriptReader(project, options, session),
      scope,
      desired,
      include: belongsBy(project),
      reflected,
    }),
  );
  return { ...comparison, session, hasRows: !fromEmpty };
}

const nothing = Promise.resolve<Reflected>({ schema: emptySchema, notes: [] });

/** What the project's Drizzle schema says of a database of this kind. */
export function schemaFor({ root, loader, config }: Project, dialect: Dialect): Promise<Schema> {
  return readSchema({
    dialect: dialect.name,
    paths: pathsFor(config.schema, dialect.name),
    root,
    loader,
    text: dialect.text,
    casing: config.casing,
  });
}

/** What is read of the database, whatever is wanted. */
function usualScope({ versionTable, config: { schemas, exclude } }: Project): ReflectScope {
  return { versionTable, ...(schemas && { schemas }), ...(exclude && { exclude }) };
}

/** Whether `usualScope` reads all that is wanted: of the default schema, or of those that the config names. */
function isUsual({ schemas, wanted = [], roles }: ReflectScope): boolean {
  if (roles) return false;
  return wanted.every((it) => (it === null ? schemas === undefined : schemas?.includes(it)));
}

/** Both, when both have ended: nothing is asked of a session that is being closed. */
async function bothOf<One, Other>(
  one: Promise<One>,
  other: Promise<Other>,
): Promise<readonly [One, Other]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

/** Where the wanted objects are. What was in none of the schemas that are read would be drafted for ever. */
export function schemasOf({ namespaces, ...objects }: Schema): readonly (string | null)[] {
  const { enums, sequences, tables, views } = objects;
  const named = [...enums, ...sequences, ...tables, ...views].map(({ name }) =>
    typeof name === "string" ? null : name.schema,
  );
  return [...new Set([...namespaces.map(({ name }) => name), ...named])];
}

/** What is drafted already and not run would be drafted again. */
async function refusePending(
  project: Project,
  { connection }: Session,
  command: string,
): Promise<void> {
  const { heads } = await connection.state();
  const pending = pendingRevisions(project.graph(), heads ?? []).map(({ id }) => id);
  if (pending.length > 0) fail("DATABASE_BEHIND", { pending, command });
}
