/** docs/production.md, as it is written: the steps of a CI job, the entry point of a container, the command of a pod. */
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import { copyExample, forEachDatabase, type Place, type Story, until } from "../support/story.ts";

const repository = join(import.meta.dirname, "../..");
const docs = readFileSync(join(repository, "docs/production.md"), "utf8");

/** The one block of the docs that holds `text`. */
function block(text: string): string {
  const found = [...docs.matchAll(/^```\w*\n(.*?)^```$/gms)].filter(([, it]) => it?.includes(text));
  expect(found).toHaveLength(1);
  return found[0]?.[1] ?? "";
}

const steps = [...block("actions/checkout").matchAll(/^ +- run: (npx .*)$/gm)].map(
  ([, run]) => run ?? "",
);
const entryPoint = block("#!/bin/sh");
const podCommand = JSON.parse(/command: (\[.*\])/.exec(block("initContainers"))?.[1] ?? "[]");

/** The example as a project that has installed mig, and a database that is its production. */
async function deployed(place: Place): Promise<Deployed> {
  const story = await place.begin();
  copyExample(story);
  const modules = join(story.folder, "node_modules");
  rmSync(modules);
  mkdirSync(join(modules, ".bin"), { recursive: true });
  for (const name of ["pg", "better-sqlite3", "drizzle-orm"])
    symlinkSync(join(repository, "node_modules", name), join(modules, name));
  symlinkSync(repository, join(modules, "drizzle-mig"));
  symlinkSync("../drizzle-mig/dist/cli.cjs", join(modules, ".bin/mig"));
  story.write({ "entrypoint.sh": entryPoint, "server.js": 'console.log("it serves");' });
  const env = { CI: "true", PATH: process.env.PATH, PRODUCTION_DATABASE_URL: story.url };
  const start = (command: string, args: readonly string[]): Process => {
    const child = spawn(command, args, {
      cwd: story.folder,
      env: { ...env, HOME: story.folder, npm_config_update_notifier: "false" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    onTestFinished(() => void child.kill("SIGKILL"));
    return processOf(child);
  };
  return { story, start };
}

interface Deployed {
  readonly story: Story;
  start(command: string, args: readonly string[]): Process;
}

interface Process {
  /** The exit code, and all that was said. */
  readonly ended: Promise<{ readonly code: number | null; readonly said: string }>;
  said(): string;
  signal(name: NodeJS.Signals): void;
}

function processOf(child: ChildProcess): Process {
  let said = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said += text));
  return {
    ended: new Promise((done) => child.on("close", (code) => done({ code, said }))),
    said: () => said,
    signal: (name) => void child.kill(name),
  };
}

test("every promise is held by a test that there is", () => {
  const promises = docs.split("\n").filter((line) => /^\| .*`(faults|stories)\//.test(line));
  expect(promises.length).toBeGreaterThan(15);
  const named = promises.flatMap((line) => [...line.matchAll(/`((?:faults|stories)\/[\w-]+)`/g)]);
  for (const [, name] of named)
    expect([name, existsSync(join(repository, `test/${name}.test.ts`))]).toEqual([name, true]);
});

forEachDatabase((place) => {
  test("the steps of the CI job bring the database to the head; without --yes nothing is done", async () => {
    const { story, start } = await deployed(place);
    expect(steps).toEqual([
      "npx mig verify --env production",
      "npx mig upgrade head --env production --yes",
    ]);
    const careless = await start("sh", ["-c", steps[1]?.replace(" --yes", "") ?? ""]).ended;
    expect([careless.code, careless.said]).toEqual([1, expect.stringContaining("--yes")]);
    for (const step of steps) {
      const { code, said } = await start("sh", ["-c", step]).ended;
      expect([step, code, said]).toEqual([step, 0, expect.any(String)]);
    }
    expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
  });

  test("the entry point upgrades and serves; the pods of a deployment do so at once", async () => {
    const { story, start } = await deployed(place);
    const pods = [start("sh", ["entrypoint.sh"]), start("sh", ["entrypoint.sh"])];
    const [name = "", ...args] = podCommand as readonly string[];
    const init = [start(name, args), start(name, args)];
    for (const { ended } of pods)
      expect(await ended).toMatchObject({ code: 0, said: expect.stringMatching(/it serves\n$/) });
    for (const { ended } of init) expect(await ended).toMatchObject({ code: 0 });
    expect(await story.log()).toHaveLength(10);
  });

  test.each([
    ["entry point", "sh", ["entrypoint.sh"]],
    ["init container", podCommand[0], podCommand.slice(1)],
  ] as const)("an eviction reaches the run: the %s", async (_what, command, args) => {
    const { story, start } = await deployed(place);
    story.write({
      "versions/last.ts": revisionFile({
        revision: "last",
        down: "f1c0a8d2e47b",
        header: 'import { gate } from "../gate.ts";',
        upgrade: 'op.execute("CREATE TABLE half (a integer)"); op.run("wait", () => gate("last"));',
      }),
    });
    const pod = start(command, args);
    await story.reached("last");
    pod.signal("SIGTERM");
    await until(() => pod.said().includes("SIGTERM: stopping"));
    story.open("last");
    const { code, said } = await pod.ended;
    expect(code).toBe(143);
    expect(said).toContain(
      "the revision was rolled back; the database is still at f1c0a8d2e47b; run the command again to go on",
    );
    expect(said).not.toContain("it serves");
    expect(await story.heads()).toEqual(["f1c0a8d2e47b"]);
    expect(await story.schema()).not.toContain("half");
  });
});
