/**
 * `mig revision --autogenerate` for an empty database: 5,000 tables against 1,000, so that a step that looks at all tables for each
 * of them shows. What there is to read, to write and to keep grows with the tables; the start of a process does not.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createCheckProject } from "./check.mjs";
import { compare } from "./measure.mjs";
import { mig } from "./projects.mjs";

const runs = Number(process.env.MIG_BENCH_RUNS ?? 5);

export async function run() {
  await compare("Drafting for an empty database, SQLite", {
    runs,
    floor: drafting(1_000),
    subjects: [{ ...drafting(5_000), limit: 6 }],
  });
}

/** Each draft is the first of its project. */
function drafting(count) {
  const cwd = createCheckProject("sqlite", count);
  const versions = join(cwd, "versions");
  return {
    name: `mig revision --autogenerate, ${count.toLocaleString("en")} tables`,
    args: [mig, "revision", "--autogenerate", "-m", "all tables"],
    cwd,
    env: { BENCH_URL: "sqlite:bench.db" },
    before() {
      rmSync(versions, { recursive: true, force: true });
      mkdirSync(versions);
    },
  };
}
