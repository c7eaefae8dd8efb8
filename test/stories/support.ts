/** What the stories about files, configs and mistakes share. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { type Project, type RunOptions, revisionFile } from "../support/project.ts";

/** Every file of the project with its content; equal to an earlier one if nothing changed meanwhile. */
export function snapshot({ folder }: Pick<Project, "folder">): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  const visit = (below: string) => {
    for (const name of readdirSync(join(folder, below)).sort()) {
      const path = join(below, name);
      if (name === "node_modules") continue;
      if (statSync(join(folder, path)).isDirectory()) visit(path);
      else found[path] = readFileSync(join(folder, path), "latin1");
    }
  };
  visit("");
  return found;
}

/** A refusal: what is printed on stderr, and the code that --json gives for it. */
export interface Refusal {
  readonly code: string;
  /** The whole text on stderr, without the last line break. */
  readonly says: string;
  /** 1 unless the command was typed wrong. */
  readonly exit?: 1 | 2;
  readonly options?: RunOptions;
  /** False for commands that have no --json. */
  readonly json?: boolean;
  /** Notes on stderr before the error. */
  readonly notes?: string;
}

interface Failure {
  readonly code: string;
  readonly message: string;
  readonly help: string;
  readonly location?: string;
  readonly statement?: string;
  readonly state?: string;
  readonly revision?: string;
}

/** Run a command that has to be refused, for people and with --json: nothing on disk may change. Gives the `error`. */
export async function refuses(
  project: Pick<Project, "folder" | "mig">,
  args: readonly string[],
  { code, says, exit = 1, options, json = true, notes = "" }: Refusal,
): Promise<Failure> {
  const before = snapshot(project);
  const { code: ended, stdout, stderr } = await project.mig(args, options);
  expect({ ended, stdout, stderr }).toEqual({
    ended: exit,
    stdout: "",
    stderr: `${notes}${says}\n`,
  });
  const failure = json ? await told(project, args, { exit, options, notes }) : null;
  expect(snapshot(project)).toEqual(before);
  if (failure === null) return { code, message: says, help: "" };
  expect([failure.code, textOf(failure)]).toEqual([code, says]);
  return failure;
}

async function told(
  project: Pick<Project, "folder" | "mig">,
  args: readonly string[],
  { exit, options, notes }: { exit: number; options: RunOptions | undefined; notes: string },
): Promise<Failure> {
  const result = await project.mig([...args, "--json"], options);
  expect([result.code, result.stderr]).toEqual([exit, notes]);
  const document = result.json<{ error: Failure }>();
  expect(Object.keys(document)).toEqual(["error"]);
  return document.error;
}

/** --json says the same as the text for people. */
function textOf({ message, location, statement, state, help }: Failure): string {
  return [
    `error: ${message}`,
    ...[location, statement].flatMap((line) => (line === undefined ? [] : [`  ${line}`])),
    `help: ${[state, help].filter(Boolean).join("; ")}`,
  ].join("\n");
}

/** What a revision follows, by its id; more of its header where a story needs it. */
export type Shape = Readonly<Record<string, string | readonly string[] | null>>;

/** Empty revisions in files named by their ids, so that the order of files is that of the ids. */
export function revisions(
  shape: Shape,
  headers: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const files = Object.entries(shape).map(([revision, down]) => [
    `versions/${revision}.ts`,
    revisionFile({
      revision,
      down,
      header: headers[revision] ?? "",
      message: `Message of ${revision}`,
    }),
  ]);
  return Object.fromEntries(files);
}

/** A revision as `--json` gives it. */
export interface RevisionDocument {
  readonly revision: string;
  readonly downRevision: readonly string[];
  readonly dependsOn: readonly string[];
  readonly branchLabels: readonly string[];
  readonly message: string;
  readonly file: string;
  readonly createdAt: string | null;
  readonly isHead: boolean;
  readonly isBase: boolean;
  readonly isBranchPoint: boolean;
  readonly isMergePoint: boolean;
  readonly isCurrent: boolean | null;
}

/** The document of one of `revisions`: a head in the middle of nothing, but for what `it` says. */
export function document(
  it: Pick<RevisionDocument, "revision"> & Partial<RevisionDocument>,
): RevisionDocument {
  return {
    downRevision: [],
    dependsOn: [],
    branchLabels: [],
    message: `Message of ${it.revision}`,
    file: `versions/${it.revision}.ts`,
    createdAt: null,
    isHead: false,
    isBase: false,
    isBranchPoint: false,
    isMergePoint: false,
    isCurrent: null,
    ...it,
  };
}

/** The only file of a folder, hidden files aside. */
export function onlyFile(project: Project, folder: string): string {
  const files = project.list(folder).filter((name) => !name.startsWith("."));
  expect(files).toHaveLength(1);
  return `${folder}/${files[0]}`;
}
