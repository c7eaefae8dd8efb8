/** The repository's own example, up and down on every database. */
import { describe, expect, test } from "vitest";
import {
  copyExample,
  forEachDatabase,
  type Place,
  type Story,
  succeeded,
} from "../support/story.ts";

const history = [
  ["0001", "Initial schema"],
  ["7c1e5b0f9a32", "Add user preferences"],
  ["9b1e0c4d2a77", "Add interviews"],
  ["3f2a9c1d7b04", "Give applications a slug"],
  ["5d8f0b3c6a19", "Index applications by status"],
  ["b7e4a1d90c35", "Merge slugs and status index"],
  ["e3d5c7b9a1f0", "Emails differ by more than case"],
  ["ac10a7e5f001", "Add activities"],
  ["ac10a7e5f002", "Tell more about activities"],
  ["f1c0a8d2e47b", "Merge activities"],
] as const;

const head = "f1c0a8d2e47b";
const ids = history.map(([revision]) => revision);

async function example(place: Place): Promise<Story> {
  const story = await place.begin();
  copyExample(story);
  return story;
}

function stepsOf(direction: "up" | "down", from: readonly (readonly [string, string])[]) {
  return from.map(([revision, message]) => ({
    direction,
    revision,
    message,
    ms: expect.any(Number),
  }));
}

forEachDatabase((place) => {
  describe("the example's documents", () => {
    test("upgrade, downgrade and what they leave are told as JSON", async () => {
      const story = await example(place);
      const { dialect } = story;
      expect(succeeded(await story.mig(["upgrade", "head", "--json"])).json()).toEqual({
        dialect,
        dryRun: false,
        steps: stepsOf("up", history),
        current: [head],
      });
      expect(succeeded(await story.mig(["current", "--json"])).json()).toEqual({
        dialect,
        current: [head],
        heads: [head],
        pending: 0,
        atHead: true,
      });
      expect(succeeded(await story.mig(["downgrade", "-1", "--json"])).json()).toEqual({
        dialect,
        dryRun: false,
        steps: stepsOf("down", history.slice(-1)),
        current: ["ac10a7e5f002", "e3d5c7b9a1f0"],
      });
      const down = succeeded(await story.mig(["downgrade", "base", "--json"])).json<{
        steps: unknown[];
      }>();
      expect(down).toMatchObject({ dialect, dryRun: false, current: [] });
      expect(down.steps).toHaveLength(9);
      expect(await story.schema()).toBe("");
      expect(succeeded(await story.mig(["current", "--json"])).json()).toEqual({
        dialect,
        current: [],
        heads: [head],
        pending: 10,
        atHead: false,
      });
      expect(succeeded(await story.mig(["stamp", "9b1e", "--json"])).json()).toEqual({
        dialect,
        dryRun: false,
        steps: [
          {
            direction: "stamp",
            revision: "9b1e0c4d2a77",
            message: "Add interviews",
            ms: expect.any(Number),
          },
        ],
        current: ["9b1e0c4d2a77"],
      });
    });

    test("status tells what became of each revision", async () => {
      const story = await example(place);
      succeeded(await story.mig(["upgrade", "9b1e"]));
      succeeded(await story.mig(["upgrade", "3f2a"]));
      succeeded(await story.mig(["downgrade", "-1"]));
      const { dialect, revisions } = (await story.mig(["status", "--json"])).json<{
        dialect: string;
        revisions: Record<string, unknown>[];
      }>();
      expect(dialect).toBe(story.dialect);
      const applied = {
        state: "applied",
        appliedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      };
      const told = {
        ms: expect.any(Number),
        batch: 1,
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      };
      const pending = { state: "pending", appliedAt: null, ms: null, batch: null, checksum: null };
      expect(revisions).toEqual(
        history.map(([revision, message], index) => ({
          revision,
          message,
          ...(index < 3 ? { ...applied, ...told } : pending),
        })),
      );
      const batches = await story.rows<{ batch: number }>("SELECT batch FROM mig_log ORDER BY id");
      expect(batches.map(({ batch }) => batch)).toEqual([1, 1, 1, 2, 3]);
    });

    test("a file that was changed after it ran is modified; one that is gone is missing", async () => {
      const story = await example(place);
      succeeded(await story.mig(["upgrade", "7c1e"]));
      const file = "versions/20260105_090000_0001_initial_schema.ts";
      story.write({ [file]: `${story.read(file)}// changed\n` });
      const states = async () => {
        const { revisions } = (await story.mig(["status", "--json"])).json<{
          revisions: { revision: string; state: string }[];
        }>();
        return Object.fromEntries(revisions.map(({ revision, state }) => [revision, state]));
      };
      expect(await states()).toMatchObject({ "0001": "modified", "7c1e5b0f9a32": "applied" });
      await story.rows("UPDATE mig_version SET version_num = 'feedbead0000'");
      expect(await states()).toMatchObject({ feedbead0000: "missing" });
    });

    test("people read where the database is", async () => {
      const story = await example(place);
      const up = succeeded(await story.mig(["upgrade"]));
      expect(up.stderr).toBe("");
      expect(up.stdout.split("\n").map((line) => line.replace(/ \([\d.]+ m?s\)$/, ""))).toEqual([
        ...history.map(([revision, message]) => `upgrade    ${revision}  ${message}`),
        "",
      ]);
      const marked = succeeded(await story.mig(["history", "-i"])).stdout.split("\n");
      expect(marked.filter((line) => line.includes("(current)"))).toEqual([
        "e3d5c7b9a1f0, ac10a7e5f002 -> f1c0a8d2e47b (head) (current) (merge point), Merge activities",
      ]);
      const flagged = (await story.mig(["history", "-i", "--json"])).json<
        { isCurrent: boolean }[]
      >();
      expect(flagged.map(({ isCurrent }) => isCurrent)).toEqual([true, ...Array(9).fill(false)]);
      expect(succeeded(await story.mig(["status"])).stderr).toBe("10 applied\n");
      expect((await story.mig(["upgrade"])).stderr).toBe("already up to date\n");
    });
  });

  describe("the example's rows", () => {
    async function insertRows(story: Story): Promise<void> {
      const sql = [
        "INSERT INTO users (id, email, name) VALUES (1, 'ada@example.com', 'Ada'), (2, 'bob@example.com', 'Bob')",
        "INSERT INTO resumes (id, user_id, title) VALUES (7, 1, 'Engineer')",
        `INSERT INTO job_applications (id, user_id, resume_id, company, title) VALUES
          (10, 1, 7, 'Acme & Söhne', 'Engineer'), (11, 2, NULL, 'Acme & Söhne', 'Engineer'), (12, 2, NULL, '---', '…')`,
        "INSERT INTO interviews (id, application_id, held_at, notes) VALUES (20, 10, '2026-03-01T10:00:00Z', 'went well'), (21, 12, '2026-03-02T10:00:00Z', NULL)",
        "INSERT INTO user_preferences (id, user_id, theme) VALUES (30, 1, 'dark')",
      ];
      for (const statement of sql) await story.rows(statement);
    }

    const counted = (story: Story) =>
      story.rows(`SELECT CAST((SELECT count(*) FROM users) AS integer) AS users, CAST((SELECT count(*) FROM resumes) AS integer) AS resumes,
        CAST((SELECT count(*) FROM job_applications) AS integer) AS applications,
        CAST((SELECT count(*) FROM interviews) AS integer) AS interviews`);

    test("survive the way up and the way down, with the children that would go by cascade", async () => {
      const story = await example(place);
      succeeded(await story.mig(["upgrade", "9b1e0c4d2a77"]));
      await insertRows(story);
      const before = await story.schema();
      const applications =
        "SELECT id, user_id, resume_id, company, title, status FROM job_applications ORDER BY id";
      const rows = await story.rows(applications);

      succeeded(await story.mig(["upgrade", "head"]));
      const all = [{ users: 2, resumes: 1, applications: 3, interviews: 2 }];
      expect(await counted(story)).toEqual(all);
      expect(await story.rows("SELECT id, slug FROM job_applications ORDER BY id")).toEqual([
        { id: 10, slug: "acme-s-hne-engineer-10" },
        { id: 11, slug: "acme-s-hne-engineer-11" },
        { id: 12, slug: "12" },
      ]);
      expect(await story.rows("SELECT application_id, notes FROM interviews ORDER BY id")).toEqual([
        { application_id: 10, notes: "went well" },
        { application_id: 12, notes: null },
      ]);

      // The branch of activities needs only the first tables: it stays until it is undone itself.
      succeeded(await story.mig(["downgrade", "9b1e0c4d2a77"]));
      expect(await story.heads()).toEqual(["9b1e0c4d2a77", "ac10a7e5f002"]);
      succeeded(await story.mig(["downgrade", "activities@base"]));
      expect(await counted(story)).toEqual(all);
      expect(await story.rows(applications)).toEqual(rows);
      expect(await story.schema()).toBe(before);
      succeeded(await story.mig(["upgrade", "head"]));
      expect(await counted(story)).toEqual(all);

      // And the constraints still do what they say.
      await expect(
        story.rows("INSERT INTO users (email, name) VALUES ('ADA@example.com', 'x')"),
      ).rejects.toThrow();
      await expect(
        story.rows(
          "INSERT INTO job_applications (user_id, company, title, slug) VALUES (1, 'a', 'b', '12')",
        ),
      ).rejects.toThrow();
      const cascade = "DELETE FROM job_applications WHERE id = 12";
      await story.rows(cascade);
      expect(await counted(story)).toEqual([
        { users: 2, resumes: 1, applications: 2, interviews: 1 },
      ]);
    });

    test("up, down and up again end at the same schema, each revision logged each time", async () => {
      const story = await example(place);
      succeeded(await story.mig(["upgrade", "head"]));
      const schema = await story.schema();
      succeeded(await story.mig(["downgrade", "base"]));
      succeeded(await story.mig(["upgrade", "head"]));
      expect(await story.schema()).toBe(schema);
      expect(await story.heads()).toEqual([head]);
      const log = await story.log();
      expect(log.slice(0, 10)).toEqual(ids.map((id) => `up ${id}`));
      expect(log.slice(10, 20).toSorted()).toEqual(ids.map((id) => `down ${id}`).toSorted());
      expect(log.slice(20)).toEqual(ids.map((id) => `up ${id}`));
    });
  });
});
