import { statfsSync } from "node:fs";
import { defineConfig } from "vitest/config";

/** The tests make databases by the thousand: in memory where there is room for them, which is ten times as fast as a disk. */
const memory = "/dev/shm";
const room = 4 * 1024 ** 3;
if (freeIn(memory) > room) process.env.TMPDIR ??= memory;

function freeIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return 0;
  }
}

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: [
      "test/support/build.ts",
      "test/support/fault-cases.ts",
      "test/support/postgres/server.ts",
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Processes rather than threads: tests load native addons, and kill what they start.
    pool: "forks",
    maxWorkers: 2,
  },
});
