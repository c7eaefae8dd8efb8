/** A revision as people read it: on one line, or in full. */
import type { RevisionGraph } from "../revisions/graph.ts";
import type { Revision } from "../revisions/revision.ts";
import { colours } from "./output.ts";

/** `0001 -> 0002 (billing) (head), Add invoices`. */
export function revisionLine(
  graph: RevisionGraph,
  revision: Revision,
  current: ReadonlySet<string> | null,
): string {
  const from = revision.downRevisions.join(", ") || "base";
  return `${colours.dim(`${from} ->`)} ${revisionTitle(graph, revision, current)}`;
}

/** The same without where it comes from: `0002 (billing) (head), Add invoices`. */
export function revisionTitle(
  graph: RevisionGraph,
  revision: Revision,
  current: ReadonlySet<string> | null,
): string {
  const message = revision.message === "" ? "" : `, ${revision.message}`;
  return `${colours.yellow(revision.id)}${marks(graph, revision, current)}${message}`;
}

function marks(
  graph: RevisionGraph,
  revision: Revision,
  current: ReadonlySet<string> | null,
): string {
  const children = graph.children(revision).length;
  const words = [
    ...revision.branchLabels.map((label) => colours.magenta(`(${label})`)),
    ...(children === 0 ? [colours.green("(head)")] : []),
    ...(current?.has(revision.id) ? [colours.cyan("(current)")] : []),
    ...(children > 1 ? ["(branch point)"] : []),
    ...(revision.downRevisions.length > 1 ? ["(merge point)"] : []),
    ...(revision.dependsOn.length > 0 ? [`(needs ${revision.dependsOn.join(", ")})`] : []),
  ];
  return words.map((word) => ` ${word}`).join("");
}

/** Everything the header says, one thing a line. */
export function revisionInFull(
  graph: RevisionGraph,
  revision: Revision,
  current: ReadonlySet<string> | null,
): string {
  const children = graph.children(revision).map(({ id }) => id);
  const rows: readonly (readonly [string, string])[] = [
    ["Revision", `${colours.yellow(revision.id)}${marks(graph, revision, current)}`],
    ["Revises", revision.downRevisions.join(", ") || "base"],
    ["Followed by", children.join(", ")],
    ["Depends on", revision.dependsOn.join(", ")],
    ["Branch labels", revision.branchLabels.join(", ")],
    ["Transaction", revision.transaction ? "" : "none"],
    ["Created", revision.createdAt ?? ""],
    ["File", revision.file],
  ];
  const told = rows.filter(([, value]) => value !== "");
  const lines = told.map(([name, value]) => `${`${name}:`.padEnd(15)}${value}`);
  return [...lines, ...(revision.message ? ["", `    ${revision.message}`] : [])].join("\n");
}
