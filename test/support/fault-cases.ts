/** Vitest's global setup: adds up the cases of the fault suite, and says how many ran. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";

export default function setup({ config }: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), "mig-fault-cases-"));
  const file = join(folder, "cases");
  writeFileSync(file, "");
  process.env.MIG_FAULT_CASES = file;
  return () => {
    const lines = readFileSync(file, "utf8").split("\n");
    rmSync(folder, { recursive: true });
    const [planned, ran, ms] = ["planned", "ran", "ms"].map((what) => sum(lines, what));
    if (planned === 0) return;
    console.log(`${ran} of ${planned} fault cases ran, in ${Math.round((ms ?? 0) / 1_000)} s`);
    // Whoever asks for one test alone knows that the others do not run.
    if (ran !== planned && !config.testNamePattern) process.exitCode = 1;
  };
}

function sum(lines: readonly string[], what: string): number {
  return lines
    .filter((line) => line.startsWith(`${what} `))
    .reduce((total, line) => total + Number(line.split(" ")[1]), 0);
}
