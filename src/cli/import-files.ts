/** The files of an import: put beside the history, checked with it, and written all or not at all. */
import { existsSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { revisionText } from "../adopt/revision-text.ts";
import type { OldRevision } from "../adopt/system.ts";
import { fail } from "../errors.ts";
import { readRevision } from "../revisions/directory.ts";
import { displayPath } from "../revisions/display-path.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { readHeader } from "../revisions/header.ts";
import { chooseFolder, writeNewFile } from "../revisions/new-file.ts";
import type { Revision } from "../revisions/revision.ts";
import { readSqlFile } from "../revisions/sql-file.ts";
import { runAfterWrite } from "./after-write.ts";
import type { Project } from "./project.ts";

/** A revision of the import, and its file. */
export interface ImportedFile {
  readonly old: OldRevision;
  readonly revision: Revision;
  readonly folder: string;
  readonly name: string;
  readonly text: string;
  /** It was imported before, and may have been worked on since. */
  readonly isThere: boolean;
}

export interface ImportedFiles {
  readonly files: readonly ImportedFile[];
  /** The history with the import in it. */
  readonly graph: RevisionGraph;
}

/** Throws IMPORT_CLASH, FILE_EXISTS and the errors of headers and of the history. */
export function planFiles(
  project: Project,
  revisions: readonly OldRevision[],
  { system, versionPath }: { readonly system: string; readonly versionPath?: string },
): ImportedFiles {
  const folder = chooseFolder(project, versionPath === undefined ? {} : { versionPath });
  const files = revisions.map((old) => planFile(project, old, { folder, system }));
  const added = files.filter(({ isThere }) => !isThere).map(({ revision }) => revision);
  return { files, graph: new RevisionGraph([...project.graph().all, ...added]) };
}

function planFile(
  project: Project,
  old: OldRevision,
  { folder, system }: { readonly folder: string; readonly system: string },
): ImportedFile {
  const name = `${old.fileName}.sql`;
  const path = resolve(folder, name);
  const file = displayPath(path, project.root);
  const text = revisionText(old, system);
  const revision = readHeader({ file, path, text });
  readSqlFile(text, file);
  const planned = { old, folder, name, text };
  const there = existsSync(path) ? readRevision(path, project.root) : null;
  if (there !== null) {
    if (!isSame(there, revision)) fail("FILE_EXISTS", { file }, { location: file });
    return { ...planned, revision: there, isThere: true };
  }
  const other = project.graph().find(old.id);
  if (other) fail("IMPORT_CLASH", { revision: old.id, from: old.from, file: other.file });
  return { ...planned, revision, isThere: false };
}

function isSame(a: Revision, b: Revision): boolean {
  return a.id === b.id && a.downRevisions.join() === b.downRevisions.join();
}

/** Write the files that are not there, and do `after`. What fails takes them along. */
export async function withFiles<Result>(
  project: Project,
  files: readonly ImportedFile[],
  after: () => Promise<Result>,
): Promise<Result> {
  const written: string[] = [];
  try {
    for (const file of files) if (!file.isThere) written.push(writeNewFile(project, file));
    for (const path of written) runAfterWrite(project, path);
    return await after();
  } catch (failure) {
    for (const path of written) rmSync(path, { force: true });
    throw failure;
  }
}
