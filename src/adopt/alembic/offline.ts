/** What `alembic upgrade … --sql` prints for each revision, where Alembic is installed. It runs the project's own env.py. */
import type { DialectName } from "../../model/schema.ts";
import type { ForProject } from "../system.ts";
import type { AlembicHeader } from "./header.ts";
import { findAlembic, type Installed, type Output, runAlembic } from "./installed.ts";
import { sectionsOf } from "./printed.ts";

/** The SQL of a revision for one database. */
export interface OfflineScripts {
  readonly up: string;
  /** Null where Alembic could not say. */
  readonly down: string | null;
}

export interface Offline {
  /** By the id of the revision. */
  readonly scripts: ReadonlyMap<string, ReadonlyMap<DialectName, OfflineScripts>>;
  readonly warnings: readonly string[];
}

export function askAlembic(
  folder: string,
  headers: readonly AlembicHeader[],
  { dialects, root }: ForProject,
): Offline {
  const installed = findAlembic(folder, root);
  if (installed === null) return { scripts: new Map(), warnings: [] };
  const scripts = new Map(headers.map(({ id }) => [id, new Map<DialectName, OfflineScripts>()]));
  const warnings: string[] = [];
  for (const dialect of dialects) {
    const asked = ask(installed, headers, dialect);
    for (const [id, each] of asked.scripts) scripts.get(id)?.set(dialect, each);
    if (asked.warning !== null) warnings.push(asked.warning);
  }
  return { scripts, warnings: [...new Set(warnings)] };
}

interface Asked {
  readonly scripts: ReadonlyMap<string, OfflineScripts>;
  readonly warning: string | null;
}

function ask(installed: Installed, headers: readonly AlembicHeader[], dialect: DialectName): Asked {
  const forIt = { installed, headers, dialect };
  const up = scriptsFor(forIt, "upgrade", "heads");
  if (up.warning !== null) return { scripts: new Map(), warning: up.warning };
  const { scripts: downs } = scriptsFor(forIt, "downgrade", "heads:base");
  const scripts = [...up.scripts].map(([id, sql]) => {
    return [id, { up: sql, down: downs.get(id) ?? null }] as const;
  });
  return { scripts: new Map(scripts), warning: null };
}

/** All at once, as far as it goes well; then what is left one by one. */
function scriptsFor(
  {
    installed,
    headers,
    dialect,
  }: {
    readonly installed: Installed;
    readonly headers: readonly AlembicHeader[];
    readonly dialect: DialectName;
  },
  direction: "upgrade" | "downgrade",
  whole: string,
): { readonly scripts: ReadonlyMap<string, string>; readonly warning: string | null } {
  const output = runAlembic(installed, dialect, [direction, whole, "--sql"]);
  if (output.dialect !== dialect) return { scripts: new Map(), warning: refusal(output, dialect) };
  const all = [...sectionsOf(output.sql, direction)];
  const scripts = new Map(output.failed ? all.slice(0, -1) : all);
  if (!output.failed) return { scripts, warning: null };
  for (const { id, downRevisions } of headers) {
    if (scripts.has(id)) continue;
    const parent = downRevisions[0] ?? "base";
    const range = direction === "upgrade" ? `${parent}:${id}` : `${id}:${parent}`;
    const { failed, sql } = runAlembic(installed, dialect, [direction, range, "--sql"]);
    const found = failed ? undefined : sectionsOf(sql, direction).get(id);
    if (found !== undefined) scripts.set(id, found);
  }
  return { scripts, warning: null };
}

function refusal({ dialect, why }: Output, wanted: DialectName): string {
  if (dialect !== null)
    return `Alembic's env.py speaks ${dialect}, not ${wanted}: the Python was translated for it`;
  return `Alembic could not be asked (${why}): the Python was translated`;
}
