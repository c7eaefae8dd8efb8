/** The systems that can be imported, by the names of the command line. Each is loaded when it is asked for. */
import type { System } from "./system.ts";

const loaders: Readonly<Record<string, () => Promise<System>>> = {
  sql: async () => (await import("./systems/sql.ts")).sql,
  "sql-updown": async () => (await import("./systems/sql-updown.ts")).sqlUpDown,
  "sql-pairs": async () => (await import("./systems/sql-pairs.ts")).sqlPairs,
  "ts-strings": async () => (await import("./systems/ts-strings.ts")).tsStrings,
  drizzle: async () => (await import("./systems/drizzle.ts")).drizzle,
  alembic: async () => (await import("./systems/alembic.ts")).alembic,
};

export const systemNames: readonly string[] = Object.keys(loaders);

/** Null for a name that is no system's. */
export async function loadSystem(name: string): Promise<System | null> {
  return Object.hasOwn(loaders, name) ? ((await loaders[name]?.()) ?? null) : null;
}
