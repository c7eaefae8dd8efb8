/** Runs of the example's history, in processes that SIGKILL really ends behind a statement. */
import { join } from "node:path";
import { expect } from "vitest";
import { cli, createProject, type Project, run } from "../support/project.ts";
import { copyExample, succeeded } from "../support/story.ts";
import type { Cases } from "./cases.ts";
import type { Look } from "./look.ts";

const killer = join(import.meta.dirname, "../support/kill-behind.cjs");

export const ways = { up: ["upgrade", "head"], down: ["downgrade", "base"] } as const;
export type Way = keyof typeof ways;
export const directions = ["up", "down"] as const satisfies readonly Way[];

/** The example's history on one database. */
export interface Site {
  /** From here to the end. */
  go(way: Way): Promise<void>;
  /** The same, killed behind the statement `point`; whether it came that far. */
  isKilled(way: Way, point: number): Promise<boolean>;
}

export function exampleProject(): Project {
  const project = createProject();
  copyExample(project);
  return project;
}

/** The database `url` of `project`. */
export function siteAt({ folder }: Project, url: string): Site {
  const mig = (way: Way, env: Readonly<Record<string, string>> = {}) =>
    run(ways[way], { cwd: folder, cli, env: { DATABASE_URL: url, ...env } });
  return {
    async go(way) {
      succeeded(await mig(way));
    },
    async isKilled(way, point) {
      const env = { NODE_OPTIONS: `--require ${killer}`, KILL_BEHIND: String(point) };
      const result = await mig(way, env);
      if (result.code !== null) succeeded(result);
      return result.code === null;
    },
  };
}

/** What a sweep starts from each time, and where it looks in the end. */
export interface Sweep {
  readonly way: Way;
  /** The first statement to die behind, and how many others are somebody else's. */
  readonly first: number;
  readonly step: number;
  begin(): Promise<Site>;
  look(): Look | Promise<Look>;
}

/**
 * Die behind one statement after the other until a run comes to its end before; each time the next `upgrade head` has to end
 * as in `whole`, which nothing interrupted: the log, too, tells of each revision that it is applied once. Gives how many
 * statements there were to die behind.
 */
export async function sweep(plan: Sweep, whole: Look, cases: Cases): Promise<number> {
  for (let point = plan.first; ; point += plan.step) {
    const site = await plan.begin();
    if (!(await site.isKilled(plan.way, point))) return point - 1;
    cases.plan(1);
    await site.go("up");
    const found = await plan.look();
    expect(found, `behind statement ${point}`).toEqual(whole);
    expect(Object.values(found.applied)).toEqual(Array(10).fill(1));
    cases.ran();
  }
}
