/** What was run, and where the databases of a project are. */
import { expect, test } from "vitest";
import { createProject, revisionFile } from "../support/project.ts";
import { forEachDatabase, succeeded } from "../support/story.ts";
import { revisions } from "./support.ts";

forEachDatabase((place) => {
  test("history --log tells every run, newest first", async () => {
    const story = await place.begin({
      "versions/a.ts": revisionFile({ revision: "a1", message: "Make it" }),
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        message: "Break it",
        upgrade: 'op.execute("SELECT nothing FROM nowhere");',
      }),
    });
    expect((await story.mig(["history", "--log"])).stderr).toBe("nothing was run yet\n");
    expect((await story.mig(["history", "--log", "--json"])).json()).toEqual([]);
    if (place.dialect === "sqlite") expect(story.list(".")).not.toContain("data");
    expect(await story.mig(["upgrade"])).toMatchObject({ code: 1 });
    succeeded(await story.mig(["downgrade", "-1"]));
    const known = {
      startedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      ms: expect.any(Number),
      who: expect.stringContaining("(pid "),
      toolVersion: expect.stringMatching(/^\d+\.\d+/),
      environment: "dev",
      checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
    };
    const a1 = { ...known, revision: "a1", message: "Make it", file: "versions/a.ts" };
    const done = { success: true, error: null };
    expect(succeeded(await story.mig(["history", "--log", "--json"])).json()).toEqual([
      { ...a1, ...done, batch: 2, direction: "down", rolledBackAt: null },
      {
        ...{ ...known, revision: "b1", message: "Break it", file: "versions/b.ts" },
        ...{ batch: 1, direction: "up", success: false },
        ...{ error: expect.stringContaining("revision b1 failed:"), rolledBackAt: null },
      },
      { ...a1, ...done, batch: 1, direction: "up", rolledBackAt: known.startedAt },
    ]);
    const { stdout } = succeeded(await story.mig(["history", "--log"]));
    expect(stdout).toMatch(/^batch 2 {2}downgrade {2}a1 {2}Make it {2}\(\d{4}-.* UTC, \d+ ms\)$/m);
    expect(stdout).toMatch(/^batch 1 {2}upgrade {4}b1 .* failed\)$/m);
    expect(stdout).toMatch(/^batch 1 {2}upgrade {4}a1 .*, rolled back \d{4}-.* UTC\)$/m);
    expect(stdout).toMatch(/^ {4}by .* \(pid \d+\), mig \d.*, environment dev$/m);
    expect(stdout).toMatch(/^ {4}revision b1 failed: /m);
    const verbose = succeeded(await story.mig(["history", "--log", "-v"])).stdout;
    expect(verbose).toMatch(/^ {4}versions\/b\.ts, sha256 [0-9a-f]{64}$/m);
    expect(stdout).not.toContain("sha256");
    expect(await story.mig(["history", "--log", "--graph"])).toMatchObject({ code: 2 });
  });

  test("env tells where each database is, and which does not answer", async () => {
    const story = await place.begin({
      ...revisions({ a: null, b: "a" }),
      "migrator.config.ts": `export default { environments: {
  dev: { url: process.env.DATABASE_URL },
  stage: { url: "sqlite:stage.db", readOnly: true },
  live: { url: "postgres://me:secret@127.0.0.1:1/live", protected: true },
  unset: { url: process.env.NOT_SET },
} };\n`,
    });
    succeeded(await story.mig(["upgrade", "a"]));
    const result = succeeded(await story.mig(["env", "--json"]));
    expect(result.json()).toEqual({
      environments: [
        {
          ...{ name: "dev", isDefault: true, protected: false, readOnly: false },
          ...{ dialect: place.dialect, url: expect.any(String) },
          ...{ current: ["a"], pending: 1, error: null },
        },
        {
          ...{ name: "stage", isDefault: false, protected: false, readOnly: true },
          ...{ dialect: "sqlite", url: "sqlite:stage.db", current: [], pending: 2, error: null },
        },
        {
          ...{ name: "live", isDefault: false, protected: true, readOnly: false },
          ...{ dialect: "postgresql", url: "postgres://me:***@127.0.0.1:1/live" },
          ...{ current: null, pending: null },
          error: expect.objectContaining({ code: "UNREACHABLE" }),
        },
        {
          ...{ name: "unset", isDefault: false, protected: false, readOnly: false },
          ...{ dialect: null, url: null, current: null, pending: null },
          error: expect.objectContaining({ code: "NO_URL" }),
        },
      ],
    });
    const { stdout } = succeeded(await story.mig(["env"]));
    expect(stdout).toMatch(/^dev \(default\) .* at a, 1 pending$/m);
    expect(stdout).toMatch(
      /^stage \(read-only\) {2}sqlite {2}sqlite:stage\.db {2}at base, 2 pending$/m,
    );
    expect(stdout).toMatch(
      /^live \(protected\) {2}postgresql {2}postgres:\/\/me:\*\*\*@.*\n {4}cannot connect/m,
    );
    expect(stdout).toMatch(/^unset\n {4}environment "unset" has no database URL$/m);
    expect(stdout + result.stdout).not.toContain("secret");
    expect(story.list(".")).not.toContain("stage.db");
  });
});

test("env without environments has one, and -n shows one", async () => {
  const project = createProject({ "migrator.config.ts": "export default {};" });
  const options = { env: { DATABASE_URL: "sqlite:x.db" } };
  expect((await project.mig(["env"], options)).stdout).toBe(
    "default (default)  sqlite  sqlite:x.db  at base, 0 pending\n",
  );
  expect(await project.mig(["-n", "live", "env"], options)).toMatchObject({ code: 1 });
  const two = createProject({
    "migrator.config.ts":
      'export default { environments: { a: { url: "sqlite:a.db" }, b: { url: "sqlite:b.db" } } };',
  });
  expect((await two.mig(["-n", "b", "env"])).stdout).toBe(
    "b  sqlite  sqlite:b.db  at base, 0 pending\n",
  );
});
