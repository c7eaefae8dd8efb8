import { describe, expect, test } from "vitest";
import {
  downgradePath,
  offlineRange,
  stampPlan,
  upgradePath,
} from "../../../src/revisions/path.ts";
import { drawn, failureOf, ids, moves, rowsAfter } from "./support.ts";

const diamond = "a; b1<a; b2<a; c<b1,b2; d<c";
const fork = "a; b<a; c1<b L:one; d1<c1; c2<b L:two; d2<c2";
const needing = "a1; a2<a1; a3<a2; b1; b2<b1 D:a3; b3<b2";

function up(drawing: string, rows: string[], ...targets: string[]) {
  const steps = upgradePath(drawn(drawing), rows, targets);
  return `${moves(steps)} | ${rowsAfter(rows, steps).join(" ")}`;
}

function down(drawing: string, rows: string[], target: string) {
  const steps = downgradePath(drawn(drawing), rows, target);
  return `${moves(steps)} | ${rowsAfter(rows, steps).join(" ")}`;
}

describe("an upgrade", () => {
  test("what is applied is no error and no step", () => {
    expect(up(diamond, ["d"], "b1", "head", "base", "current")).toBe(" | d");
  });

  test("targets of which one needs the other are run once", () => {
    expect(up(diamond, ["a"], "d", "b2")).toBe("+b1 +b2 +c +d | d");
  });

  test("the order does not depend on how targets are written", () => {
    expect(up(fork, [], "d2", "d1")).toBe(up(fork, [], "d1", "d2"));
  });

  test("relative to the database", () => {
    expect(up(fork, ["d1"], "two@+1")).toBe("+c2 | c2 d1");
    expect(up(fork, [], "two@+3")).toBe("+a +b +c2 | c2");
    // Nothing of the a branch is a row, but a3 is implied by b2, and there is nothing above it.
    expect(failureOf(() => up(needing, ["b2"], "a1@+1")).code).toBe("RELATIVE_OUT_OF_RANGE");
    expect(up(`${needing}; a4<a3`, ["b2"], "a1@+1")).toBe("+a4 | a4 b2");
  });

  test("on a branch with several tips, the one that is a row is where it stands", () => {
    expect(up("a L:l; c1<a; c2<a; d2<c2 D:c1; e2<d2", ["d2"], "l@+1")).toBe("+e2 | e2");
  });

  test("each step names the rows it changes", () => {
    const [c] = upgradePath(drawn(diamond), ["b1", "b2"], ["c"]);
    expect(c).toMatchObject({ direction: "up", removes: ["b1", "b2"], adds: ["c"] });
  });
});

describe("an upgrade that is refused", () => {
  test.each([
    [["c1", "c2"], "+1", "AMBIGUOUS_UPGRADE"],
    [["b"], "+1", "AMBIGUOUS_WALK"],
    [["d1", "c2"], "head", "MULTIPLE_HEADS"],
    [["d1"], "-1", "INVALID_TARGET"],
    [["d1"], "one@+1", "RELATIVE_OUT_OF_RANGE"],
    [["zz"], "heads", "UNKNOWN_CURRENT_REVISION"],
    [["a", "d1"], "heads", "OVERLAPPING_HEADS"],
    [["d1"], "one@d2", "NOT_MEMBER_OF_BRANCH"],
  ])("from %j to %s: %s", (rows, target, code) => {
    expect(failureOf(() => up(fork, rows, target)).code).toBe(code);
  });

  test("an unknown row names what is like it", () => {
    const graph = drawn("ae1027; b<ae1027; s<b R:old1,old2");
    expect(failureOf(() => upgradePath(graph, ["ae1072"], ["b"])).help).toContain("ae1027");
    expect(failureOf(() => upgradePath(graph, ["old2"], ["b"])).help).toContain("ids like it: s");
  });

  test("rows that overlap are named", () => {
    const { message } = failureOf(() => up(needing, ["a2", "b2"], "heads"));
    expect(message).toContain("a2 is an ancestor of b2");
  });
});

describe("a downgrade", () => {
  test.each([
    // From a merge revision, -1 undoes the merge revision.
    [diamond, ["c"], "-1", "-c | b1 b2"],
    [diamond, ["d"], "-2", "-d -c | b1 b2"],
    [diamond, ["d"], "c-1", "-d -c | b1 b2"],
    [diamond, ["d"], "c@-2", "-d -c | b1 b2"],
    [diamond, ["d"], "b1@-3", "-d -c -b1 | b2"],
    [diamond, ["d"], "a", "-d -c -b2 -b1 | a"],
    // What is depended on stays, what depends goes.
    [needing, ["b3"], "-2", "-b3 -b2 | a3 b1"],
    [needing, ["b3"], "-3", "-b3 -b2 -b1 | a3"],
    [needing, ["b3"], "-4", "-b3 -b2 -a3 -b1 | a2"],
    [needing, ["b3"], "a1", "-b3 -b2 -a3 -a2 | a1 b1"],
    [needing, ["b3"], "a1@base", "-b3 -b2 -a3 -a2 -a1 | b1"],
    [needing, ["b3"], "a3", " | b3"],
    [needing, ["b3"], "b3-3", "-b3 -b2 -b1 | a3"],
    // A label ends at its branch point and touches no sibling, applied or not.
    [fork, ["d1", "d2"], "one@base", "-d1 -c1 | d2"],
    [fork, ["d1"], "one@base", "-d1 -c1 | b"],
    [fork, ["d1", "d2"], "one@b", "-d1 -c1 | d2"],
    [fork, ["d1", "d2"], "one@-2", "-d1 -c1 | d2"],
    [fork, ["d1"], "one@-3", "-d1 -c1 -b | a"],
    [fork, ["d1", "d2"], "d1@-1", "-d1 | c1 d2"],
    [fork, ["d1", "d2"], "d1@base", "-d1 -c1 | d2"],
    [fork, ["d1"], "d1@base", "-d1 -c1 -b -a | "],
    [fork, ["d2"], "one@base", " | d2"],
    [fork, ["d1", "d2"], "one@base+2", "-d1 -c1 | d2"],
    [fork, ["d1", "d2"], "base+1", "-d2 -c2 -d1 -c1 -b | a"],
    [fork, ["d1", "d2"], "c1", "-d1 | c1 d2"],
    [fork, ["d1", "d2"], "heads", " | d1 d2"],
    [fork, ["d1", "c2"], "current", " | c2 d1"],
    [fork, ["d1", "d2"], "base", "-d2 -c2 -d1 -c1 -b -a | "],
    [fork, [], "base", " | "],
    ["a; b<a L:l; c<b; d1<c; d2<c", ["d1", "d2"], "l@base", "-d2 -d1 -c -b -a | "],
    ["a; b<a L:l; c<b; x D:a", ["c", "x"], "l@base", "-c -b | x"],
    ["a L:l; b<a; x D:a", ["b", "x"], "l@base", "-x -b -a | "],
    ["a; b<a; x D:b", ["x"], "b@-1", "-x -b | a"],
  ])("of %s from %j to %s: %s", (drawing, rows, target, expected) => {
    expect(down(drawing, rows, target)).toBe(expected);
  });

  test.each([
    [fork, ["d1", "d2"], "-1", "AMBIGUOUS_DOWNGRADE"],
    [fork, ["d1", "d2"], "b@-1", "AMBIGUOUS_DOWNGRADE"],
    [fork, ["d1", "d2"], "one@-3", "RELATIVE_OUT_OF_RANGE"],
    [fork, ["d1", "d2"], "two@c1", "NOT_MEMBER_OF_BRANCH"],
    [fork, ["d2"], "c1", "INVALID_DOWNGRADE_TARGET"],
    [fork, ["b"], "c1-1x", "INVALID_TARGET"],
    [fork, ["c1"], "d2-1", "INVALID_DOWNGRADE_TARGET"],
    [fork, ["d1"], "+1", "INVALID_TARGET"],
    [fork, ["d1"], "-5", "RELATIVE_OUT_OF_RANGE"],
    [fork, ["d1"], "d1-5", "RELATIVE_OUT_OF_RANGE"],
    [fork, [], "-1", "RELATIVE_OUT_OF_RANGE"],
    [diamond, ["d"], "-3", "AMBIGUOUS_WALK"],
    [diamond, ["d"], "d-3", "AMBIGUOUS_WALK"],
    [diamond, ["b1"], "c-1", "INVALID_DOWNGRADE_TARGET"],
    [needing, ["a3", "b2"], "b1", "OVERLAPPING_HEADS"],
  ])("of %s from %j to %s is refused: %s", (drawing, rows, target, code) => {
    expect(failureOf(() => down(drawing, rows, target)).code).toBe(code);
  });

  test("an ambiguity names the heads", () => {
    expect(failureOf(() => down(fork, ["d2", "d1"], "-1")).message).toContain("(d1, d2)");
    expect(failureOf(() => down(diamond, ["d"], "-3")).message).toContain("b1 or b2");
  });
});

describe("a stamp", () => {
  const stamp = (drawing: string, rows: string[], targets: string[], purge = false) => {
    const { removes, adds } = stampPlan(drawn(drawing), rows, targets, { purge });
    return `${removes.join(" ")} → ${adds.join(" ")}`;
  };

  test.each([
    [fork, [], ["heads"], " → d1 d2"],
    [fork, ["d1", "d2"], ["heads"], " → "],
    [fork, ["d1", "d2"], ["base"], "d1 d2 → "],
    [fork, ["d1", "d2"], ["one@base"], "d1 → "],
    [fork, ["d1", "d2"], ["c1"], "d1 → c1"],
    [fork, ["d1"], ["+1", "d2"], ""],
    [fork, ["c1"], ["+1", "d2"], "c1 → d1 d2"],
    [fork, ["d1"], ["-1"], "d1 → c1"],
    [diamond, ["d"], ["b1"], "d → b1 b2"],
    [needing, [], ["b2"], " → b2"],
    [needing, ["b2"], ["a3"], " → "],
    [needing, ["b2"], ["a2"], "b2 → a2 b1"],
  ])("of %s from %j to %j: %s", (drawing, rows, targets, expected) => {
    if (expected === "") expect(() => stamp(drawing, rows, targets)).toThrow("goes too far");
    else expect(stamp(drawing, rows, targets)).toBe(expected);
  });

  test("targets that overlap, and rows that mean nothing, are refused", () => {
    expect(failureOf(() => stamp(fork, [], ["a", "d1"])).code).toBe("OVERLAPPING_HEADS");
    expect(failureOf(() => stamp(needing, [], ["a3", "b2"])).code).toBe("OVERLAPPING_HEADS");
    expect(failureOf(() => stamp(fork, ["zz"], ["a"])).code).toBe("UNKNOWN_CURRENT_REVISION");
  });

  test("purge forgets the rows, whatever they are", () => {
    expect(stamp(fork, ["zz", "d1", "d1"], ["d2"], true)).toBe("zz d1 → d2");
    expect(stamp(fork, ["d2"], ["d2"], true)).toBe("d2 → d2");
  });

  test("says what changes for the log", () => {
    const plan = stampPlan(drawn(fork), ["d1"], ["one@base", "c2"]);
    expect(ids(plan.revisions)).toEqual(["c2"]);
    expect(ids(plan.nowApplied)).toEqual(["c2"]);
    expect(ids(plan.noLongerApplied)).toEqual(["d1", "c1"]);
  });
});

describe("the range of a script", () => {
  const graph = drawn(fork);
  const range = (direction: "up" | "down", ...targets: string[]) => {
    const { currentHeads, targets: ends } = offlineRange(graph, direction, targets);
    return `${currentHeads.join(" ")} → ${ends.join(" ")}`;
  };

  test.each([
    [["heads"], " → heads"],
    [["b:"], "b → heads"],
    [["b:d1"], "b → d1"],
    [["b:+1"], "b → +1"],
    [["one@head:two@head"], "d1 → two@head"],
    [["c1,c2:heads"], "c1 c2 → heads"],
    [[":d1", "d2"], " → d1 d2"],
    [["b:b"], "b → b"],
  ])("up %j: %s", (targets, expected) => expect(range("up", ...targets)).toBe(expected));

  test("down both ends are needed", () => {
    expect(range("down", "d1:b")).toBe("d1 → b");
    expect(range("down", "heads:base")).toBe("d1 d2 → base");
    expect(failureOf(() => range("down", "b")).code).toBe("INVALID_RANGE");
    expect(failureOf(() => range("down", "d1:")).code).toBe("INVALID_RANGE");
    expect(failureOf(() => range("down", ":b")).code).toBe("INVALID_RANGE");
  });

  test.each([
    ["d1:b", "INVALID_RANGE"],
    ["a:b:c", "INVALID_RANGE"],
    ["current:d1", "INVALID_TARGET"],
  ])("up %s is refused with %s", (text, code) => {
    expect(failureOf(() => range("up", text)).code).toBe(code);
  });

  test("one script has one start", () => {
    expect(failureOf(() => range("up", "a:c1", "b:c2")).code).toBe("INVALID_RANGE");
  });
});
