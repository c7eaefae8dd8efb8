/**
 * Replaying 200 revisions in a scratch engine, as diffs between revisions, merges and drafts do, against the driver sending the
 * same statements one by one, a transaction each: better-sqlite3, and pg with a PGlite that was started the same way. A process for each run,
 * without its start and that of PGlite; what the revisions' files say is read before, and told apart. And `mig test` on the
 * example project, on both databases.
 */
import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { median, time } from "./measure.mjs";
import { createProject, id, mig, repository, temporaryFolder } from "./projects.mjs";

const count = 200;
const runs = Number(process.env.MIG_BENCH_RUNS ?? 9);

export async function run() {
  const cwd = createProject(count, statements);
  const script = await bundle();
  console.log(`\n## Replaying ${count} revisions\n`);
  console.log("| into | statements, ms | replay, ms | × | aim | reading, ms |");
  console.log("|---|---|---|---|---|---|");
  for (const [dialect, limit] of [
    ["sqlite", 1.3],
    ["postgresql", 1.2],
  ]) {
    const all = Array.from({ length: runs + 1 }, () => ({
      ...once(script, cwd, dialect, "replay"),
      ...once(script, cwd, dialect, "raw"),
    })).slice(1);
    const ratio = median(all.map(({ raw, replay }) => replay / raw));
    const of = (name) => median(all.map((it) => it[name])).toFixed(1);
    const aim = `≤ ${limit}${ratio > limit ? " (missed)" : ""}`;
    console.log(
      `| ${dialect} | ${of("raw")} | ${of("replay")} | ${ratio.toFixed(2)} | ${aim} | ${of("read")} |`,
    );
  }
  await testExample();
}

/** A table of a usual size, an index, and a column more in the table before. */
const statements = (number) => ({
  up: `CREATE TABLE t${number} (id integer PRIMARY KEY, owner integer NOT NULL, name varchar(200) NOT NULL, body text DEFAULT '' NOT NULL, state varchar(20) DEFAULT 'new' NOT NULL, size integer, created_at text DEFAULT CURRENT_TIMESTAMP NOT NULL, CONSTRAINT t${number}_name_unique UNIQUE (name), CONSTRAINT t${number}_state_check CHECK (state IN ('new', 'old')));
CREATE INDEX t${number}_owner_idx ON t${number} (owner);
ALTER TABLE t${Math.max(1, number - 1)} ADD COLUMN extra${number} text`,
  down: `DROP TABLE t${number}`,
});

/** Each has a process of its own: who comes second finds an engine that is warm. */
function once(script, cwd, dialect, what) {
  const sql = JSON.stringify(
    Array.from({ length: count }, (_, at) => statements(at + 1).up.split(";\n")),
  );
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [script, what, dialect, id(count)],
    {
      cwd,
      input: sql,
      encoding: "utf8",
    },
  );
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}

/** The sources are TypeScript. */
async function bundle() {
  const outfile = join(temporaryFolder(), "replay.mjs");
  await build({
    stdin: { contents: program, resolveDir: repository, loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile,
  });
  return outfile;
}

const program = `
import { readFileSync } from "node:fs";
import Database from "better-sqlite3";
import { openProject } from "./src/cli/project.ts";
import { scratchOptions } from "./src/cli/scratch.ts";
import { loadDialect } from "./src/dialects/registry.ts";
import { upgradePath } from "./src/revisions/path.ts";
import { migrate } from "./src/runtime/migrate.ts";
import { inScratch, readUnlessSkipped } from "./src/runtime/replay.ts";
import { replayTarget } from "./src/runtime/replay-target.ts";

const [, , what, name, head] = process.argv;
const statements = JSON.parse(readFileSync(0, "utf8"));
const project = await openProject({});
const options = scratchOptions(project, await loadDialect(name), { command: "bench" });
const timed = async (work) => {
  const started = performance.now();
  await work();
  return performance.now() - started;
};
const inTurn = async (run) => {
  for (const revision of statements)
    for (const sql of ["BEGIN", ...revision, "COMMIT"]) await run(sql);
};
const measures = {
  async replay() {
    const steps = upgradePath(project.graph(), [], [head]);
    const scripts = new Map();
    const read = await timed(async () => {
      for (const { revision } of steps)
        scripts.set(revision, await readUnlessSkipped(options, revision));
    });
    const replay = await inScratch(options, (connection) => {
      const target = replayTarget(options, connection);
      const plan = () => steps;
      const script = ({ revision }) => scripts.get(revision);
      return timed(() => migrate({ plan, read: script, target, events: {} }));
    });
    return { read, replay };
  },
  async raw() {
    if (name === "postgresql") {
      // The first statements that a PGlite runs cost most of the time, and one that has made its database is past them.
      const each = (connection) => timed(() => inTurn((sql) => connection.run(sql)));
      return { raw: await inScratch(options, each) };
    }
    const engine = new Database(":memory:");
    return { raw: await timed(() => inTurn((sql) => engine.exec(sql))) };
  },
};
console.log(JSON.stringify(await measures[what]()));
`;

async function testExample() {
  const cwd = temporaryFolder();
  for (const name of ["versions", "schema", "migrator.config.ts"])
    cpSync(join(repository, name), join(cwd, name), { recursive: true });
  console.log("\n## mig test on the example project, both databases\n");
  console.log("| what | s | aim |\n|---|---|---|");
  for (const [args, limit] of [
    [["test"], 15],
    [["test", "--crash"], undefined],
  ]) {
    await time({ args: [mig, ...args], cwd });
    const seconds = [];
    for (let at = 0; at < 3; at++) seconds.push(await time({ args: [mig, ...args], cwd }));
    const took = median(seconds);
    const aim = limit === undefined ? "" : `≤ ${limit}${took > limit ? " (missed)" : ""}`;
    console.log(`| mig ${args.join(" ")} | ${took.toFixed(2)} | ${aim} |`);
  }
}
