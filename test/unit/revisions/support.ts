import { expect } from "vitest";
import { MigError } from "../../../src/errors.ts";
import { RevisionGraph } from "../../../src/revisions/graph.ts";
import type { Step } from "../../../src/revisions/path.ts";
import type { Revision } from "../../../src/revisions/revision.ts";

/** A revision with only what matters to a test. */
export function revision(id: string, parts: Partial<Revision> = {}): Revision {
  return {
    id,
    downRevisions: [],
    dependsOn: [],
    branchLabels: [],
    replaces: [],
    transaction: true,
    message: "",
    file: `versions/${id}.ts`,
    path: `/project/versions/${id}.ts`,
    createdAt: null,
    format: "module",
    ...parts,
  };
}

/**
 * A history drawn as text, one revision per word group: `b<a` follows a, `m<b,c` merges, `x<a L:billing D:b,c` has a
 * label and dependencies.
 */
export function drawn(drawing: string): RevisionGraph {
  return new RevisionGraph(drawing.split(";").map((each) => drawnRevision(each.trim())));
}

function drawnRevision(text: string): Revision {
  const [place = "", ...marks] = text.split(/\s+/);
  const [id = "", down] = place.split("<");
  const named = (letter: string) =>
    marks
      .filter((mark) => mark.startsWith(`${letter}:`))
      .flatMap((mark) => mark.slice(2).split(","));
  return revision(id, {
    downRevisions: down ? down.split(",") : [],
    branchLabels: named("L"),
    dependsOn: named("D"),
    replaces: named("R"),
  });
}

export function ids(revisions: Iterable<Revision>): string[] {
  return [...revisions].map(({ id }) => id);
}

export function moves(steps: readonly Step[]): string {
  return steps.map((step) => `${step.direction === "up" ? "+" : "-"}${step.revision.id}`).join(" ");
}

/** The rows of the version table after `steps`, each checked to touch only rows that are as it expects. */
export function rowsAfter(rows: readonly string[], steps: readonly Step[]): string[] {
  const table = new Set(rows);
  for (const { removes, adds } of steps) {
    for (const row of removes) expect(table.delete(row), `row ${row} is there`).toBe(true);
    for (const row of adds) {
      expect(table.has(row), `row ${row} is not there yet`).toBe(false);
      table.add(row);
    }
  }
  return [...table].sort();
}

/** The failure that `work` ends with. */
export function failureOf(work: () => unknown): MigError {
  try {
    work();
  } catch (failure) {
    if (failure instanceof MigError) return failure;
    throw failure;
  }
  throw new Error("it did not fail");
}
