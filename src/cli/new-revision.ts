/** Writing a new file of the history. The history is checked with the file in it before anything is written. */
import { join } from "node:path";
import { writeModule, writeSql } from "../autogenerate/draft.ts";
import { fail, MigError } from "../errors.ts";
import { displayPath } from "../revisions/display-path.ts";
import { defaultFileTemplate, newRevisionId, revisionFileName } from "../revisions/file-name.ts";
import { RevisionGraph } from "../revisions/graph.ts";
import { type RevisionSource, readHeader } from "../revisions/header.ts";
import { chooseFolder, writeNewFile } from "../revisions/new-file.ts";
import { checkLabel, checkRevisionId, type Revision } from "../revisions/revision.ts";
import { runAfterWrite } from "./after-write.ts";
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
  /** What the scripts need of drizzle-mig, besides the type `Op`. */
  readonly imports: readonly string[];
}

/** Write the file, and tell its path. Errors of the history leave nothing behind. */
export function writeRevision(project: Project, options: GlobalOptions, asked: NewRevision): void {
  const id = asked.revision ?? newRevisionId();
  checkNames(project.graph(), id, asked.branchLabels);
  const { template, name, text } = fileOf(project, id, asked);
  const [parent] = asked.parents;
  const folder = chooseFolder(project, {
    ...(asked.versionPath !== undefined && { versionPath: asked.versionPath }),
    ...(parent !== undefined && { parentPath: parent.path }),
  });
  const path = join(folder, name);
  const revision = readBack({ file: displayPath(path, project.root), path, text }, id, template);
  const graph = new RevisionGraph([...project.graph().all, revision]);

  const written = writeNewFile(project, { folder, name, text });
  runAfterWrite(project, written);
  if (options.json) printJson(revisionDocument(graph, revision, null));
  else print(`wrote ${displayPath(written, project.root)}`);
}

/** Refuse an id and labels that are no names, or that the history has already. */
function checkNames(graph: RevisionGraph, id: string, labels: readonly string[]): void {
  checkRevisionId(id);
  for (const label of labels) checkLabel(label);
  const same = graph.find(id);
  if (same) fail("DUPLICATE_REVISION", { revision: id, files: [same.file] });
  for (const label of [id, ...labels]) {
    const other = graph.find(label) ?? graph.labels.get(label);
    if (other) fail("LABEL_CLASH", { label, revisions: [other.id], files: [other.file] });
  }
}

/** The new file as the next command will read it: a template of the project's own may have spoilt it. */
function readBack(source: RevisionSource, id: string, template: string): Revision {
  try {
    const revision = readHeader(source);
    return revision.id === id ? revision : failTemplate(template, `its id is ${revision.id}`);
  } catch (failure) {
    if (!(failure instanceof MigError) || failure.code === "TEMPLATE_INVALID") throw failure;
    return failTemplate(template, failure.message);
  }
}

function failTemplate(file: string, why: string): never {
  fail("TEMPLATE_INVALID", { file, why }, { location: file });
}

function fileOf(project: Project, id: string, asked: NewRevision) {
  const createdAt = new Date();
  const isSql = asked.format === "sql";
  const template = isSql ? "revision.sql.template" : "revision.ts.template";
  const text = (isSql ? writeSql : writeModule)(projectTemplate(project, template), {
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
  return { template: join(project.config.templates ?? "", template), name, text };
}
