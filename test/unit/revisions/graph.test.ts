import { describe, expect, test } from "vitest";
import { isAtHead, pendingRevisions } from "../../../src/revisions/applied.ts";
import { branchMembers, labelsByRevision, lineage } from "../../../src/revisions/branch.ts";
import { RevisionGraph } from "../../../src/revisions/graph.ts";
import { nearest } from "../../../src/revisions/nearest.ts";
import { downgradePath, upgradePath } from "../../../src/revisions/path.ts";
import { drawn, failureOf, ids, revision } from "./support.ts";

describe("a graph", () => {
  test("knows its ends and its neighbours", () => {
    const graph = drawn("a; b1<a; b2<a D:x; m<b1,b2 D:x,b1; x L:lib; y<x D:m");
    expect(ids(graph.heads)).toEqual(["m", "y"]);
    expect(ids(graph.realHeads)).toEqual(["y"]);
    expect(ids(graph.bases)).toEqual(["a", "x"]);
    expect(ids(graph.branchPoints)).toEqual(["a"]);
    expect(ids(graph.mergePoints)).toEqual(["m"]);
    const m = graph.get("m");
    expect(ids(graph.parents(m))).toEqual(["b1", "b2"]);
    expect(ids(graph.dependencies(m))).toEqual(["x", "b1"]);
    expect(ids(graph.prerequisites(m))).toEqual(["b1", "b2", "x"]);
    expect(ids(graph.children(graph.get("b1")))).toEqual(["m"]);
    expect(ids(graph.dependents(graph.get("b1")))).toEqual(["m"]);
    expect(ids(graph.followers(graph.get("b1")))).toEqual(["m"]);
    expect(ids(graph.followers(graph.get("x")))).toEqual(["b2", "m", "y"]);
    expect([graph.has("a"), graph.has("lib"), graph.find("zz")]).toEqual([true, false, undefined]);
  });

  test("orders branch by branch, parents as they are written", () => {
    const graph = drawn("a; b1<a; b2<a; c1<b1; c2<b2; m<b2,b1; z");
    expect(ids(graph.order)).toEqual(["a", "b1", "c1", "b2", "c2", "m", "z"]);
    expect(ids(drawn("m<b2,b1; b1<a; b2<a; a").order)).toEqual(["a", "b2", "b1", "m"]);
    expect(ids(drawn("m<b D:d; d; b").order)).toEqual(["b", "d", "m"]);
  });

  test("is built from nothing", () => {
    const graph = new RevisionGraph([]);
    expect([graph.heads, graph.order, graph.bases]).toEqual([[], [], []]);
    expect(isAtHead(graph, [])).toBe(true);
  });

  test("walks up and down, with and without dependencies", () => {
    const graph = drawn("a; b<a; c<b; x D:a; y<x");
    const [b, x] = [graph.get("b"), graph.get("x")];
    expect(ids(graph.ancestors([x], "down"))).toEqual(["x"]);
    expect(ids(graph.ancestors([x], "all"))).toEqual(["x", "a"]);
    expect(ids(graph.descendants([graph.get("a")], "down"))).toEqual(["a", "b", "c"]);
    expect(ids(graph.descendants([graph.get("a")], "all"))).toEqual(["a", "b", "x", "c", "y"]);
    expect(ids(graph.maximal([graph.get("a"), x, b]))).toEqual(["b", "x"]);
  });

  test("knows what is pending", () => {
    const graph = drawn("a1; a2<a1; b1; b2<b1 D:a2; a3<a2");
    expect(ids(pendingRevisions(graph, ["b2"]))).toEqual(["a3"]);
    expect(isAtHead(graph, ["b2"])).toBe(false);
    expect(isAtHead(drawn("a1; a2<a1; b1; b2<b1 D:a2"), ["b2"])).toBe(true);
  });
});

describe("a history that is long or wide", () => {
  const count = 10_000;
  const names = Array.from({ length: count }, (_, index) => `r${index}`);
  const line = names.map((id, index) =>
    revision(id, { downRevisions: names.slice(index - 1, index) }),
  );
  const hub = names.map((id, index) => revision(id, { downRevisions: index ? ["r0"] : [] }));

  test.each([
    ["a line", line],
    ["a line in the wrong order of files", [...line].reverse()],
    ["a hub", hub],
    ["a hub that is merged again", [...hub, revision("m", { downRevisions: names.slice(1) })]],
  ])("%s goes up and down", (_, revisions) => {
    const graph = new RevisionGraph(revisions);
    const up = upgradePath(graph, [], ["heads"]);
    const down = downgradePath(graph, ids(graph.heads), "base");
    expect([up.length, down.length]).toEqual([revisions.length, revisions.length]);
    expect(down.at(-1)?.removes).toEqual(["r0"]);
  });

  test("a cycle through all of it is found", () => {
    const cyclic = [revision("r0", { downRevisions: [`r${count - 1}`] }), ...line.slice(1)];
    expect(failureOf(() => new RevisionGraph(cyclic)).code).toBe("CYCLE");
  });
});

describe("a graph that is refused", () => {
  const refused = (drawing: string) => {
    const { code, message, help, context } = failureOf(() => drawn(drawing));
    return { code, message, help, ...context };
  };

  test("the same id in two files", () => {
    const twice = [
      revision("a", { file: "versions/1.ts" }),
      revision("a", { file: "versions/2.ts" }),
    ];
    const { code, message } = failureOf(() => new RevisionGraph(twice));
    expect(code).toBe("DUPLICATE_REVISION");
    expect(message).toContain("versions/1.ts and versions/2.ts");
  });

  test("a missing parent or dependency, with what may have been meant", () => {
    expect(refused("ae1027; b<ae1072")).toMatchObject({
      code: "MISSING_PARENT",
      location: "versions/b.ts",
      help: expect.stringContaining("did you mean ae1027?"),
    });
    expect(refused("a L:lib; b<a D:lob").help).not.toContain("mean");
    expect(refused("ae1027; b<20260101_ae1027_x").help).toContain("did you mean ae1027?");
    expect(refused("s R:a,b; c<b").help).toContain("did you mean s?");
  });

  test.each([
    ["a<a", "SELF_LOOP", ""],
    ["a D:a", "DEPENDENCY_SELF_LOOP", ""],
    ["a L:x D:x", "DEPENDENCY_SELF_LOOP", ""],
    ["a<c; b<a; c<b", "CYCLE", "a → c → b → a"],
    ["z; a<z,c; b<a; c<b; d<c", "CYCLE", "a → c → b → a"],
    ["a D:c; b<a; c<b; d<c", "DEPENDENCY_CYCLE", "a → c → b → a"],
    ["a L:x; b<a L:x", "LABEL_CLASH", "a and b"],
    ["a; b L:a", "LABEL_CLASH", "a and b"],
    ["a L:a", "LABEL_CLASH", ""],
  ])("%s", (drawing, code, message) => {
    expect(refused(drawing)).toMatchObject({ code, message: expect.stringContaining(message) });
    expect(refused(drawing).location).toMatch(/^versions\/.*\.ts$/);
  });
});

describe("a branch", () => {
  const members = (drawing: string, id: string) => {
    const graph = drawn(drawing);
    return ids(graph.inUpgradeOrder(branchMembers(graph, graph.get(id)))).join(" ");
  };

  test.each([
    ["a; b<a L:l; c<b", "b", "a b c"],
    // Alembic forgets a here, because of the fork above.
    ["a; b<a L:l; c<b; d1<c; d2<c", "b", "a b c d1 d2"],
    ["a; b<a; c<b L:l; x<a", "c", "b c"],
    ["a1; a2; m<a1,a2; n<m; o<n L:l", "o", "n o"],
    ["a1; a2; m<a1,a2 L:l", "m", "m"],
    ["a; b<a; c<b L:l; x D:a", "c", "a b c"],
  ])("%s: %s holds %s", (drawing, id, expected) => {
    expect(members(drawing, id)).toBe(expected);
  });

  test("the labels of every revision", () => {
    const labels = labelsByRevision(drawn("a; b<a L:one; c<b; d<a L:two,three; m<c,d"));
    expect(labels.get("a")).toBeUndefined();
    expect(labels.get("c")).toEqual(["one"]);
    expect(labels.get("m")).toEqual(["one", "two", "three"]);
  });

  test("a lineage has both directions and no siblings", () => {
    const graph = drawn("a; b<a; c1<b; c2<b; d<c1,c2");
    expect(ids(graph.inFileOrder(lineage(graph, graph.get("c1"))))).toEqual(["a", "b", "c1", "d"]);
  });
});

test("the nearest names come first", () => {
  expect(nearest("3f2a9c1d", ["0f2a9c1d", "3f2a9c11", "zzzz", "3f2a9c1dd"])).toHaveLength(3);
  expect(nearest("biling", ["shipping", "billing"])).toEqual(["billing"]);
  expect(nearest("a", ["b", "bcdef"])).toEqual(["b"]);
  expect(nearest("nothing", ["else", "here"])).toEqual([]);
});
