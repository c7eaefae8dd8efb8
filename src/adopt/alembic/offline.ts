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
  return { scripts, warnings };
}

interface Asked {
  readonly scripts: ReadonlyMap<string, OfflineScripts>;
  readonly warning: string | null;
}

/** All at once, as long as it goes well; then what is left one by one. */
function ask(installed: Installed, headers: readonly AlembicHeader[], dialect: DialectName): Asked {
  const none = new Map<string, OfflineScripts>();
  const whole = runAlembic(installed, dialect, ["upgrade", "heads", "--sql"]);
  const began = sectionsOf(whole, "upgrade");
  if (whole.dialect !== dialect) return { scripts: none, warning: refusal(whole, dialect) };
  const ups = new Map(whole.failed ? [...began].slice(0, -1) : began);
  if (whole.failed) oneByOne(installed, headers, dialect, "upgrade", ups);
  const downs = new Map<string, string>();
  oneByOne(installed, headers, dialect, "downgrade", downs);
  const scripts = [...ups].map(([id, up]) => [id, { up, down: downs.get(id) ?? null }] as const);
  return { scripts: new Map(scripts), warning: null };
}

function oneByOne(
  installed: Installed,
  headers: readonly AlembicHeader[],
  dialect: DialectName,
  direction: "upgrade" | "downgrade",
  into: Map<string, string>,
): void {
  for (const { id, downRevisions } of headers) {
    if (into.has(id)) continue;
    const parent = downRevisions[0] ?? "base";
    const range = direction === "upgrade" ? `${parent}:${id}` : `${id}:${parent}`;
    const output = runAlembic(installed, dialect, [direction, range, "--sql"]);
    const found = output.failed ? undefined : sectionsOf(output, direction).get(id);
    if (found !== undefined) into.set(id, found);
  }
}

function refusal({ dialect, why }: Output, wanted: DialectName): string {
  if (dialect !== null)
    return `Alembic's env.py speaks ${dialect}, not ${wanted}: the Python was translated for it`;
  return `Alembic could not be asked (${why}): the Python was translated`;
}
