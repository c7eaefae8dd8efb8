import { describe, expect, test } from "vitest";
import { historyRange } from "../../../src/revisions/history.ts";
import { resolveTarget } from "../../../src/revisions/resolve.ts";
import { parseTarget } from "../../../src/revisions/target.ts";
import { drawn, failureOf, ids } from "./support.ts";

const graph = drawn(
  "ae10aa; ae10bb<ae10aa; c1<ae10bb L:billing,v-1; d1<c1; c2<ae10bb L:shop; d2<c2; base2",
);
const scope = { graph, current: [graph.get("c1"), graph.get("d2")] };

const resolved = (text: string) => ids(resolveTarget(scope, text)).join(" ");
const refused = (text: string) => failureOf(() => resolveTarget(scope, text));

describe("a target", () => {
  test.each([
    ["ae10aa", "ae10aa"],
    ["ae10b", "ae10bb"],
    ["bil", "c1"],
    ["b", ""],
    ["heads", "d1 d2 base2"],
    ["base", ""],
    ["current", "c1 d2"],
    ["billing", "c1"],
    ["billing@head", "d1"],
    ["billing@heads", "d1"],
    ["ae10aa@heads", "d1 d2"],
    ["bil@base", ""],
    ["billing@current", "c1"],
    ["billing@ae10", ""],
    ["d2@head", "d2"],
    ["ae10bb-1", "ae10aa"],
    ["ae10bb-2", ""],
    ["ae10b-1", "ae10aa"],
    ["billing@+2", "ae10bb"],
    ["billing@base+3", "c1"],
    ["billing@ae10bb+1", "c1"],
    ["billing@-1", "c1"],
    ["billing@head-1", "c1"],
    ["v-1", "c1"],
    ["v-1-1", "ae10bb"],
    ["v-1+1", "d1"],
    ["v-", "c1"],
    ["base2-1", ""],
    ["c1+1", "d1"],
  ])("%s means %s", (text, expected) => {
    if (text === "b" || text === "billing@ae10") {
      expect(refused(text).code).toBe("AMBIGUOUS_PARTIAL");
    } else expect(resolved(text)).toBe(expected);
  });

  test.each([
    ["", "INVALID_TARGET"],
    ["head-1x", "INVALID_TARGET"],
    ["+1foo", "INVALID_TARGET"],
    ["+", "INVALID_TARGET"],
    ["+0", "INVALID_TARGET"],
    ["--1", "INVALID_TARGET"],
    ["a b", "INVALID_TARGET"],
    ["a:b", "INVALID_TARGET"],
    ["a@b@c", "INVALID_TARGET"],
    ["@head", "INVALID_TARGET"],
    ["head@c1", "INVALID_TARGET"],
    ["billing@", "INVALID_TARGET"],
    ["../x", "INVALID_TARGET"],
    ["head", "MULTIPLE_HEADS"],
    ["ae10aa@head", "MULTIPLE_HEADS"],
    ["ae10", "AMBIGUOUS_PARTIAL"],
    ["nothing", "NO_SUCH_REVISION"],
    ["nothing@head", "NO_SUCH_REVISION"],
    ["billing@nothing", "NO_SUCH_REVISION"],
    ["billing@c2", "NOT_MEMBER_OF_BRANCH"],
    ["billing@shop", "NOT_MEMBER_OF_BRANCH"],
    ["billing@d2-1", "NOT_MEMBER_OF_BRANCH"],
    ["billing@bas", "NOT_MEMBER_OF_BRANCH"],
    ["ae10bb+1", "AMBIGUOUS_WALK"],
    ["heads-1", "AMBIGUOUS_WALK"],
    ["-1", "AMBIGUOUS_WALK"],
    ["base+1", "AMBIGUOUS_WALK"],
    ["ae10bb-3", "RELATIVE_OUT_OF_RANGE"],
    ["base-1", "RELATIVE_OUT_OF_RANGE"],
    ["d1+1", "RELATIVE_OUT_OF_RANGE"],
    ["d1+99999999999999999999", "RELATIVE_OUT_OF_RANGE"],
  ])("%j is refused with %s", (text, code) => {
    expect(refused(text).code).toBe(code);
  });

  test("what is refused says what to do", () => {
    expect(refused("billng").help).toContain("did you mean billing?");
    expect(refused("zz").help).toContain("a prefix works when it is unique");
    expect(refused("zzzz").help).not.toContain("a prefix works");
    expect(refused("ae10").message).toBe('"ae10" could mean ae10aa or ae10bb');
    expect(refused("ae10bb-3").message).toContain("there are 2 revisions");
    expect(refused("head").message).toContain("d1, d2, base2");
    expect(failureOf(() => resolveTarget({ graph, current: null }, "current")).code).toBe(
      "INVALID_TARGET",
    );
  });

  test("is taken apart", () => {
    expect(parseTarget(graph, "billing@c1-12")).toEqual({
      text: "billing@c1-12",
      branch: "billing",
      symbol: "c1",
      steps: -12,
    });
    expect(parseTarget(graph, "+2")).toMatchObject({ branch: null, symbol: null, steps: 2 });
  });

  test("a prefix of thousands of ids stays readable", () => {
    const many = drawn(Array.from({ length: 3000 }, (_, index) => `x${index + 1000}`).join(";"));
    const { message } = failureOf(() => resolveTarget({ graph: many, current: null }, "x"));
    expect(message).toContain("x1007 or 2992 others");
  });
});

describe("a range of the history", () => {
  const line = drawn("a; b<a; c<b; d<c; x D:b; y<x; z<y L:lib");
  const range = (text: string, current: string[] = []) =>
    ids(historyRange({ graph: line, current: current.map((id) => line.get(id)) }, text)).join(" ");

  test.each([
    [":", "z y x d c b a"],
    ["b:d", "d c b"],
    ["b:", "z y x d c b"],
    [":b", "b a"],
    ["b:b", "b"],
    ["b:y", "y x b"],
    ["a:+2", "c b a"],
    ["a+1:c", "c b"],
    ["lib@-1:lib@head", "z y"],
    ["d-2:d-1", "c b"],
    ["d@-9:d", "d c b a"],
    ["d@base:d@+2", "b a"],
    ["d@base:", "d c b a"],
    ["base:c,y", "y x c b a"],
    [":base", ""],
  ])("%s is %s", (text, expected) => expect(range(text)).toBe(expected));

  test("the database is an end like any other", () => {
    expect(range("current:", ["c"])).toBe("d c");
    expect(range(":current", ["c"])).toBe("c b a");
    expect(range("current-1:current+1", ["c"])).toBe("d c b");
    expect(range("current:", [])).toBe("z y x d c b a");
    expect(range(":current", [])).toBe("");
  });

  test.each([
    ["a", "INVALID_RANGE"],
    ["a:b:c", "INVALID_RANGE"],
    ["d:a", "INVALID_RANGE"],
    ["c:z", "INVALID_RANGE"],
    ["a:base", "INVALID_RANGE"],
    ["lib@base:d", "INVALID_RANGE"],
    ["a,x:+1", "INVALID_RANGE"],
    ["a,:d", "INVALID_TARGET"],
    ["zz:d", "NO_SUCH_REVISION"],
    ["a:+9", "RELATIVE_OUT_OF_RANGE"],
    ["-1:", "AMBIGUOUS_WALK"],
  ])("%s is refused with %s", (text, code) => {
    expect(failureOf(() => range(text)).code).toBe(code);
  });
});
