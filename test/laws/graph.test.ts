import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MigError } from "../../src/errors.ts";
import { headsOf } from "../../src/revisions/applied.ts";
import { RevisionGraph } from "../../src/revisions/graph.ts";
import { currentRevisions, historyRange } from "../../src/revisions/history.ts";
import { downgradePath, type Step, stampPlan, upgradePath } from "../../src/revisions/path.ts";
import type { Revision } from "../../src/revisions/revision.ts";
import { ids, revision, rowsAfter } from "../unit/revisions/support.ts";

/** Revisions in any order of files: each names some that were made before it, and some carry a label. */
const revisions: fc.Arbitrary<Revision[]> = fc
  .array(
    fc.record({
      down: fc.array(fc.nat(), { maxLength: 3 }),
      needs: fc.array(fc.nat(), { maxLength: 2 }),
      hasLabel: fc.boolean(),
      byLabel: fc.boolean(),
      file: fc.nat(),
    }),
    { maxLength: 14 },
  )
  .map((plans) =>
    plans
      .map((plan, index) => {
        const before = (numbers: readonly number[]) =>
          index === 0 ? [] : [...new Set(numbers.map((number) => number % index))];
        const name = (number: number) =>
          plan.byLabel && plans[number]?.hasLabel ? `label${number}` : `r${number}`;
        const made = revision(`r${index}`, {
          downRevisions: before(plan.down).map((number) => `r${number}`),
          dependsOn: before(plan.needs).map(name),
          branchLabels: plan.hasLabel ? [`label${index}`] : [],
        });
        return { made, file: plan.file };
      })
      .sort((a, b) => a.file - b.file)
      .map(({ made }) => made),
  );

const graphs = revisions.map((list) => new RevisionGraph(list));

/** A graph, and some of its revisions with all that they need: a state that a database can be in. */
const states = fc.tuple(graphs, fc.array(fc.nat(), { maxLength: 4 })).map(([graph, picks]) => {
  const picked = graph.all.length ? picks.map((pick) => pickOf(graph, pick)) : [];
  const applied = graph.ancestors(picked, "all");
  return { graph, applied, rows: ids(headsOf(graph, applied)) };
});

const targets = fc.tuple(
  fc.constantFrom("", "", "label", "r"),
  fc.nat({ max: 14 }),
  fc.constantFrom("head", "heads", "base", "r", "label", ""),
  fc.nat({ max: 14 }),
  fc.constantFrom("", "", "+1", "+2", "-1", "-2", "-3"),
);
const targetTexts = targets.map(([branch, of, symbol, which, steps]) => {
  const place = /^(?:r|label)$/.test(symbol) ? symbol + which : symbol;
  return `${branch && `${branch}${of}@`}${place}${steps}`;
});

function pickOf(graph: RevisionGraph, pick: number): Revision {
  return graph.all[pick % graph.all.length] as Revision;
}

/** The definition, said once more in the dullest way. */
function dullHeads(graph: RevisionGraph, applied: ReadonlySet<Revision>): string[] {
  const isBelowAnother = (each: Revision) =>
    [...applied].some((other) => other !== each && graph.ancestors([other], "all").has(each));
  return ids([...applied].filter((each) => !isBelowAnother(each))).sort();
}

/** What is applied after `steps`, each of which is checked against the definition of heads. */
function follow(
  graph: RevisionGraph,
  start: { readonly applied: ReadonlySet<Revision>; readonly rows: readonly string[] },
  steps: readonly Step[],
): Set<Revision> {
  const applied = new Set(start.applied);
  let rows = [...start.rows].sort();
  for (const step of steps) {
    const isUp = step.direction === "up";
    expect(applied.has(step.revision)).toBe(!isUp);
    if (isUp) applied.add(step.revision);
    else applied.delete(step.revision);
    const around = isUp ? graph.prerequisites(step.revision) : graph.followers(step.revision);
    expect(around.every((each) => applied.has(each) === isUp)).toBe(true);
    rows = rowsAfter(rows, [step]);
    expect(rows).toEqual(dullHeads(graph, applied));
  }
  return applied;
}

/** Undefined where the target is refused, which must be in words meant for people. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (failure) {
    expect(failure).toBeInstanceOf(MigError);
    return undefined;
  }
}

const runs = { numRuns: 400 };

describe("whatever the history", () => {
  test("everything goes up and comes down again, with exactly the heads as rows at every step", () => {
    const law = fc.property(graphs, (graph) => {
      const up = upgradePath(graph, [], ["heads"]);
      const applied = follow(graph, { applied: new Set(), rows: [] }, up);
      expect(applied.size).toBe(graph.all.length);
      const rows = rowsAfter([], up);
      expect(rows).toEqual(ids(graph.realHeads).sort());
      const down = downgradePath(graph, rows, "base");
      expect(follow(graph, { applied, rows }, down).size).toBe(0);
      expect(down.map((step) => step.revision)).toEqual(up.map((step) => step.revision).reverse());
    });
    fc.assert(law, runs);
  });

  test("the order is one of files and not of chance", () => {
    const law = fc.property(revisions, (list) => {
      const again = list.map((each) => ({ ...each }));
      const [first, second] = [new RevisionGraph(list), new RevisionGraph(again)];
      expect(ids(first.order)).toEqual(ids(second.order));
      expect(ids(historyRange({ graph: first, current: null }, ":"))).toEqual(
        ids(second.order).reverse(),
      );
    });
    fc.assert(law, runs);
  });

  test("a revision comes after all that it needs", () => {
    const law = fc.property(graphs, (graph) => {
      const place = new Map(graph.order.map((each, index) => [each, index]));
      for (const each of graph.all) {
        for (const needed of graph.prerequisites(each)) {
          expect(place.get(needed)).toBeLessThan(place.get(each) as number);
        }
      }
      expect(graph.order).toHaveLength(graph.all.length);
    });
    fc.assert(law, runs);
  });
});

describe("wherever a database is", () => {
  test("any upgrade keeps the definition of heads, and ends with its targets applied", () => {
    const law = fc.property(states, fc.array(targetTexts, { maxLength: 2 }), (state, texts) => {
      const steps = attempt(() => upgradePath(state.graph, state.rows, texts));
      if (!steps) return;
      const after = follow(state.graph, state, steps);
      expect([...state.applied].every((each) => after.has(each))).toBe(true);
    });
    fc.assert(law, { numRuns: 2000 });
  });

  test("any downgrade keeps the definition of heads", () => {
    const law = fc.property(states, targetTexts, (state, text) => {
      const steps = attempt(() => downgradePath(state.graph, state.rows, text));
      if (steps) follow(state.graph, state, steps);
    });
    fc.assert(law, { numRuns: 4000 });
  });

  test("-1 undoes one revision, and the way up again is the same one", () => {
    const law = fc.property(states, ({ graph, applied, rows }) => {
      const steps = attempt(() => downgradePath(graph, rows, "-1"));
      expect(steps === undefined).toBe(rows.length !== 1);
      if (!steps) return;
      expect(ids(steps.map((step) => step.revision))).toEqual(rows);
      const below = rowsAfter(rows, steps);
      const back = upgradePath(graph, below, rows);
      expect(follow(graph, { applied: without(applied, steps), rows: below }, back)).toEqual(
        applied,
      );
    });
    fc.assert(law, runs);
  });

  test("a downgrade to a revision leaves it, and nothing that follows it", () => {
    const law = fc.property(states, fc.nat(), ({ graph, applied, rows }, pick) => {
      if (applied.size === 0) return;
      const target = [...applied][pick % applied.size] as Revision;
      const after = without(applied, downgradePath(graph, rows, target.id));
      expect(after.has(target)).toBe(true);
      expect(graph.children(target).some((child) => after.has(child))).toBe(false);
    });
    fc.assert(law, runs);
  });

  test("label@base takes the branch and leaves what stands on its own", () => {
    const law = fc.property(states, fc.nat({ max: 13 }), ({ graph, applied, rows }, number) => {
      const declaring = graph.labels.get(`label${number}`);
      if (!declaring) return;
      const after = without(applied, downgradePath(graph, rows, `label${number}@base`));
      expect(after.has(declaring)).toBe(false);
      const line = graph.ancestors([declaring], "down");
      for (const each of graph.descendants([declaring], "all")) line.add(each);
      for (const each of applied) if (!line.has(each)) expect(after.has(each)).toBe(true);
    });
    fc.assert(law, runs);
  });

  test("a stamp writes what an upgrade or a downgrade would have left", () => {
    const law = fc.property(states, targetTexts, ({ graph, rows }, text) => {
      const stamped = attempt(() => stampPlan(graph, rows, [text]));
      const steps =
        attempt(() => downgradePath(graph, rows, text)) ??
        attempt(() => upgradePath(graph, rows, [text]));
      if (!stamped || !steps || isMixed(stamped)) return;
      const table = [...rows.filter((row) => !stamped.removes.includes(row)), ...stamped.adds];
      expect(table.sort()).toEqual(rowsAfter(rows, steps));
    });
    fc.assert(law, { numRuns: 2000 });
  });

  test("a stamp with purge forgets where the database was", () => {
    const law = fc.property(states, ({ graph, rows }) => {
      const { removes, adds } = stampPlan(graph, [...rows, "gone"], ["heads"], { purge: true });
      expect([[...removes].sort(), adds]).toEqual([[...rows, "gone"].sort(), ids(graph.realHeads)]);
    });
    fc.assert(law, runs);
  });

  test("what current shows has no applied child, and holds the rows", () => {
    const law = fc.property(states, ({ graph, applied, rows }) => {
      const shown = currentRevisions(graph, rows);
      expect(rows.every((row) => shown.includes(graph.get(row)))).toBe(true);
      expect(shown.some((each) => graph.children(each).some((child) => applied.has(child)))).toBe(
        false,
      );
    });
    fc.assert(law, runs);
  });

  test("a range holds what is between its ends", () => {
    const law = fc.property(graphs, fc.nat(), fc.nat(), (graph, from, to) => {
      if (graph.all.length === 0) return;
      const [lower, upper] = [pickOf(graph, from), pickOf(graph, to)];
      const found = attempt(() =>
        historyRange({ graph, current: null }, `${lower.id}:${upper.id}`),
      );
      const isBelow = graph.ancestors([upper], "all").has(lower);
      expect(found !== undefined).toBe(isBelow);
      if (found) expect([found[0], found.at(-1)]).toEqual([upper, lower]);
    });
    fc.assert(law, runs);
  });
});

function without(applied: ReadonlySet<Revision>, steps: readonly Step[]): Set<Revision> {
  const gone = new Set(steps.map((step) => step.revision));
  return new Set([...applied].filter((each) => !gone.has(each)));
}

/** A stamp may go up on one branch and down on another; a path goes one way. */
function isMixed(plan: ReturnType<typeof stampPlan>): boolean {
  return plan.nowApplied.length > 0 && plan.noLongerApplied.length > 0;
}
