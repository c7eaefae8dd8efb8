import { defineConfig } from "vitest/config";

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
