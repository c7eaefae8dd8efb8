/** The files of an import: put beside the history, checked with it, and written all or not at all. */
import { existsSync, readFileSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import type { OldRevision } from "../adopt/system.ts";
import { fail } from "../errors.ts";
import { readRevision } from "../revisions/directory.ts";
import { displayPath } from "../revisions/display-path.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { readHeader } from "../revisions/header.ts";
import { chooseFolder, writeNewFile } from "../revisions/new-file.ts";
import type { Revision } from "../revisions/revision.ts";
import { readSqlFile } from "../revisions/sql-file.ts";
import type { WayBack } from "../runtime/ways-back.ts";
import { runAfterWrite } from "./after-write.ts";
import { type Downgrade, importedText } from "./import-text.ts";
import type { Project } from "./project.ts";
import { writeNew } from "./write-new.ts";

/** A revision of the import, and its file. */
export interface ImportedFile {
  readonly old: OldRevision;
  readonly revision: Revision;
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  readonly downgrade: Downgrade;
  /** It was imported before, and may have been worked on since. */
  readonly isThere: boolean;
}

export interface ImportedFiles {
  readonly files: readonly ImportedFile[];
  /** The history with the import in it. */
  readonly graph: RevisionGraph;
}

interface FileOptions {
  readonly system: string;
  readonly versionPath?: string;
  /** What was drafted for revisions that had no way back. */
  readonly ways?: ReadonlyMap<string, WayBack>;
}

/** Throws IMPORT_CLASH, FILE_EXISTS and the errors of headers and of the history. */
export function planFiles(
  project: Project,
  revisions: readonly OldRevision[],
  { versionPath, ...options }: FileOptions,
): ImportedFiles {
  const folder = chooseFolder(project, versionPath === undefined ? {} : { versionPath });
  const files = revisions.map((old) => planFile(project, old, { folder, ...options }));
  const added = files.filter(({ isThere }) => !isThere).map(({ revision }) => revision);
  return { files, graph: new RevisionGraph([...project.graph().all, ...added]) };
}

function planFile(
  project: Project,
  old: OldRevision,
  { folder, system, ways }: Omit<FileOptions, "versionPath"> & { readonly folder: string },
): ImportedFile {
  const { extension, text, downgrade } = importedText(old, system, ways?.get(old.id));
  const name = `${old.fileName}${extension}`;
  const path = resolve(folder, name);
  const file = displayPath(path, project.root);
  const revision = readHeader({ file, path, text });
  if (revision.format === "sql") readSqlFile(text, file);
  const planned = { old, folder, name, text };
  const there = earlier(project, folder, old);
  if (there !== null) {
    const { file: taken } = there;
    if (!isSame(there, revision)) fail("FILE_EXISTS", { file: taken }, { location: taken });
    return { ...planned, revision: there, downgrade: downgradeIn(there), isThere: true };
  }
  const other = project.graph().find(old.id);
  if (other) fail("IMPORT_CLASH", { revision: old.id, from: old.from, file: other.file });
  return { ...planned, revision, downgrade, isThere: false };
}

/** The file that an import made of it before. */
function earlier({ root }: Project, folder: string, { fileName }: OldRevision): Revision | null {
  const paths = [".sql", ".ts"].map((extension) => resolve(folder, `${fileName}${extension}`));
  const path = paths.find((it) => existsSync(it));
  return path === undefined ? null : readRevision(path, root);
}

/** Somebody may have written one meanwhile. */
function downgradeIn({ format, path, file }: Revision): Downgrade {
  const text = readFileSync(path, "utf8");
  const isThere = format === "module" || readSqlFile(text, file).down.length > 0;
  return isThere ? "kept" : "none";
}

function isSame(a: Revision, b: Revision): boolean {
  return a.id === b.id && a.downRevisions.join() === b.downRevisions.join();
}

interface Written {
  readonly files: readonly ImportedFile[];
  /** Those of a new project, which stay as they are where they are there. */
  readonly newFiles: readonly (readonly [name: string, text: string])[];
}

/** Write the files that are not there, and do `after`. What fails takes them along. */
export async function withFiles<Result>(
  project: Project,
  { files, newFiles }: Written,
  after: () => Promise<Result>,
): Promise<Result> {
  const written: string[] = [];
  try {
    for (const [name, text] of newFiles)
      if (writeNew(project.root, name, text)) written.push(resolve(project.root, name));
    const revisions = files.filter(({ isThere }) => !isThere);
    for (const file of revisions) written.push(writeNewFile(project, file));
    for (const { revision } of revisions) runAfterWrite(project, revision.path);
    return await after();
  } catch (failure) {
    for (const path of written) rmSync(path, { force: true });
    throw failure;
  }
}
