/** What `migrator.config.ts` says. */
import type { Op } from "../operations/op.ts";
import type { Operation } from "../operations/operation.ts";
import type { Callbacks } from "./callbacks.ts";

/** One path or glob, or several. */
export type Paths = string | readonly string[];

export interface EnvironmentConfig {
  /** `sqlite:path`, `file:path`, `sqlite::memory:`, `postgres://…`, `postgresql://…` or `pglite:folder`; undefined where a variable is not set. */
  readonly url?: string | undefined;
  /** Ask for the environment's name before anything changes there. */
  readonly protected?: boolean;
  /** Refuse every command that changes the database. */
  readonly readOnly?: boolean;
  /** How long to wait for a lock: "5s", "2min", "500ms". */
  readonly lockTimeout?: string;
  /** How long one statement may run; as long as it takes when absent. */
  readonly statementTimeout?: string;
  /** A command that runs before an upgrade or downgrade, or "auto"; its failure stops the run. */
  readonly backup?: string;
}

export interface ScratchConfig {
  /** A server on which databases may be made and dropped; PGlite when absent. */
  readonly postgresql?: string | undefined;
  /** Revisions that are not run, and count as applied. */
  readonly skip?: readonly string[];
  /** SQL that is run before the first revision: what the project expects of a database. */
  readonly prepare?: { readonly sqlite?: string; readonly postgresql?: string };
}

export interface Config extends Callbacks {
  /** The folder of the revisions, or several. Default "versions". */
  readonly versions?: Paths;
  /** The Drizzle schemas of each database. */
  readonly schema?: { readonly sqlite?: Paths; readonly postgresql?: Paths };
  readonly environments?: Readonly<Record<string, EnvironmentConfig>>;
  readonly defaultEnvironment?: string;
  /** Name of new files, from {year} {month} {day} {hour} {minute} {second} {revision} {slug}. */
  readonly fileTemplate?: string;
  /** A folder with your own `revision.ts.template`. */
  readonly templates?: string;
  /** PostgreSQL: the schemas of the project. For drafts. */
  readonly schemas?: readonly string[];
  /** What the project does not own. For drafts. */
  readonly exclude?: readonly string[];
  /** `casing` of Drizzle 0.45, for columns whose names are left to it. */
  readonly casing?: "snake_case" | "camelCase";
  /** Whether an object belongs to the project; what does not is neither compared nor dropped. */
  readonly include?: (object: {
    readonly kind: "schema" | "role" | "enum" | "sequence" | "table" | "index" | "view";
    readonly name: string;
  }) => boolean;
  /**
   * What becomes of a draft's operations before they are written. The way back is made of what it leaves. A draft for both
   * databases asks once for each.
   */
  readonly processDraft?: (
    operations: readonly Operation[],
    draft: Pick<Op, "dialect">,
  ) => readonly Operation[] | Promise<readonly Operation[]>;
  /** Commands that run after a file is written; {file} stands for its path. */
  readonly afterWrite?: string | readonly string[];
  /** For the linter. */
  readonly lint?: Readonly<Record<string, unknown>>;
  /** For drafts and tests: where a history may be replayed, and what of it not. */
  readonly scratch?: ScratchConfig;
  /** For `check --parity`: what may differ between the schemas, as it names it: "users.email". */
  readonly parity?: { readonly ignore?: readonly string[] };
  /** Where the heads are kept. Default `mig_version`, with `mig_log` beside it. */
  readonly versionTable?: { readonly name?: string; readonly schema?: string };
}

/** Gives the config its types, and gives it back. */
export function defineConfig(config: Config): Config {
  return config;
}
