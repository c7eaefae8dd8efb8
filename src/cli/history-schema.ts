/** The schemas that the history makes: at any revision, without a database of the project. */
import type { Dialect } from "../dialects/dialect.ts";
import type { Reflected, ReflectScope } from "../dialects/reflection.ts";
import { dialectNameOf, loadDialect } from "../dialects/registry.ts";
import type { DialectName } from "../model/schema.ts";
import type { Revision } from "../revisions/revision.ts";
import { replay, type ScratchOptions } from "../runtime/replay.ts";
import { note } from "./output.ts";
import type { GlobalOptions, Project } from "./project.ts";
import { scratchOptions } from "./scratch.ts";

export interface OfflineOptions extends GlobalOptions {
  readonly dialect?: DialectName;
}

/** What the history is replayed with, and what of it is looked at. */
export interface Offline {
  readonly dialect: Dialect;
  readonly scratch: ScratchOptions;
  readonly scope: ReflectScope;
}

/** The database is the one that was asked for, or of the kind that the environment names. */
export async function offline(
  project: Project,
  options: OfflineOptions,
  command: string,
): Promise<Offline> {
  const name = options.dialect ?? dialectNameOf(project.environment().url);
  return offlineOn(project, await loadDialect(name), options, command);
}

export function offlineOn(
  project: Project,
  dialect: Dialect,
  options: GlobalOptions,
  command: string,
): Offline {
  const { exclude } = project.config;
  return {
    dialect,
    scratch: scratchOptions(project, dialect, { command, args: options.x ?? {} }),
    scope: {
      versionTable: project.versionTable,
      everywhere: true,
      ...(exclude && { exclude }),
    },
  };
}

/** What is there once `revisions` are applied, and all that they need. */
export async function schemaAt(
  { dialect, scratch, scope }: Offline,
  revisions: readonly Revision[],
): Promise<Reflected["schema"]> {
  const { schema, notes } = await replay(scratch, idsOf(revisions), (connection) =>
    dialect.reflect(connection, scope),
  );
  for (const { object, what } of notes) note(`left out: ${object} ${what}`);
  return schema;
}

export function idsOf(revisions: readonly Revision[]): readonly string[] {
  return revisions.map(({ id }) => id);
}
