/** A run that is killed: the next one ends where this one was going, and does nothing twice. */
import { expect } from "vitest";
import { fault } from "../faults/cases.ts";
import {
  copyExample,
  forEachDatabase,
  type Place,
  type Story,
  succeeded,
} from "../support/story.ts";

const folder = "versions";
const first = `${folder}/20260105_090000_0001_initial_schema.ts`;
const interviews = `${folder}/20260202_101500_9b1e0c4d2a77_add_interviews.ts`;
const slugs = `${folder}/20260210_083000_3f2a9c1d7b04_give_applications_a_slug.ts`;
const merge = `${folder}/20260225_080000_f1c0a8d2e47b_merge_activities.ts`;

/** The example, with a gate at the beginning or at the end of a script of a revision. */
async function gatedExample(place: Place, gates: readonly Gate[]): Promise<Story> {
  const story = await place.begin();
  copyExample(story);
  for (const gate of gates) story.write({ [gate.file]: withGate(story.read(gate.file), gate) });
  return story;
}

interface Gate {
  readonly name: string;
  readonly file: string;
  readonly script: "upgrade" | "downgrade";
  readonly where: "begin" | "end";
}

function withGate(text: string, { name, script, where, file }: Gate): string {
  const call = `  op.run("gate ${name}", async () => (await import("./${file.includes("activities/") ? "../" : ""}../gate.ts")).gate("${name}"));`;
  const head = new RegExp(`export function ${script}\\(_?op: Op\\) \\{`);
  const opened = text.replace(
    head,
    (found) => `${found.replace("_op", "op")}${where === "begin" ? `\n${call}\n` : ""}`,
  );
  if (where === "begin") return opened;
  const start = opened.search(new RegExp(`export function ${script}\\(`));
  const end =
    opened.indexOf("\n}\n", start) < 0
      ? opened.indexOf("{}", start) + 1
      : opened.indexOf("\n}\n", start);
  return `${opened.slice(0, end)}\n${call}${opened.slice(end)}`;
}

/** Run, and kill it at each gate; then run to the end. */
async function killedAtEach(
  story: Story,
  args: readonly string[],
  gates: readonly Gate[],
): Promise<void> {
  for (const { name } of gates) {
    const running = story.start(args);
    await story.reached(name);
    await running.kill();
    story.open(name);
  }
  succeeded(await story.mig(args));
}

async function count(story: Story, table: string): Promise<number> {
  const [row] = await story.rows<{ n: number }>(
    `SELECT CAST(count(*) AS integer) AS n FROM ${table}`,
  );
  return row?.n ?? -1;
}

forEachDatabase((place) => {
  fault(
    "an upgrade that is killed again and again ends at the head, each revision once",
    async () => {
      const whole = await gatedExample(place, []);
      succeeded(await whole.mig(["upgrade"]));

      const gates: Gate[] = [
        { name: "g1", file: first, script: "upgrade", where: "begin" },
        { name: "g2", file: first, script: "upgrade", where: "end" },
        { name: "g3", file: interviews, script: "upgrade", where: "end" },
        { name: "g4", file: slugs, script: "upgrade", where: "begin" },
        { name: "g5", file: slugs, script: "upgrade", where: "end" },
      ];
      const story = await gatedExample(place, gates);
      await killedAtEach(story, ["upgrade", "head"], gates);
      expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
      expect(await story.schema()).toBe(await whole.schema());
      expect((await story.log()).toSorted()).toEqual((await whole.log()).toSorted());
      const batches = await story.rows(
        "SELECT revision, batch FROM mig_log WHERE batch > 1 ORDER BY id",
      );
      expect(batches.length).toBeGreaterThan(0);
    },
  );

  fault(
    "a downgrade that is killed again and again ends at the base, and loses no row on the way",
    async () => {
      const gates: Gate[] = [
        { name: "g1", file: merge, script: "downgrade", where: "begin" },
        { name: "g2", file: slugs, script: "downgrade", where: "begin" },
        { name: "g3", file: slugs, script: "downgrade", where: "end" },
        { name: "g4", file: interviews, script: "downgrade", where: "begin" },
      ];
      const story = await gatedExample(place, gates);
      succeeded(await story.mig(["upgrade"]));
      await story.exec(
        `INSERT INTO users (id, email, name) VALUES (1, 'a', 'A');
      INSERT INTO job_applications (id, user_id, company, title, slug) VALUES (5, 1, 'c', 't', 's');
      INSERT INTO interviews (id, application_id, held_at) VALUES (6, 5, '2026-01-01T00:00:00Z');`,
      );
      for (const { name } of gates) {
        const running = story.start(["downgrade", "base"]);
        await story.reached(name);
        await running.kill();
        // It was killed inside a revision: what it did of that is undone, and what was before it stays done.
        expect([await count(story, "job_applications"), await count(story, "interviews")]).toEqual([
          1, 1,
        ]);
        story.open(name);
      }
      succeeded(await story.mig(["downgrade", "base"]));
      expect([await story.heads(), await story.schema()]).toEqual([[], ""]);
      const log = await story.log();
      expect(log).toHaveLength(20);
      expect(new Set(log).size).toBe(20);
      succeeded(await story.mig(["upgrade"]));
      expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
    },
  );

  fault("so does a run that is one transaction", async () => {
    const gates: Gate[] = [{ name: "g1", file: slugs, script: "upgrade", where: "end" }];
    const story = await gatedExample(place, gates);
    succeeded(await story.mig(["upgrade", "7c1e"]));
    const running = story.start(["upgrade", "3f2a", "--transaction", "all"]);
    await story.reached("g1");
    await running.kill();
    expect(await story.heads()).toEqual(["7c1e5b0f9a32"]);
    story.open("g1");
    succeeded(await story.mig(["upgrade", "3f2a", "--transaction", "all"]));
    expect(await story.log()).toEqual([
      "up 0001",
      "up 7c1e5b0f9a32",
      "up 9b1e0c4d2a77",
      "up 3f2a9c1d7b04",
    ]);
  });
});
