/** What another tool's history is, whichever tool it was: the one interface that each system implements. */
import type { MigError } from "../errors.ts";
import type { DialectName } from "../model/schema.ts";
import type { OldFolder } from "./folder.ts";

/** A row of another tool's table. */
export type OldRow = Readonly<Record<string, unknown>>;

/** Where a tool keeps its table. Without a schema it is the one of the search path. */
export interface OldTable {
  readonly name: string;
  readonly schema?: string;
}

/** A system that can be imported. */
export interface System {
  /** What it looks for in a folder, for the error of one that has nothing. */
  readonly expected: string;
  /** The table in its possible places; the first that exists counts. */
  readonly tables: readonly OldTable[];
  /** True where a row stands for everything before it as well, as in a version table. */
  readonly rowsAreHeads?: boolean;
  /** True for a tool that knows no way back, so that one is drafted for each revision. */
  readonly goesUpOnly?: boolean;
  /** The folder as revisions, oldest first. Throws the errors of `src/errors/adopt.ts`. */
  read(folder: OldFolder, project: ForProject): Promise<OldHistory>;
  /** The rows of the table as runs, in the order of the table. */
  runs(rows: readonly OldRow[]): readonly OldRun[];
}

/** What the history is imported for. */
export interface ForProject {
  /** The databases that the project runs on, that of the environment first. */
  readonly dialects: readonly DialectName[];
  readonly root: string;
}

export interface OldHistory {
  readonly revisions: readonly OldRevision[];
  /** The database that its SQL is for, as the tool names it; absent where it does not say. */
  readonly dialect?: string;
  readonly warnings: readonly string[];
  /** What stops the import unless it is forced, besides what the revisions say. */
  readonly problems?: readonly MigError[];
}

/** What becomes one revision. */
export interface OldRevision {
  readonly id: string;
  readonly downRevisions: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly message: string;
  readonly author: string | null;
  /** ISO 8601. */
  readonly createdAt: string | null;
  readonly transaction: boolean;
  readonly body: SqlBody | SectionsBody | ModuleBody;
  /** What was changed on the way, for the file. */
  readonly notes: readonly string[];
  /** What stops the import unless it is forced. */
  readonly problem?: MigError;
  /** The old file, as messages show it. */
  readonly from: string;
  /** The name of the new file, without its extension. */
  readonly fileName: string;
  /** What a row may know it by. */
  readonly keys: readonly string[];
  /** The checksums that the old tool may have kept of the file as it is; empty where it keeps none. */
  readonly checksums: readonly string[];
}

/** The two scripts. */
export interface SqlBody {
  readonly up: string;
  /** Null where the old tool had nothing to undo it with. */
  readonly down: string | null;
}

/** The same for each database by itself. */
export interface SectionsBody extends SqlBody {
  /** Both scripts with the lines that begin their sections. */
  readonly sections: string;
}

/** The two scripts as bodies of TypeScript functions. */
export interface ModuleBody extends SqlBody {
  /** What they need of drizzle-mig. */
  readonly imports: readonly string[];
}

/** One run of a migration, as the old table tells it. */
export interface OldRun {
  /** What finds its revision, the surest first. */
  readonly keys: readonly string[];
  /** The row, as messages show it. */
  readonly shown: string;
  /** What the log calls it, where that is not the message of its revision: it tells two runs of one revision apart. */
  readonly message?: string;
  /** ISO 8601, UTC; null where the table does not say. */
  readonly at: string | null;
  readonly ms: number | null;
  readonly success: boolean;
  readonly error: string | null;
  readonly batch: number | null;
  readonly checksum: string | null;
  readonly rolledBack: boolean;
  readonly rolledBackAt: string | null;
}

/** A run that went well, of which the table says nothing else. */
export const plainRun: Omit<OldRun, "keys" | "shown"> = {
  at: null,
  ms: null,
  success: true,
  error: null,
  batch: null,
  checksum: null,
  rolledBack: false,
  rolledBackAt: null,
};
