import { readdirSync, readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { headsOf, readApplied, VersionRows } from "../../../src/revisions/applied.ts";
import { RevisionGraph } from "../../../src/revisions/graph.ts";
import { readHeader } from "../../../src/revisions/header.ts";
import { currentRevisions, historyRange } from "../../../src/revisions/history.ts";
import { downgradePath, type Step, stampPlan, upgradePath } from "../../../src/revisions/path.ts";
import { resolveTarget } from "../../../src/revisions/resolve.ts";
import type { Revision } from "../../../src/revisions/revision.ts";
import { failureOf, ids, rowsAfter } from "./support.ts";

interface CaseRevision {
  readonly revision: string;
  readonly downRevision?: string | readonly string[];
  readonly dependsOn?: readonly string[];
  readonly branchLabels?: readonly string[];
  readonly message?: string;
}

type Move = readonly ["up" | "down", string];

interface Expectation {
  readonly expectHeads?: readonly string[];
  readonly expectSteps?: readonly Move[];
  readonly expectRevisions?: readonly string[];
  readonly expectError?: string;
}

interface Case extends Expectation {
  readonly name: string;
  readonly revisions: readonly CaseRevision[];
  readonly command: string;
  readonly currentHeads: readonly string[];
  readonly target?: string | readonly string[];
  readonly order?: "exact" | "any-topological";
  readonly options?: { readonly resolveDependencies?: boolean; readonly checkHeads?: boolean };
  readonly recommend?: Expectation;
}

interface RealGraph {
  readonly name: string;
  readonly revisions: readonly CaseRevision[];
  readonly expect: Record<"heads" | "realHeads" | "bases" | "branchPoints", readonly string[]>;
}

/** Where a case recommends something in words only, what that means. */
const recommendedInWords: Readonly<Record<string, Expectation>> = {
  "x-br-downgrade-label-base": {
    expectSteps: [
      ["down", "d1"],
      ["down", "c1"],
    ],
    expectHeads: ["d2"],
  },
};

const folder = new URL("../../cases/", import.meta.url);
const cases: readonly Case[] = JSON.parse(readFileSync(new URL("graph.json", folder), "utf8"));
let ran = 0;

describe("the cases of Alembic", () => {
  test.each(cases.map((each) => [each.name, each] as const))("%s", (_, written) => {
    ran++;
    check(asRecommended(written));
  });
  afterAll(() => console.log(`${ran} of ${cases.length} cases ran`));
});

describe("histories of real projects", () => {
  const files = readdirSync(new URL("graphs/", folder)).sort();
  test.each(files)("%s", (file) => {
    const real: RealGraph = JSON.parse(readFileSync(new URL(`graphs/${file}`, folder), "utf8"));
    checkRealGraph(real);
  });
});

function asRecommended(written: Case): Case {
  const recommended = { ...recommendedInWords[written.name], ...written.recommend };
  const { expectError, expectSteps, expectHeads, expectRevisions, ...rest } = written;
  if (recommended.expectSteps) return { ...rest, ...recommended };
  if (recommended.expectError) return { ...rest, expectError: recommended.expectError };
  return written;
}

function check(it: Case): void {
  if (it.expectError !== undefined) {
    expect(codesOf(it.expectError)).toContain(failureOf(() => run(it)).code);
    return;
  }
  const { heads, revisions, steps } = run(it);
  if (it.expectHeads) expect([...(heads ?? ["?"])].sort()).toEqual([...it.expectHeads].sort());
  if (it.expectRevisions) compareOrder(it, revisions ?? ["?"], it.expectRevisions);
  if (it.expectSteps && steps) compareOrder(it, steps.map(moveOf), it.expectSteps.map(String));
}

function codesOf(expected: string): string[] {
  const code = expected.replace(/(?!^)([A-Z])/g, "_$1").toUpperCase();
  return code === "NO_SUCH_REVISION" ? [code, "UNKNOWN_CURRENT_REVISION"] : [code];
}

interface Result {
  readonly heads?: readonly string[];
  readonly revisions?: readonly string[];
  readonly steps?: readonly Step[];
}

function run(it: Case): Result {
  const graph = graphOf(it.revisions);
  const rows = it.currentHeads;
  const targets = [it.target ?? []].flat();
  const scope = { graph, current: rows.flatMap((id) => graph.find(id) ?? []) };
  switch (it.command) {
    case "heads":
      return { heads: ids(it.options?.resolveDependencies ? graph.realHeads : graph.heads) };
    case "resolve":
      return { revisions: ids(targets.flatMap((text) => resolveTarget(scope, text))) };
    case "current":
      return { revisions: ids(currentRevisions(graph, rows)) };
    case "history-range":
      return { revisions: newestFirst(graph, historyRange(scope, targets.join())) };
    case "upgrade":
      return planned(graph, rows, upgradePath(graph, rows, targets));
    case "downgrade":
      return planned(graph, rows, downgradePath(graph, rows, targets.join()));
    case "stamp":
      return stamped(graph, rows, targets);
    case "apply-steps":
      return { heads: oneByOne(graph, it) };
    default:
      throw new Error(`what is ${it.command}?`);
  }
}

function newestFirst(graph: RevisionGraph, revisions: readonly Revision[]): string[] {
  for (const [index, each] of revisions.entries()) {
    const earlier = revisions.slice(0, index);
    expect(graph.prerequisites(each).some((needed) => earlier.includes(needed))).toBe(false);
  }
  return ids(revisions);
}

function planned(graph: RevisionGraph, rows: readonly string[], steps: readonly Step[]): Result {
  return { steps, heads: rowsAfterEach(graph, rows, steps) };
}

function stamped(
  graph: RevisionGraph,
  rows: readonly string[],
  targets: readonly string[],
): Result {
  const { removes, adds } = stampPlan(graph, rows, targets);
  return { heads: [...rows.filter((row) => !removes.includes(row)), ...adds] };
}

function oneByOne(graph: RevisionGraph, it: Case): string[] {
  const rows = new VersionRows(graph, readApplied(graph, it.currentHeads));
  for (const [direction, id] of it.expectSteps ?? []) rows[direction](graph.get(id));
  return ids(rows.heads);
}

function graphOf(revisions: readonly CaseRevision[]): RevisionGraph {
  return new RevisionGraph(revisions.map(asFile));
}

/** Each revision goes through the text of a file, so the cases prove the reading of headers as well. */
function asFile(it: CaseRevision): Revision {
  const file = `versions/${it.revision}.ts`;
  const text = [
    `/**\n * ${it.message ?? "Do something"}.\n */`,
    `export const revision = ${JSON.stringify(it.revision)};`,
    `export const downRevision = ${JSON.stringify(it.downRevision ?? null)};`,
    it.branchLabels ? `export const branchLabels = ${JSON.stringify(it.branchLabels)};` : "",
    it.dependsOn ? `export const dependsOn = ${JSON.stringify(it.dependsOn)};` : "",
    "export function upgrade() {}",
  ];
  return readHeader({ file, path: `/project/${file}`, text: text.join("\n") });
}

function compareOrder(it: Case, found: readonly string[], expected: readonly string[]): void {
  if (it.order === "exact") expect(found).toEqual(expected);
  else expect([...found].sort()).toEqual([...expected].sort());
}

function moveOf({ direction, revision }: Step): string {
  return `${direction},${revision.id}`;
}

/** After each step the rows are the heads of what is applied, and nothing runs before what it needs. */
function rowsAfterEach(
  graph: RevisionGraph,
  rows: readonly string[],
  steps: readonly Step[],
): string[] {
  const applied = new Set(readApplied(graph, rows).revisions);
  let table = [...rows].sort();
  for (const step of steps) {
    const { direction, revision } = step;
    if (direction === "up") applied.add(revision);
    else applied.delete(revision);
    const neighbours =
      direction === "up" ? graph.prerequisites(revision) : graph.followers(revision);
    const inOrder = neighbours.every((each) => applied.has(each) === (direction === "up"));
    expect(inOrder, `${direction} ${revision.id} is in order`).toBe(true);
    table = rowsAfter(table, [step]);
    expect(table).toEqual(ids(headsOf(graph, applied)).sort());
  }
  return table;
}

function checkRealGraph(real: RealGraph): void {
  const graph = graphOf(real.revisions);
  expect(ids(graph.heads).sort()).toEqual([...real.expect.heads].sort());
  expect(ids(graph.realHeads).sort()).toEqual([...real.expect.realHeads].sort());
  expect(ids(graph.bases).sort()).toEqual([...real.expect.bases].sort());
  expect(ids(graph.branchPoints).sort()).toEqual([...real.expect.branchPoints].sort());
  expect(ids(historyRange({ graph, current: null }, "base:heads"))).toEqual(
    ids(graph.order).reverse(),
  );
  const up = upgradePath(graph, [], ["heads"]);
  expect(up).toHaveLength(real.revisions.length);
  const top = rowsAfterEach(graph, [], up);
  expect(top).toEqual([...real.expect.realHeads].sort());
  const down = downgradePath(graph, top, "base");
  expect(down.map(({ revision }) => revision)).toEqual(
    up.map(({ revision }) => revision).reverse(),
  );
  expect(rowsAfterEach(graph, top, down)).toEqual([]);
}
