/** Long histories: costs have to grow with their length, and no faster. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare, time } from "./measure.mjs";
import { createProject, mig, rows } from "./projects.mjs";

const sizes = [
  { count: 1_000, heads: 1.9, upgrade: 2.3, runs: 9 },
  { count: 10_000, heads: 4, upgrade: 4.5, runs: 5 },
];

export async function run() {
  for (const { count, heads, upgrade, runs } of sizes) {
    const cwd = createProject(count);
    // With a table for each revision, SQLite itself takes 27 ms to read what tables there are: see the row of the raw driver.
    const few = createProject(count, rows);
    for (const project of [cwd, few]) {
      await time({ args: [mig, "upgrade", "head", "--transaction", "all"], cwd: project });
    }
    writeFileSync(join(cwd, "open.mjs"), openOnly);
    await compare(`${count} linear revisions`, {
      runs,
      floor: { name: "node -e 0", args: ["-e", "0"] },
      subjects: [
        { name: "mig heads", args: [mig, "heads"], cwd, limit: heads },
        {
          name: "mig upgrade head, nothing to do",
          args: [mig, "upgrade", "head"],
          cwd: few,
          limit: upgrade,
        },
        { name: `better-sqlite3: open a file of ${count} tables`, args: ["open.mjs"], cwd },
        {
          name: "mig upgrade head, nothing to do, on that file",
          args: [mig, "upgrade", "head"],
          cwd,
        },
        { name: "mig current", args: [mig, "current"], cwd },
        { name: "mig history", args: [mig, "history"], cwd },
        { name: "mig history --graph", args: [mig, "history", "--graph"], cwd },
        { name: "mig status", args: [mig, "status"], cwd },
      ],
    });
  }
  await upAndDown();
}

const openOnly = `import Database from "better-sqlite3";
const db = new Database("bench.db");
db.prepare("SELECT version_num FROM mig_version").all();
db.close();
`;

async function upAndDown() {
  const [small, large] = [1_000, 10_000].map((count) => ({
    count,
    cwd: createProject(count, rows),
  }));
  const fresh = (cwd) => () => rmSync(join(cwd, "bench.db"), { force: true });
  const all = ["--transaction", "all"];
  await compare("Up and down in one transaction, SQLite (floor: up 1,000)", {
    runs: 3,
    warmUps: 0,
    floor: {
      name: "up 1,000",
      args: [mig, "upgrade", "head", ...all],
      cwd: small.cwd,
      before: fresh(small.cwd),
    },
    subjects: [
      { name: "down 1,000", args: [mig, "downgrade", "base", ...all], cwd: small.cwd },
      {
        name: "up 10,000",
        args: [mig, "upgrade", "head", ...all],
        cwd: large.cwd,
        before: fresh(large.cwd),
      },
      { name: "down 10,000", args: [mig, "downgrade", "base", ...all], cwd: large.cwd },
    ],
  });
}
