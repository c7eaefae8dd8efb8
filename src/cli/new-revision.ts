/** Writing a new file of the history. The history is checked with the file in it before anything is written. */
import { writeModule, writeSql } from "../autogenerate/draft.ts";
import { fail } from "../errors.ts";
import { displayPath } from "../revisions/display-path.ts";
import { defaultFileTemplate, newRevisionId, revisionFileName } from "../revisions/file-name.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { readHeader } from "../revisions/header.ts";
import { chooseFolder, writeNewFile } from "../revisions/new-file.ts";
import { type Revision, checkLabel, checkRevisionId } from "../revisions/revision.ts";
import { print, printJson } from "./output.ts";
import type { GlobalOptions, Project } from "./project.ts";
import { revisionDocument } from "./revision-document.ts";
import { projectTemplate } from "./templates.ts";

/** What a new revision is to be. */
export interface NewRevision {
  readonly message: string;
  readonly parents: readonly Revision[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly revision: string | undefined;
  readonly versionPath: string | undefined;
  readonly format: "module" | "sql";
  /** Scripts, indented; empty for nothing. */
  readonly upgrade: string;
  readonly downgrade: string;
}

/** Write the file, and tell its path. Errors of the history leave nothing behind. */
export function writeRevision(project: Project, options: GlobalOptions, asked: NewRevision): void {
  const id = asked.revision ?? newRevisionId();
  checkRevisionId(id);
  for (const label of asked.branchLabels) checkLabel(label);
  const { name, text } = fileOf(project, id, asked);
  const [parent] = asked.parents;
  const folder = chooseFolder(project, {
    ...(asked.versionPath !== undefined && { versionPath: asked.versionPath }),
    ...(parent !== undefined && { parentPath: parent.path }),
  });
  const path = `${folder}/${name}`;
  const file = displayPath(path, project.root);
  const revision = readHeader({ file, path, text });
  if (revision.id !== id) fail("HEADER_INVALID", { name: "revision", why: "was changed by the template" }, { location: file });
  const graph = new RevisionGraph([...project.graph().all, revision]);

  const written = writeNewFile(project, { folder, name, text });
  if (options.json) printJson(revisionDocument(graph, revision, null));
  else print(`wrote ${displayPath(written, project.root)}`);
}

function fileOf(project: Project, id: string, asked: NewRevision) {
  const createdAt = new Date();
  const isSql = asked.format === "sql";
  const template = projectTemplate(project, isSql ? "revision.sql.template" : "revision.ts.template");
  const text = (isSql ? writeSql : writeModule)(template, {
    ...asked,
    revision: id,
    downRevisions: asked.parents.map((parent) => parent.id),
    createdAt: `${createdAt.toISOString().slice(0, 19)}Z`,
  });
  const name = revisionFileName(project.config.fileTemplate ?? defaultFileTemplate, {
    revision: id,
    message: asked.message,
    createdAt,
    extension: isSql ? ".sql" : ".ts",
  });
  return { name, text };
}
