/** The commands as functions: what a program does with its own migrations. */
import { execFile } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { MigError, Migrator, type MigratorEvents, type MigratorOptions } from "../../src/index.ts";
import { createProject, revisionFile } from "../support/project.ts";
import { forEachDatabase, type Story } from "../support/story.ts";
import { revisions } from "./support.ts";

const repository = resolve(import.meta.dirname, "../..");

const table = (revision: string, down: string | null) =>
  revisionFile({
    revision,
    down,
    message: `Make ${revision}`,
    upgrade: `op.createTable("of_${revision}", [t.integer("id")]);`,
    downgrade: `op.dropTable("of_${revision}");`,
  });

const files = {
  "versions/a.ts": table("a1", null),
  "versions/b.ts": table("b1", "a1"),
};

const migratorOf = (story: Pick<Story, "folder" | "url">, options: MigratorOptions = {}) =>
  new Migrator({ root: story.folder, url: story.url, ...options });

/** The error that a call rejects with. */
async function failureOf(call: Promise<unknown>): Promise<MigError> {
  const failure = await call.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (failure instanceof MigError) return failure;
  throw failure ?? new Error("it did not fail");
}

forEachDatabase((place) => {
  test("runs, undoes, looks and stamps", async () => {
    const story = await place.begin(files);
    const migrator = migratorOf(story);
    const { dialect } = place;
    const step = (direction: string, revision: string) => ({
      ...{ direction, revision, message: `Make ${revision}` },
      ms: expect.any(Number),
    });
    expect(await migrator.current()).toEqual({
      ...{ dialect, current: [], heads: ["b1"], pending: 2, atHead: false },
    });
    if (place.dialect === "sqlite") expect(story.list(".")).not.toContain("data");
    expect(await migrator.upgrade("a1")).toEqual({
      ...{ dialect, dryRun: false, steps: [step("up", "a1")], current: ["a1"] },
    });
    expect(await migrator.upgrade("head", { dryRun: true })).toMatchObject({
      ...{ dryRun: true, steps: [step("up", "b1")], current: ["a1"] },
    });
    expect(await migrator.upgrade()).toMatchObject({ steps: [step("up", "b1")], current: ["b1"] });
    expect(await migrator.upgrade()).toMatchObject({ steps: [], current: ["b1"] });
    expect((await migrator.status()).revisions).toMatchObject([
      { revision: "a1", state: "applied", batch: 1 },
      { revision: "b1", state: "applied", batch: 2 },
    ]);
    expect(await migrator.downgradeBatch()).toMatchObject({ steps: [step("down", "b1")] });
    expect(await migrator.downgrade("base")).toMatchObject({ current: [] });
    expect(await migrator.stamp(["a1"])).toMatchObject({ steps: [step("stamp", "a1")] });
    expect(await migrator.stamp("base", { purge: true })).toMatchObject({ current: [] });
    expect(await migrator.upgrade(["a1", "b1"], { transaction: "all" })).toMatchObject({
      current: ["b1"],
    });
    expect((await migrator.reset()).steps.map(({ direction }) => direction)).toEqual([
      ...["down", "down", "up", "up"],
    ]);
    await migrator.close();
    expect(await failureOf(migrator.current())).toMatchObject({ code: "MIGRATOR_CLOSED" });
    expect((await story.mig(["verify"])).code).toBe(0);
  });

  test("tells what goes on, in order", async () => {
    const story = await place.begin(files);
    const migrator = migratorOf(story);
    const heard: string[] = [];
    const hear = (name: keyof MigratorEvents) =>
      migrator.on(name, (event) =>
        heard.push(`${name} ${"revision" in event ? event.revision : ""}`),
      );
    const ends = [hear("planned"), hear("begin"), hear("revision"), hear("failed")];
    await migrator.upgrade();
    expect(heard).toEqual(["planned ", "begin a1", "revision a1", "begin b1", "revision b1"]);
    for (const end of ends) end();
    const told: MigratorEvents["revision"][] = [];
    migrator.on("revision", (event) => told.push(event));
    await migrator.downgrade("-1");
    expect(heard).toHaveLength(5);
    expect(told).toEqual([
      {
        ...{ direction: "down", revision: "b1", message: "Make b1", file: "versions/b.ts" },
        ...{ index: 0, count: 1, ms: expect.any(Number) },
      },
    ]);
  });

  test("a failure says what happened and where the database stands, and the next call goes on", async () => {
    const story = await place.begin({
      ...files,
      "versions/b.ts": revisionFile({
        revision: "b1",
        down: "a1",
        upgrade: 'op.execute("SELECT nothing FROM nowhere");',
      }),
    });
    const migrator = migratorOf(story);
    const failed: unknown[] = [];
    migrator.on("failed", (event) => failed.push(event.revision));
    expect(await failureOf(migrator.upgrade())).toMatchObject({
      code: "REVISION_FAILED",
      context: {
        revision: "b1",
        statement: "SELECT nothing FROM nowhere",
        state: "the revision was rolled back; the database is still at a1",
      },
    });
    expect(failed).toEqual(["b1"]);
    expect((await migrator.status()).revisions).toMatchObject([
      { state: "applied" },
      { state: "failed", error: expect.stringContaining("revision b1 failed:") },
    ]);
    // A file is read when it is needed, as it is by then.
    story.write({ "versions/b.ts": files["versions/b.ts"] });
    expect(await migrator.upgrade()).toMatchObject({ current: ["b1"] });
  });

  test("calls at once run one after the other", async () => {
    const story = await place.begin(files);
    const migrator = migratorOf(story);
    const calls = [migrator.upgrade("a1"), migrator.upgrade(), migrator.current()];
    await migrator.close();
    expect(await Promise.all(calls)).toMatchObject([
      { steps: [{ revision: "a1" }] },
      { steps: [{ revision: "b1" }] },
      { current: ["b1"] },
    ]);
  });

  test("check compares with the Drizzle schema", async () => {
    const drizzle = place.dialect === "sqlite" ? "sqlite" : "pg";
    const schema = (
      column: string,
    ) => `import { integer, ${drizzle}Table } from "drizzle-orm/${drizzle}-core";
export const things = ${drizzle}Table("of_a1", { id: integer("id"), ${column} });
`;
    const story = await place.begin({
      ...files,
      "schema.ts": schema(""),
      "migrator.config.ts": `export default { schema: { ${place.dialect}: "schema.ts" } };\n`,
    });
    const migrator = migratorOf(story);
    expect(await failureOf(migrator.check())).toMatchObject({ code: "DATABASE_BEHIND" });
    await migrator.upgrade();
    expect(await migrator.check()).toMatchObject({
      clean: false,
      operations: [{ kind: "dropTable" }],
    });
    story.write({
      "schema.ts": `${schema('extra: integer("extra")')}export const others = ${drizzle}Table("of_b1", { id: integer("id") });\n`,
    });
    expect(await migrator.check()).toMatchObject({
      ...{ dialect: place.dialect, clean: false, unmanaged: [], notes: [] },
      operations: [{ kind: "alterTable", describe: expect.stringContaining("extra") }],
    });
  });
});

test("a config may be an object, and a server its parts", async () => {
  const { folder } = createProject(revisions({ a: null }));
  const config = { versions: "versions", versionTable: { name: "own_version" } };
  const migrator = new Migrator({ config, root: folder, url: "sqlite:own.db" });
  expect(await migrator.upgrade()).toMatchObject({ current: ["a"] });
  const parts = { host: "127.0.0.1", port: 1, database: "palm", user: "me", password: "s/cret" };
  const refused = await failureOf(new Migrator({ config, root: folder, url: parts }).upgrade());
  expect(refused.message).toMatch(
    /^cannot connect to postgres:\/\/me:\*\*\*@127\.0\.0\.1:1\/palm: /,
  );
});

test("environments are guarded as on the command line, and args reach revisions", async () => {
  const { folder } = createProject({
    "versions/a.ts": revisionFile({ revision: "a", upgrade: "op.execute(op.args.statement);" }),
    "migrator.config.ts": `export default { environments: {
  live: { url: "sqlite:live.db", protected: true },
  copy: { url: "sqlite:copy.db", readOnly: true },
} };\n`,
  });
  const args = { statement: "CREATE TABLE told (id integer)" };
  const migrator = new Migrator({ root: folder, environment: "live", args });
  const refused = { code: "NOT_CONFIRMED" };
  expect(await failureOf(migrator.upgrade())).toMatchObject(refused);
  expect(await failureOf(migrator.stamp("head"))).toMatchObject(refused);
  expect(await failureOf(migrator.reset())).toMatchObject({ code: "PROTECTED_FROM_RESET" });
  expect(await migrator.upgrade("head", { yes: true })).toMatchObject({ current: ["a"] });
  const copy = new Migrator({ root: folder, environment: "copy" });
  expect(await failureOf(copy.upgrade("head", { yes: true }))).toMatchObject({
    code: "READ_ONLY_ENVIRONMENT",
  });
  const other = new Migrator({ root: folder, environment: "liev" });
  expect(await failureOf(other.current())).toMatchObject({ code: "UNKNOWN_ENVIRONMENT" });
});

test("what is typed wrong is said, and not left out", async () => {
  const { folder } = createProject(revisions({ a: null }));
  const wrong = (options: object) =>
    failureOf(new Migrator({ root: folder, ...options }).current());
  expect(await wrong({ ulr: "sqlite:x.db" })).toMatchObject({
    code: "WRONG_USAGE",
    message: 'a Migrator has no option "ulr"',
  });
  expect(await wrong({ url: "sqlite:x.db", connection: {} })).toMatchObject({
    code: "WRONG_USAGE",
    help: "leave out one of them",
  });
  expect(await wrong({ config: { verions: "v" } })).toMatchObject({ code: "CONFIG_INVALID" });
  const migrator = new Migrator({ root: folder });
  const on = migrator.on.bind(migrator) as (name: string, listener: () => void) => void;
  expect(() => on("revison", () => {})).toThrow(
    'a Migrator has no event "revison"; there are planned,',
  );
  const loose = migrator as unknown as Record<string, (...args: unknown[]) => Promise<unknown>>;
  for (const [call, args, message] of [
    ["downgrade", [], "downgrade needs a target"],
    ["upgrade", [5], "upgrade needs a target"],
    ["stamp", [[]], "stamp needs a target"],
    ["upgrade", ["head", { dryrun: true }], 'upgrade has no option "dryrun"'],
    ["reset", [{ transaction: "al" }], '`transaction` cannot be "al"'],
    ["check", [{ yes: true }], 'check has no option "yes"'],
  ] as const) {
    expect(await failureOf(loose[call]?.(...args) ?? Promise.resolve())).toMatchObject({
      code: "WRONG_USAGE",
      message,
    });
  }
});

test("a listener that throws stops nothing, and is not passed over", async () => {
  const { folder } = createProject(revisions({ a: null, b: "a" }));
  const migrator = new Migrator({ root: folder, url: "sqlite:x.db" });
  migrator.on("revision", ({ revision }) => {
    throw new Error(`no more ${revision}`);
  });
  expect(await failureOf(migrator.upgrade())).toMatchObject({
    code: "LISTENER_THREW",
    message: 'a listener of "revision" threw: no more a',
    context: { state: "everything that was asked for was done" },
  });
  expect(await migrator.current()).toMatchObject({ current: ["b"] });
});

/** What importing a file of dist loads with it, in bytes. */
function weight(file: string, seen = new Set<string>()): number {
  if (seen.has(file)) return 0;
  seen.add(file);
  const imports = readFileSync(file, "utf8").matchAll(/^(?:import|export)\b[^;]*?"(\.[^"]+)";/gm);
  const below = [...imports].map(([, name = ""]) => weight(join(dirname(file), name), seen));
  return below.reduce((sum, each) => sum + each, statSync(file).size);
}

test("importing the library loads none of what the Migrator needs", () => {
  const bytes = weight(join(repository, "dist/index.js"));
  expect(bytes).toBeGreaterThan(1_000);
  expect(bytes).toBeLessThan(20_000);
});

test.each([
  [
    "an ES module",
    "run.mjs",
    (library: string) => `import { Migrator, MigError } from "${library}";`,
  ],
  [
    "CommonJS",
    "run.cjs",
    (library: string) => `const { Migrator, MigError } = require("${library}");`,
  ],
])("the library as it is published runs in %s", async (_kind, name, load) => {
  const project = createProject({ "versions/a.ts": table("a1", null) });
  project.write({
    [name]: `${load(join(repository, "dist/index.js"))}
(async () => {
  const migrator = new Migrator();
  const { current } = await migrator.upgrade();
  const failure = await migrator.upgrade("nowhere").catch((it) => it);
  await migrator.close();
  console.log(JSON.stringify({ current, known: failure instanceof MigError, code: failure.code }));
})();
`,
  });
  const { stdout } = await promisify(execFile)(process.execPath, [name], { cwd: project.folder });
  expect(JSON.parse(stdout)).toEqual({ current: ["a1"], known: true, code: "NO_SUCH_REVISION" });
  expect(project.sqlite("SELECT count(*) AS n FROM of_a1")).toEqual([{ n: 0 }]);
});
