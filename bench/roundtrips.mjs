/** Round trips to PostgreSQL: counted, because a count is the same on every machine, with 5 ms added to each. */
import { join } from "node:path";
import { build } from "esbuild";
import { time } from "./measure.mjs";
import { createDatabase, startPostgres } from "./postgres.mjs";
import { createProject, mig, repository, temporaryFolder } from "./projects.mjs";

const count = 100;
const delay = 5;

export async function run() {
  const server = await startPostgres();
  const { startProxy } = await loadProxy();
  const proxy = await startProxy(await createDatabase(server.url), { delay });
  try {
    const cwd = createProject(count);
    console.log(`\n## Round trips, ${count} revisions, ${delay} ms each\n`);
    console.log("| what | round trips | connections | s | aim |\n|---|---|---|---|---|");
    const measure = async (name, args, aim) => {
      proxy.reset();
      const seconds = await time({ args: [mig, ...args], cwd, env: { BENCH_URL: proxy.url } });
      const trips = proxy.roundTrips();
      const missed = aim !== undefined && trips > aim ? " (missed)" : "";
      console.log(
        `| ${name} | ${trips} | ${proxy.connections()} | ${seconds.toFixed(3)} | ${aim === undefined ? "" : `≤ ${aim}${missed}`} |`,
      );
    };
    await measure("mig upgrade head, from nothing", ["upgrade", "head"], count + 8);
    await measure("mig upgrade head, nothing to do", ["upgrade", "head"], 6);
    await measure("mig current", ["current"]);
    await measure("mig downgrade base", ["downgrade", "base"], count + 8);
  } finally {
    await proxy.close();
    await server.stop();
  }
}

/** The tests' proxy is TypeScript. */
export async function loadProxy() {
  const outfile = join(temporaryFolder(), "proxy.mjs");
  await build({
    entryPoints: [join(repository, "test/support/postgres/proxy.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    outfile,
  });
  return import(outfile);
}
