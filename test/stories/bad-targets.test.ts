/** Targets that mean nothing, or too much: refused before anything is run. */
import { describe, expect, test } from "vitest";
import { createProject, type Project } from "../support/project.ts";
import { refuses, revisions } from "./support.ts";

/** ae1001 ── ae1002 ─┬─ b3 (billing)
 *                    └─ c4 */
const branched = () =>
  createProject(
    revisions(
      { ae1001: null, ae1002: "ae1001", b3: "ae1002", c4: "ae1002" },
      { b3: 'export const branchLabels = ["billing"];' },
    ),
  );

/** The same, with a database that is at these targets. */
async function at(...targets: readonly string[]): Promise<Project> {
  const project = branched();
  const { code, stderr } = await project.mig(["upgrade", ...targets]);
  expect([code, stderr]).toEqual([0, ""]);
  return project;
}

const grammar =
  "help: targets are a revision or a unique prefix of one, head, heads, base, current, a label, label@head, +2, -1, ae10+2, or a range a:b";

describe("a name", () => {
  test.each([["upgrade"], ["downgrade"], ["stamp"], ["show"]])(
    "that nobody has is refused by %s",
    async (command) => {
      await refuses(branched(), [command, "nothing"], {
        code: "NO_SUCH_REVISION",
        says: 'error: there is no revision or branch label "nothing"\nhelp: `mig history` lists the revisions',
      });
    },
  );

  test("that is too short for what it should mean is told what a prefix is", async () => {
    await refuses(branched(), ["upgrade", "zz"], {
      code: "NO_SUCH_REVISION",
      says: 'error: there is no revision or branch label "zz"\nhelp: `mig history` lists the revisions; a prefix works when it is unique',
    });
  });

  test("with a slip, or of a whole file, is told what it may have meant", async () => {
    const meant = (name: string, help: string) => ({
      code: "NO_SUCH_REVISION",
      says: `error: there is no revision or branch label "${name}"\nhelp: did you mean ${help}?`,
    });
    await refuses(branched(), ["upgrade", "bilinlg"], meant("bilinlg", "billing"));
    await refuses(
      branched(),
      ["upgrade", "20260101_ae1002_x"],
      meant("20260101_ae1002_x", "ae1002"),
    );
    await refuses(branched(), ["upgrade", "ea1001"], meant("ea1001", "ae1001"));
  });

  test("that begins several ids is refused with all of them", async () => {
    await refuses(branched(), ["upgrade", "ae10"], {
      code: "AMBIGUOUS_PARTIAL",
      says: 'error: "ae10" could mean ae1001 or ae1002\nhelp: give more characters of the one you mean',
    });
  });

  test("that begins very many is refused with some of them", async () => {
    const many = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`f${n + 10}`, null]));
    await refuses(createProject(revisions(many)), ["upgrade", "f"], {
      code: "AMBIGUOUS_PARTIAL",
      says: `error: "f" could mean f10, f11, f12, f13, f14, f15, f16, f17 or 22 others
help: give more characters of the one you mean`,
    });
  });

  test("has to be on the branch before its @", async () => {
    await refuses(branched(), ["upgrade", "billing@c4"], {
      code: "NOT_MEMBER_OF_BRANCH",
      says: `error: revision c4 is not a member of branch "billing"
help: \`mig history\` shows which revisions belong to which branch`,
    });
    await refuses(await at("heads"), ["downgrade", "billing@c4"], {
      code: "NOT_MEMBER_OF_BRANCH",
      says: `error: revision c4 is not a member of branch "billing"
help: \`mig history\` shows which revisions belong to which branch`,
    });
  });
});

describe("what is no target at all", () => {
  test.each([
    ["", "it is empty"],
    ["head-1x", '"-1x" is not a number of steps'],
    ["head+", '"head+" can be neither a revision nor a label'],
    ["a b", '"a b" can be neither a revision nor a label'],
    ["a@b@c", "it has more than one @"],
    ["@head", "a branch label or a revision belongs before @"],
    ["head@b3", '"head" before @ is no branch'],
    ["+0", "0 steps go nowhere"],
    ["ae1001:b3", "a range works only for `history` and --sql"],
    [
      "ae1001; DROP TABLE users",
      '"ae1001; DROP TABLE users" can be neither a revision nor a label',
    ],
  ])("%j is refused", async (target, why) => {
    await refuses(branched(), ["upgrade", target], {
      code: "INVALID_TARGET",
      says: `error: "${target}" is not a target: ${why}\n${grammar}`,
    });
  });

  test("an upgrade does not go down, nor a downgrade up", async () => {
    const project = await at("ae1002");
    await refuses(
      project,
      ["upgrade", "--", "-1"].filter((it) => it !== "--"),
      {
        code: "INVALID_TARGET",
        says: `error: "-1" is not a target: an upgrade goes up\n${grammar}`,
      },
    );
    await refuses(project, ["downgrade", "+1"], {
      code: "INVALID_TARGET",
      says: `error: "+1" is not a target: a downgrade goes down\n${grammar}`,
    });
  });
});

describe("several heads", () => {
  const twoHeads = {
    code: "MULTIPLE_HEADS",
    says: `error: "head" is ambiguous: the history has 2 heads (b3, c4)
help: name one of them, say "heads" for all, or join them with \`mig merge heads -m "…"\``,
  };

  test.each([
    ["upgrade"],
    ["upgrade head"],
    ["upgrade head --sql"],
    ["upgrade --dry-run"],
    ["stamp head"],
  ])("stop %s", async (line) => {
    await refuses(branched(), line.split(" "), twoHeads);
  });

  test("in the database stop -1", async () => {
    await refuses(await at("heads"), ["downgrade", "-1"], {
      code: "AMBIGUOUS_DOWNGRADE",
      says: `error: "-1" is ambiguous: the database has 2 current heads (b3, c4)
help: name the one to undo, as in b3@-1, or the revision to go back to`,
    });
  });

  test("ahead stop +1, unless the branch is named", async () => {
    const project = await at("ae1002");
    await refuses(project, ["upgrade", "+1"], {
      code: "AMBIGUOUS_WALK",
      says: `error: "+1" is ambiguous: from ae1002 it could go to b3 or c4
help: name the revision, or the branch as in label@-1 or label@+1`,
    });
    expect((await project.mig(["upgrade", "billing@+1", "--json"])).json()).toMatchObject({
      current: ["b3"],
    });
    await project.mig(["upgrade", "heads"]);
    await refuses(project, ["upgrade", "+1"], {
      code: "AMBIGUOUS_UPGRADE",
      says: `error: "+1" is ambiguous: it could go on from b3 or c4
help: name the revision, or the branch as in label@+1`,
    });
  });
});

describe("too far", () => {
  const tooFar = (target: string, available: string) => ({
    code: "RELATIVE_OUT_OF_RANGE",
    says: `error: "${target}" goes too far: there ${available} in that direction
help: ${available === "are 0 revisions" ? "there is nothing to do" : "use a smaller number"}`,
  });

  test("is -1 from nothing", async () => {
    await refuses(branched(), ["downgrade", "-1"], tooFar("-1", "are 0 revisions"));
    await refuses(createProject(), ["downgrade", "-1"], tooFar("-1", "are 0 revisions"));
  });

  test("is more than there is, up and down", async () => {
    const project = await at("b3");
    await refuses(project, ["upgrade", "+1"], tooFar("+1", "are 0 revisions"));
    await refuses(project, ["downgrade", "-9"], tooFar("-9", "are 3 revisions"));
    await refuses(project, ["upgrade", "c4+9"], tooFar("c4+9", "are 0 revisions"));
    await refuses(await at("ae1001"), ["downgrade", "-2"], tooFar("-2", "is 1 revision"));
    await refuses(
      await at("ae1001"),
      ["upgrade", "billing@+99999999999"],
      tooFar("billing@+99999999999", "are 2 revisions"),
    );
  });
});

describe("a downgrade", () => {
  test("goes only to what is applied", async () => {
    const project = await at("b3");
    await refuses(project, ["downgrade", "c4"], {
      code: "INVALID_DOWNGRADE_TARGET",
      says: `error: cannot downgrade to "c4": it is not applied (the database is at b3)
help: \`mig status\` shows what is applied`,
    });
    await refuses(branched(), ["downgrade", "b3"], {
      code: "INVALID_DOWNGRADE_TARGET",
      says: `error: cannot downgrade to "b3": it is not applied (the database is at base)
help: \`mig status\` shows what is applied`,
    });
  });
});

describe("a stamp", () => {
  test("of a revision and its ancestor is refused", async () => {
    await refuses(branched(), ["stamp", "ae1001", "b3"], {
      code: "OVERLAPPING_HEADS",
      says: `error: ae1001 is an ancestor of b3: the two cannot be current heads together
help: leave out the ancestor; if the version table says so, correct it with \`mig stamp --purge\``,
    });
  });
});

describe("a script's range", () => {
  const help = "help: write from:to, from: or :to, with the older revision first";
  test.each([
    ["upgrade b3:ae1001 --sql", "b3:ae1001", "ae1001 is before where it starts"],
    ["downgrade b3 --sql", "b3", "it has no colon"],
    [
      "downgrade :ae1001 --sql",
      ":ae1001",
      "a script that goes down needs to know from where and to which one revision",
    ],
    [
      "downgrade b3: --sql",
      "b3:",
      "a script that goes down needs to know from where and to which one revision",
    ],
  ])("%s", async (line, range, why) => {
    await refuses(branched(), line.split(" "), {
      code: "INVALID_RANGE",
      says: `error: "${range}" is not a range: ${why}\n${help}`,
    });
  });
});
