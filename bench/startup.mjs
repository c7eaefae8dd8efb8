/** What it costs to start: the shortest commands, against Node itself. */
import { join } from "node:path";
import { compare, time } from "./measure.mjs";
import { createDatabase, startPostgres } from "./postgres.mjs";
import { createProject, mig, repository } from "./projects.mjs";

export async function run() {
  const server = await startPostgres();
  try {
    const cwd = createProject(100);
    const postgres = { BENCH_URL: await createDatabase(server.url) };
    await time({ args: [mig, "upgrade", "head"], cwd });
    await time({ args: [mig, "upgrade", "head"], cwd, env: postgres });
    await compare("Starting up", {
      runs: 15,
      floor: { name: "node -e 0", args: ["-e", "0"] },
      subjects: [
        { name: "mig --version", args: [mig, "--version"], limit: 1.3 },
        { name: "mig heads, 100 revisions", args: [mig, "heads"], cwd },
        { name: "mig current, SQLite, 100 revisions", args: [mig, "current"], cwd, limit: 1.9 },
        {
          name: "mig current, PostgreSQL, 100 revisions",
          args: [mig, "current"],
          cwd,
          env: postgres,
          limit: 2.6,
        },
        {
          name: "drizzle-kit --version",
          args: [join(repository, "node_modules/drizzle-kit/bin.cjs"), "--version"],
        },
      ],
    });
  } finally {
    await server.stop();
  }
}
