/** The live database and the wanted schema, side by side. */
import { type DiffOptions, diff } from "../autogenerate/diff.ts";
import { mayHaveExtras } from "../autogenerate/extras.ts";
import { type Included, including } from "../autogenerate/include.ts";
import { madeBy } from "../autogenerate/made.ts";
import type { Connection, Dialect } from "../dialects/dialect.ts";
import type { Note, Reflected, ReflectScope } from "../dialects/reflection.ts";
import type { Schema } from "../model/schema.ts";
import type { Operation } from "../operations/operation.ts";
import { readApplied } from "../revisions/applied.ts";
import type { RevisionGraph } from "../revisions/graph.ts";
import { danglingKeys } from "./dangling-keys.ts";
import type { ScriptReader } from "./script-file.ts";

export interface ComparisonOptions {
  readonly dialect: Dialect;
  readonly connection: Connection;
  readonly graph: RevisionGraph;
  readonly scripts: ScriptReader;
  readonly scope: ReflectScope;
  readonly desired: Schema;
  /** What belongs to the project. */
  readonly include: (object: Included) => boolean;
  /** What is in the database; nothing where it is to be compared as an empty one. */
  readonly reflected: Reflected;
}

export interface Comparison {
  readonly current: Schema;
  /** As the database itself would spell it. */
  readonly desired: Schema;
  /** The same for a current schema in which something has another name, and of `desired` where that is given. */
  readonly desiredFor: (current: Schema, desired?: Schema) => Promise<Schema>;
  /** What is not compared, or was compared as text. */
  readonly notes: readonly Note[];
  readonly options: DiffOptions;
}

export async function compareSchemas(options: ComparisonOptions): Promise<Comparison> {
  const { dialect, connection, scope, include, reflected } = options;
  const current = including(reflected.schema, include);
  const wanted = including(options.desired, include);
  const normalised = (now: Schema, of = wanted) => dialect.normalise(connection, now, of, scope);
  const { schema: desired, notes } = await normalised(current);
  const made = await whatWasMade(options, current, desired);
  return {
    current,
    desired,
    desiredFor: async (now, of) => (await normalised(now, of)).schema,
    notes: [...reflected.notes, ...notes, ...danglingKeys(current, desired, include)],
    options: { rules: dialect.rules, made },
  };
}

/** The history is read only where something is there that nobody wants. */
async function whatWasMade(
  { dialect, connection, graph, scripts }: ComparisonOptions,
  current: Schema,
  desired: Schema,
): Promise<DiffOptions["made"]> {
  if (!mayHaveExtras(current, desired, dialect.rules)) return () => true;
  let asked = false;
  const ask = () => {
    asked = true;
    return true;
  };
  diff(current, desired, { rules: dialect.rules, made: ask });
  if (!asked) return () => true;
  const { heads } = await connection.state();
  return madeBy(await operationsOf(graph, heads ?? [], scripts));
}

async function operationsOf(
  graph: RevisionGraph,
  rows: readonly string[],
  scripts: ScriptReader,
): Promise<readonly Operation[]> {
  const { revisions } = readApplied(graph, rows);
  const { readScript } = await import("./script-file.ts");
  const operations: Operation[] = [];
  for (const revision of graph.order) {
    if (!revisions.has(revision)) continue;
    const script = await readScript(scripts, revision, "up");
    operations.push(...script.operations.map(({ operation }) => operation));
  }
  return operations;
}
