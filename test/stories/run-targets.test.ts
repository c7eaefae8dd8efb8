/** Saying where to go: targets, stamps, dry runs, and looking at what is not there yet. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Result, revisionFile } from "../support/project.ts";
import { errorOf, forEachDatabase, type Story, succeeded } from "../support/story.ts";

function table(name: string) {
  return {
    upgrade: `op.createTable(${JSON.stringify(name)}, [t.integer("id", { notNull: true })]);`,
    downgrade: `op.dropTable(${JSON.stringify(name)});`,
  };
}

/**
 *   a ── b ── c ── m ── z
 *    └── d ── e ──┘         d is labelled "side"
 *   x ── y                  x is labelled "other", and y depends on b
 */
const forked = {
  "versions/a.ts": revisionFile({ revision: "a1", ...table("a") }),
  "versions/b.ts": revisionFile({ revision: "b1", down: "a1", ...table("b") }),
  "versions/c.ts": revisionFile({ revision: "c1", down: "b1", ...table("c") }),
  "versions/d.ts": revisionFile({
    revision: "d1",
    down: "a1",
    header: 'export const branchLabels = ["side"];',
    ...table("d"),
  }),
  "versions/e.ts": revisionFile({ revision: "e1", down: "d1", ...table("e") }),
  "versions/m.ts": revisionFile({ revision: "m1", down: ["c1", "e1"] }),
  "versions/x.ts": revisionFile({
    revision: "x1",
    header: 'export const branchLabels = ["other"];',
    ...table("x"),
  }),
  "versions/y.ts": revisionFile({
    revision: "y1",
    down: "x1",
    header: 'export const dependsOn = ["b1"];',
    ...table("y"),
  }),
  "versions/z.ts": revisionFile({ revision: "z1", down: "m1", ...table("z") }),
};

async function tables(story: Story): Promise<readonly string[]> {
  const names = (await story.schema()).matchAll(/^(?:table|relation) (\w+)(?: r)?$/gm);
  return [...names].map(([, name = ""]) => name);
}

async function steps(result: Promise<Result>): Promise<readonly string[]> {
  const document = succeeded(await result).json<{
    steps: { direction: string; revision: string }[];
  }>();
  return document.steps.map(({ direction, revision }) => `${direction} ${revision}`);
}

forEachDatabase((place) => {
  const up = (story: Story, ...targets: string[]) =>
    steps(story.mig(["upgrade", ...targets, "--json"]));
  const down = (story: Story, target: string) => steps(story.mig(["downgrade", target, "--json"]));

  describe("targets", () => {
    test("+1 and -1 go one revision on and back, on a branch where one is named", async () => {
      const story = await place.begin(forked);
      expect(await up(story, "b1")).toEqual(["up a1", "up b1"]);
      expect(await up(story, "+1")).toEqual(["up c1"]);
      expect(await up(story, "side@+1")).toEqual(["up d1"]);
      expect(await story.heads()).toEqual(["c1", "d1"]);
      expect(errorOf(await story.mig(["downgrade", "-1", "--json"]))).toMatchObject({
        code: "AMBIGUOUS_DOWNGRADE",
        message: expect.stringContaining("(c1, d1)"),
      });
      expect(await down(story, "side@-1")).toEqual(["down d1"]);
      expect(await down(story, "-1")).toEqual(["down c1"]);
      expect(await down(story, "-2")).toEqual(["down b1", "down a1"]);
      expect(await tables(story)).toEqual([]);
    });

    test("several targets are one run, and a label leads to the head of its branch", async () => {
      const story = await place.begin(forked);
      expect(await up(story, "c1", "d1")).toEqual(["up a1", "up b1", "up c1", "up d1"]);
      // y1 depends on b1, which is there.
      expect(await up(story, "other@head")).toEqual(["up x1", "up y1"]);
      expect(await story.heads()).toEqual(["c1", "d1", "y1"]);
      expect(await tables(story)).toEqual(["a", "b", "c", "d", "x", "y"]);
      expect(await up(story, "side@head")).toEqual(["up e1", "up m1", "up z1"]);
      expect(await story.heads()).toEqual(["y1", "z1"]);
      const batches = await story.rows<{ batch: number }>(
        "SELECT DISTINCT batch FROM mig_log ORDER BY batch",
      );
      expect(batches).toHaveLength(3);
    });

    test("a dependency comes first, goes last, and is no parent", async () => {
      const story = await place.begin(forked);
      const order = await up(story, "y1");
      expect(order.toSorted()).toEqual(["up a1", "up b1", "up x1", "up y1"]);
      expect(order.indexOf("up a1")).toBeLessThan(order.indexOf("up b1"));
      expect(order.at(-1)).toBe("up y1");
      expect(await story.heads()).toEqual(["y1"]);
      expect(await down(story, "a1")).toEqual(["down y1", "down b1"]);
      expect(await story.heads()).toEqual(["a1", "x1"]);
    });

    test("a merge is undone by -1, and done again", async () => {
      const story = await place.begin(forked);
      await up(story, "m1");
      expect(await story.heads()).toEqual(["m1"]);
      expect(await down(story, "-1")).toEqual(["down m1"]);
      expect(await story.heads()).toEqual(["c1", "e1"]);
      expect(await down(story, "side@base")).toEqual(["down e1", "down d1"]);
      expect(await story.heads()).toEqual(["c1"]);
      expect(await up(story, "m1")).toEqual(["up d1", "up e1", "up m1"]);
      expect(await down(story, "a1")).toHaveLength(5);
      expect(await tables(story)).toEqual(["a"]);
    });

    test("nothing to do is said, and is no failure", async () => {
      const story = await place.begin(forked);
      const nothing = succeeded(await story.mig(["upgrade", "base"]));
      expect([nothing.stdout, nothing.stderr]).toEqual(["", "already up to date\n"]);
      await up(story, "heads");
      expect((await story.mig(["upgrade", "heads"])).stderr).toBe("already up to date\n");
      expect(succeeded(await story.mig(["upgrade", "a1", "--json"])).json()).toEqual({
        dialect: place.dialect,
        dryRun: false,
        steps: [],
        current: ["y1", "z1"],
      });
      await down(story, "base");
      expect(succeeded(await story.mig(["downgrade", "base"])).stderr).toBe("nothing to undo\n");
    });

    test("what cannot be is refused, and nothing is run", async () => {
      const story = await place.begin(forked);
      const code = async (...args: string[]) => errorOf(await story.mig([...args, "--json"])).code;
      expect(await code("upgrade", "head")).toBe("MULTIPLE_HEADS");
      expect(await code("upgrade", "nothere")).toBe("NO_SUCH_REVISION");
      expect(await code("upgrade", "+9")).toBe("AMBIGUOUS_WALK");
      expect(await code("downgrade", "a1")).toBe("INVALID_DOWNGRADE_TARGET");
      expect(await code("upgrade", "side@x1")).toBe("NOT_MEMBER_OF_BRANCH");
      if (place.dialect === "sqlite")
        expect(existsSync(join(story.folder, "data/dev.db"))).toBe(false);
      else expect(await tables(story)).toEqual([]);
    });
  });

  describe("stamp", () => {
    test("marks an existing database, and upgrade goes on from there", async () => {
      const story = await place.begin(forked);
      // An old database, made by somebody else.
      story.write({ "data/.keep": "" });
      await story.rows("CREATE TABLE a (id integer)");
      expect(succeeded(await story.mig(["stamp", "a1"])).stdout).toBe("stamp      a1  a1\n");
      expect(await up(story, "b1")).toEqual(["up b1"]);
      expect(await story.log()).toEqual(["stamp a1", "up b1"]);
      expect(succeeded(await story.mig(["stamp", "base"])).stderr).toBe("no longer at b1\n");
      expect(await story.heads()).toEqual([]);
      expect(await tables(story)).toEqual(["a", "b"]);
      succeeded(await story.mig(["stamp", "heads"]));
      expect(await story.heads()).toEqual(["y1", "z1"]);
    });

    test("--purge forgets a row that no file knows; without it that is an error", async () => {
      const story = await place.begin(forked);
      await up(story, "b1");
      await story.rows("INSERT INTO mig_version VALUES ('deadbeef')");
      for (const command of [
        ["stamp", "b1"],
        ["upgrade", "b1"],
        ["downgrade", "base"],
      ]) {
        expect(errorOf(await story.mig([...command, "--json"]))).toMatchObject({
          code: "UNKNOWN_CURRENT_REVISION",
          message: 'the database is at revision "deadbeef", and no file of the history has that id',
          help: expect.stringContaining("mig stamp --purge"),
        });
      }
      expect(await story.heads()).toEqual(["b1", "deadbeef"]);
      expect(succeeded(await story.mig(["stamp", "--purge", "b1", "--json"])).json()).toMatchObject(
        {
          steps: [{ direction: "stamp", revision: "b1" }],
          current: ["b1"],
        },
      );
      expect(await up(story, "c1")).toEqual(["up c1"]);
    });

    test("a stamp that fails leaves everything as it was", async () => {
      const story = await place.begin(forked);
      await up(story, "b1");
      expect(errorOf(await story.mig(["stamp", "a1", "c1", "--json"])).code).toBe(
        "OVERLAPPING_HEADS",
      );
      expect(await story.heads()).toEqual(["b1"]);
      expect(await story.log()).toEqual(["up a1", "up b1"]);
    });
  });

  describe("--dry-run", () => {
    const bytes = (story: Story) => readFileSync(join(story.folder, "data/dev.db"));

    test("tells the operations and changes nothing", async () => {
      const story = await place.begin({
        ...forked,
        "versions/z.ts": revisionFile({
          revision: "z1",
          down: "m1",
          message: "The last",
          upgrade: `op.batchAlterTable("a", (a) => {
            a.addColumn(t.varchar("name", { length: 9 }));
            a.addConstraint(unique("a_name_unique", ["name"]));
          });
          op.createIndex("a_name_idx", "a", ["name"]);
          op.execute("UPDATE a SET name = 'x'");
          op.run("call everybody", () => { throw new Error("not now"); });`,
        }),
      });
      const onNothing = succeeded(await story.mig(["upgrade", "z1", "--dry-run"]));
      expect(onNothing.stdout).toContain("upgrade    a1  a1\n    + table a\n");
      expect(onNothing.stdout.split("upgrade    z1  The last\n")[1]).toBe(
        [
          "+ column a.name; + constraint a_name_unique on a",
          "+ index a_name_idx on a",
          "> UPDATE a SET name = 'x'",
          "> call everybody",
        ]
          .map((line) => `    ${line}\n`)
          .join(""),
      );
      if (place.dialect === "sqlite") expect(existsSync(join(story.folder, "data"))).toBe(false);
      else
        expect(
          await story.rows(
            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
          ),
        ).toEqual([]);

      await up(story, "m1");
      const before = place.dialect === "sqlite" ? bytes(story) : await story.schema();
      const later = succeeded(await story.mig(["upgrade", "z1", "--dry-run", "--json"]));
      expect(later.json()).toEqual({
        dialect: place.dialect,
        dryRun: true,
        steps: [{ direction: "up", revision: "z1", message: "The last", ms: 0 }],
        current: ["m1"],
      });
      const back = succeeded(await story.mig(["downgrade", "side@base", "--dry-run"]));
      expect(back.stdout).toBe(
        "downgrade  m1  m1\ndowngrade  e1  e1\n    - table e\ndowngrade  d1  d1\n    - table d\n",
      );
      expect(place.dialect === "sqlite" ? bytes(story) : await story.schema()).toEqual(before);
      expect(await story.log()).toHaveLength(6);
    });
  });

  test("looking at a database that does not exist yet creates nothing", async () => {
    const story = await place.begin(forked);
    expect(succeeded(await story.mig(["current"])).stderr).toBe(
      "the database is at base\n9 pending; `mig upgrade heads` runs them\n",
    );
    expect((await story.mig(["current", "--check-heads"])).code).toBe(1);
    expect(succeeded(await story.mig(["status"])).stderr).toBe("9 pending\n");
    expect(succeeded(await story.mig(["history", "-i"])).stdout).not.toContain("(current)");
    if (place.dialect === "sqlite") expect(existsSync(join(story.folder, "data"))).toBe(false);
    else
      expect(
        await story.rows(
          "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace",
        ),
      ).toEqual([]);
  });
});
