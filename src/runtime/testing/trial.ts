/** What a test of a history is told, and what it has at hand while it goes on. */
import type { Connection, Dialect, VersionTable } from "../../dialects/dialect.ts";
import type { ReflectScope } from "../../dialects/reflection.ts";
import type { RevisionGraph } from "../../revisions/graph.ts";
import type { RunInfo } from "../carry-out.ts";
import type { ScriptReader } from "../script-file.ts";
import type { Target } from "../target.ts";
import type { Finding } from "./finding.ts";

export interface TrialOptions {
  readonly dialect: Dialect;
  readonly graph: RevisionGraph;
  readonly scripts: ScriptReader;
  readonly scope: ReflectScope;
  readonly versionTable: VersionTable;
  readonly root: string;
  readonly info: Omit<RunInfo, "batch">;
  /** The server to make a database on; in this process when absent. */
  readonly server?: string;
  /** Revisions that are not run and count as applied. */
  readonly skip: readonly string[];
  /** SQL that is run first. */
  readonly prepare: string;
}

export interface Trial {
  readonly options: TrialOptions;
  readonly connection: Connection;
  readonly target: Target;
  readonly findings: Finding[];
  /** Each is told once. */
  readonly notes: Set<string>;
}
