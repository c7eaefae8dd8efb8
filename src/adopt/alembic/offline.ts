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

type Run = (args: readonly string[]) => Output;

function ask(installed: Installed, headers: readonly AlembicHeader[], dialect: DialectName): Asked {
  const asIf: Run = (args) => runAlembic(installed, dialect, args);
  // An env.py that cannot do with a placeholder is asked as it is.
  const asItIs: Run = (args) => runAlembic(installed, null, args);
  const probe = asIf(whole.upgrade);
  const run = probe.dialect === null ? asItIs : asIf;
  const output = run === asIf ? probe : run(whole.upgrade);
  if (output.dialect !== dialect) return { scripts: new Map(), warning: refusal(output, dialect) };
  const ups = scriptsFrom(output, run, headers, "upgrade");
  const downs = scriptsFrom(run(whole.downgrade), run, headers, "downgrade");
  const scripts = [...ups].map(([id, up]) => [id, { up, down: downs.get(id) ?? null }] as const);
  return { scripts: new Map(scripts), warning: null };
}

const whole = {
  upgrade: ["upgrade", "heads", "--sql"],
  downgrade: ["downgrade", "heads:base", "--sql"],
} as const;

/**
 * Where a run stopped the next one goes on behind the revision that cannot be printed. What is beside it, on another
 * branch, is asked for by itself.
 */
function scriptsFrom(
  first: Output,
  run: Run,
  headers: readonly AlembicHeader[],
  direction: "upgrade" | "downgrade",
): ReadonlyMap<string, string> {
  const scripts = new Map<string, string>();
  const stopped = new Set<string>();
  if (first.failed && sectionsOf(first.sql, direction).size === 0) return scripts;
  for (let output = first; ; ) {
    const sections = [...sectionsOf(output.sql, direction)];
    const [failing] = output.failed ? (sections.pop() ?? []) : [];
    for (const [id, sql] of sections) if (!scripts.has(id)) scripts.set(id, sql);
    if (failing === undefined || stopped.has(failing)) break;
    stopped.add(failing);
    const parent = headers.find(({ id }) => id === failing)?.downRevisions[0];
    if (direction === "downgrade" && parent === undefined) break;
    const range = direction === "upgrade" ? `${failing}:heads` : `${parent}:base`;
    output = run([direction, range, "--sql"]);
  }
  for (const { id, downRevisions } of headers) {
    if (scripts.has(id) || stopped.has(id)) continue;
    const parent = downRevisions[0] ?? "base";
    const range = direction === "upgrade" ? `${parent}:${id}` : `${id}:${parent}`;
    const { failed, sql } = run([direction, range, "--sql"]);
    const found = failed ? undefined : sectionsOf(sql, direction).get(id);
    if (found !== undefined) scripts.set(id, found);
  }
  return scripts;
}

function refusal({ dialect, why }: Output, wanted: DialectName): string {
  if (dialect !== null)
    return `Alembic's env.py speaks ${dialect}, not ${wanted}: the Python was translated for it`;
  return `Alembic could not be asked (${why}): the Python was translated`;
}
