/**
 * Not a measurement but a long run of the convergence law: pairs of schemas at random, drafted from one to the other and
 * back, on every database. MIG_CONVERGE_RUNS is how many pairs for each, 2000 when not set; MIG_CONVERGE_SEED which ones, so that a
 * run that failed can be had again. It is only run when it is named.
 */
import { spawnSync } from "node:child_process";
import { repository } from "./projects.mjs";

export async function run() {
  const runs = process.env.MIG_CONVERGE_RUNS ?? "2000";
  const seed = process.env.MIG_CONVERGE_SEED ?? String(Math.floor(Math.random() * 2 ** 31));
  console.log(`the convergence law, ${runs} pairs for each database, MIG_CONVERGE_SEED=${seed}`);
  const { status } = spawnSync(
    process.execPath,
    ["node_modules/vitest/vitest.mjs", "run", "test/converge/schemas.test.ts"],
    {
      cwd: repository,
      stdio: "inherit",
      env: { ...process.env, MIG_CONVERGE_RUNS: runs, MIG_CONVERGE_SEED: seed },
    },
  );
  if (status !== 0) process.exitCode = 1;
}
