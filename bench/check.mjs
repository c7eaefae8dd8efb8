/**
 * `mig check`: the Drizzle schema against the live database, and the floor: Node loading the same schema module and asking the
 * same catalogue. MIG_BENCH_TABLES is how many tables, "1000,10000" when not set; with MIG_BENCH_KIT=1 drizzle-kit pushes the
 * unchanged schema as well, which takes minutes.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import pg from "pg";
import { definitions, schemaModule } from "./check-tables.mjs";
import { compare, time } from "./measure.mjs";
import { createDatabase, startPostgres } from "./postgres.mjs";
import { mig, repository, temporaryFolder } from "./projects.mjs";
import { loadProxy } from "./roundtrips.mjs";

const counts = (process.env.MIG_BENCH_TABLES ?? "1000,10000").split(",").map(Number);
const runs = Number(process.env.MIG_BENCH_RUNS ?? 7);
const limits = new Map([
  [1_000, 1.6],
  [10_000, 1.8],
]);

export async function run() {
  for (const count of counts) await measure("sqlite", count, sqliteDatabase);
  const server = await startPostgres();
  try {
    for (const count of counts) {
      await measure("postgresql", count, (...tables) => postgresDatabase(server.url, ...tables));
    }
    await countRoundTrips(server.url);
  } finally {
    await server.stop();
  }
}

/** `make` makes a database with some tables; its URL for mig. */
async function measure(dialect, count, make) {
  const cwd = createCheckProject(dialect, count);
  const env = { BENCH_URL: await make(cwd, dialect, count, []) };
  const check = { args: [mig, "check"], cwd, env };
  const title = `Checking ${count.toLocaleString("en")} tables, ${dialect}`;
  await compare(title, {
    runs,
    floor: { name: "Node: the schema module, the catalogue", args: [`${dialect}.mjs`], cwd, env },
    subjects: [
      { ...check, name: "mig check, nothing differs", limit: limits.get(count) },
      ...(process.env.MIG_BENCH_KIT && count <= 1_000 ? [kitPush(cwd, dialect, env)] : []),
    ],
  });
  if (count < 100) return;
  const changed = Array.from({ length: 10 }, (_, at) => (at + 1) * Math.floor(count / 10));
  const other = { BENCH_URL: await make(cwd, dialect, count, changed) };
  await compare(`${title}: ten that differ`, {
    runs,
    floor: { ...check, name: "mig check, nothing differs" },
    subjects: [{ ...check, name: "mig check, ten differ", env: other, code: 1, limit: 1.3 }],
  });
}

/** However many tables there are. */
async function countRoundTrips(server) {
  const { startProxy } = await loadProxy();
  console.log("\n## Round trips of mig check, nothing differs\n");
  console.log("| tables | round trips | aim |\n|---|---|---|");
  for (const count of [1, ...counts]) {
    const cwd = createCheckProject("postgresql", count);
    const proxy = await startProxy(await postgresDatabase(server, cwd, "postgresql", count, []));
    await time({ args: [mig, "check"], cwd, env: { BENCH_URL: proxy.url } });
    const trips = proxy.roundTrips();
    console.log(
      `| ${count.toLocaleString("en")} | ${trips} | ≤ 8${trips > 8 ? " (missed)" : ""} |`,
    );
    await proxy.close();
  }
}

/** A project with a schema of `count` tables and no revisions. */
export function createCheckProject(dialect, count) {
  const cwd = temporaryFolder();
  const write = (file, text) => writeFileSync(join(cwd, file), text);
  mkdirSync(join(cwd, "versions"));
  write("schema.mjs", schemaModule(dialect, count));
  write("sqlite.mjs", sqliteFloor);
  write("postgresql.mjs", postgresFloor);
  write(
    "migrator.config.ts",
    `export default {
  schema: { ${dialect}: "schema.mjs" },
  environments: { dev: { url: process.env.BENCH_URL } },
};
`,
  );
  return cwd;
}

function kitPush(cwd, dialect, { BENCH_URL }) {
  const url = BENCH_URL.replace(/^sqlite:/, "");
  const config = { dialect, schema: "./schema.mjs", out: "./drizzle", dbCredentials: { url } };
  writeFileSync(join(cwd, "drizzle.config.json"), JSON.stringify(config));
  const bin = join(repository, "node_modules/drizzle-kit/bin.cjs");
  const args = [bin, "push", "--config=drizzle.config.json"];
  return { name: "drizzle-kit push, nothing differs", args, cwd };
}

function sqliteDatabase(cwd, dialect, count, changed) {
  const file = changed.length > 0 ? "changed.db" : "bench.db";
  const db = new Database(join(cwd, file));
  db.exec(`BEGIN;\n${definitions(dialect, count, changed).join("\n")}\nCOMMIT`);
  db.close();
  return `sqlite:${file}`;
}

/** A transaction holds a lock for each thing that it makes, so it makes a few hundred tables. */
const atOnce = 200;

export async function postgresDatabase(server, _cwd, dialect, count, changed) {
  const url = await createDatabase(server);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const all = definitions(dialect, count, changed);
  for (let at = 0; at < all.length; at += atOnce) {
    await client.query(all.slice(at, at + atOnce).join("\n"));
  }
  // What autovacuum would have done by the time that anybody checks.
  for (const name of ["attribute", "attrdef", "class", "constraint", "depend", "index"]) {
    await client.query(`VACUUM ANALYZE pg_catalog.pg_${name}`);
  }
  await client.end();
  return url;
}

const sqliteFloor = `import Database from "better-sqlite3";
import * as schema from "./schema.mjs";
const db = new Database(process.env.BENCH_URL.slice("sqlite:".length), { readonly: true });
const rows = [
  "SELECT type, name, tbl_name, sql FROM sqlite_schema",
  "SELECT t.name AS of, c.* FROM sqlite_schema AS t, pragma_table_xinfo(t.name) AS c WHERE t.type = 'table'",
  "SELECT t.name AS of, i.* FROM sqlite_schema AS t, pragma_index_list(t.name) AS i WHERE t.type = 'table'",
  "SELECT t.name AS of, k.* FROM sqlite_schema AS t, pragma_foreign_key_list(t.name) AS k WHERE t.type = 'table'",
].map((question) => db.prepare(question).all().length);
db.close();
console.log(Object.keys(schema).length, ...rows);
`;

const postgresFloor = `import pg from "pg";
import * as schema from "./schema.mjs";
const client = new pg.Client({ connectionString: process.env.BENCH_URL });
await client.connect();
const inPublic = "(SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r')";
const rows = [];
for (const question of [
  "SELECT oid, relname, relkind FROM pg_class WHERE relnamespace = 'public'::regnamespace",
  \`SELECT attrelid, attnum, attname, attnotnull, attidentity, attgenerated, format_type(atttypid, atttypmod), pg_get_expr(adbin, adrelid)
    FROM pg_attribute LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
    WHERE attrelid IN \${inPublic} AND attnum > 0 AND NOT attisdropped\`,
  \`SELECT indrelid, relname, relam, indisunique, indkey::text, indoption::text, indclass::text, pg_get_expr(indexprs, indrelid), pg_get_expr(indpred, indrelid)
    FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid IN \${inPublic}\`,
  \`SELECT conrelid, conname, contype, conkey, confrelid, confkey, confupdtype, confdeltype, condeferrable, pg_get_expr(conbin, conrelid)
    FROM pg_constraint WHERE conrelid IN \${inPublic} AND contype <> 'n'\`,
]) rows.push((await client.query(question)).rows.length);
await client.end();
console.log(Object.keys(schema).length, ...rows);
`;
