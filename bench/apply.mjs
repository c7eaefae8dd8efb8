/** Applying 1,000 revisions of one statement, a transaction each, against the raw driver doing the same commits. */
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compare } from "./measure.mjs";
import { createDatabase, startPostgres } from "./postgres.mjs";
import { createProject, createTable, forget, id, mig, temporaryFolder } from "./projects.mjs";

const count = 1_000;

export async function run() {
  await sqlite();
  const server = await startPostgres();
  try {
    await postgresql(server.url);
  } finally {
    await server.stop();
  }
}

async function sqlite() {
  const cwd = createProject(count);
  const folder = temporaryFolder();
  const fresh = (file) => () => rmSync(file, { force: true });
  writeFileSync(join(folder, "floor.mjs"), sqliteFloor);
  writeDrizzleFolder(folder, "sqlite");
  writeFileSync(join(folder, "drizzle.mjs"), sqliteDrizzle);
  await compare(`Applying ${count} revisions, SQLite`, {
    runs: 5,
    floor: {
      name: "better-sqlite3, a transaction each, log and version row too",
      args: ["floor.mjs"],
      cwd: folder,
      before: fresh(join(folder, "floor.db")),
    },
    subjects: [
      {
        name: "mig upgrade head, the very first run",
        args: [mig, "upgrade", "head"],
        cwd,
        before: () => {
          forget(cwd);
          fresh(join(cwd, "bench.db"))();
        },
        limit: 2,
      },
      {
        name: "mig upgrade head, the next run",
        args: [mig, "upgrade", "head"],
        cwd,
        before: fresh(join(cwd, "bench.db")),
        limit: 1.3,
      },
      {
        name: "mig upgrade head --transaction all",
        args: [mig, "upgrade", "head", "--transaction", "all"],
        cwd,
        before: fresh(join(cwd, "bench.db")),
      },
      {
        name: "drizzle-orm migrate(), one transaction",
        args: ["drizzle.mjs"],
        cwd: folder,
        before: fresh(join(folder, "drizzle.db")),
      },
    ],
  });
}

async function postgresql(url) {
  const cwd = createProject(count);
  const folder = temporaryFolder();
  writeFileSync(join(folder, "floor.mjs"), postgresFloor);
  writeDrizzleFolder(folder, "postgresql");
  writeFileSync(join(folder, "drizzle.mjs"), postgresDrizzle);
  const subject = ({ before, ...fields }) => {
    const env = {};
    return {
      ...fields,
      env,
      before: async () => {
        before?.();
        Object.assign(env, { BENCH_URL: await createDatabase(url) });
      },
    };
  };
  await compare(`Applying ${count} revisions, PostgreSQL`, {
    runs: 5,
    floor: subject({
      name: "pg, a transaction and a message each, log and version row too",
      args: ["floor.mjs"],
      cwd: folder,
    }),
    subjects: [
      subject({
        name: "mig upgrade head, the very first run",
        args: [mig, "upgrade", "head"],
        cwd,
        before: () => forget(cwd),
        limit: 2,
      }),
      subject({
        name: "mig upgrade head, the next run",
        args: [mig, "upgrade", "head"],
        cwd,
        limit: 1.3,
      }),
      subject({
        name: "drizzle-orm migrate(), one transaction",
        args: ["drizzle.mjs"],
        cwd: folder,
      }),
    ],
  });
}

const bookkeeping = `
const log = "INSERT INTO log (run, batch, direction, revision, message, file, checksum, started_at, ms, success, who, tool_version, environment) VALUES";
const values = (number) => \`('5f0e8a52-8f4b-4a53-9d1b-6a3f6f5d0a11', 1, 'up', 'r\${number}', 'Table \${number}', 'versions/20260101_000000_r\${number}_table_\${number}.ts', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08', '2026-01-01T00:00:00.000Z', 1, TRUE, 'me@here (pid 1)', '0.1.0', 'dev')\`;
const create = "CREATE TABLE log (id integer PRIMARY KEY, run text, batch integer, direction text, revision text, message text, file text, checksum text, started_at text, ms integer, success boolean, who text, tool_version text, environment text)";
const move = (number) => [\`DELETE FROM version WHERE version_num = 'r\${number - 1}'\`, \`INSERT INTO version VALUES ('r\${number}')\`];
const createTable = ${createTable.toString()};
`;

const sqliteFloor = `import Database from "better-sqlite3";
${bookkeeping}
const db = new Database("floor.db");
db.exec(create);
db.exec("CREATE TABLE version (version_num text PRIMARY KEY)");
for (let number = 1; number <= ${count}; number++) {
  db.exec("BEGIN IMMEDIATE");
  db.exec(createTable(number));
  for (const statement of move(number)) db.exec(statement);
  db.exec(log + values(number));
  db.exec("COMMIT");
}
db.close();
`;

const postgresFloor = `import pg from "pg";
${bookkeeping}
const client = new pg.Client({ connectionString: process.env.BENCH_URL });
await client.connect();
await client.query(create.replace("integer PRIMARY KEY", "bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY"));
await client.query("CREATE TABLE version (version_num text PRIMARY KEY)");
for (let number = 1; number <= ${count}; number++) {
  await client.query(["BEGIN", createTable(number), ...move(number), log + values(number), "COMMIT"].join(";"));
}
await client.end();
`;

const sqliteDrizzle = `import Database from "better-sqlite3";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { migrate } from "drizzle-orm/better-sqlite3/migrator";
const db = new Database("drizzle.db");
migrate(drizzle({ client: db }), { migrationsFolder: "drizzle" });
db.close();
`;

const postgresDrizzle = `import pg from "pg";
import { drizzle } from "drizzle-orm/node-postgres";
import { migrate } from "drizzle-orm/node-postgres/migrator";
const client = new pg.Client({ connectionString: process.env.BENCH_URL });
await client.connect();
await migrate(drizzle({ client }), { migrationsFolder: "drizzle" });
await client.end();
`;

function writeDrizzleFolder(folder, dialect) {
  mkdirSync(join(folder, "drizzle/meta"), { recursive: true });
  const numbers = Array.from({ length: count }, (_, at) => at + 1);
  for (const number of numbers)
    writeFileSync(join(folder, `drizzle/${id(number)}.sql`), createTable(number));
  const entries = numbers.map((number) => ({
    idx: number - 1,
    version: "7",
    when: 1_767_225_600_000 + number,
    tag: id(number),
    breakpoints: true,
  }));
  writeFileSync(
    join(folder, "drizzle/meta/_journal.json"),
    JSON.stringify({ version: "7", dialect, entries }),
  );
}
