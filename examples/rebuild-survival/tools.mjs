/** The same change, `x` becomes NOT NULL DEFAULT 'new', as each tool makes it on a database with foreign keys on. */
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export const repository = join(import.meta.dirname, "../..");
const require = createRequire(join(repository, "package.json"));
const Database = require("better-sqlite3");

/** A table of tools: their titles, and what makes the change in a folder with the database `path`. */
export function toolsIn(temporary) {
  symlinkSync(join(repository, "node_modules"), join(temporary, "node_modules"), "dir");
  const knex = installKnex(join(temporary, "knex"));
  return [
    { title: `mig ${versionOf(join(repository, "package.json"))}`, change: byMig("auto") },
    { title: "mig, made to copy", change: byMig("always") },
    {
      title: `drizzle-kit ${packageVersion("drizzle-kit")}, drizzle-orm ${packageVersion("drizzle-orm")}`,
      change: byDrizzle,
    },
    { title: `Knex ${knex.version}`, change: (site) => byKnex(knex.load, site) },
  ];
}

/** Once as mig chooses, and once as a copy of the table, which it would not need for this. */
const byMig =
  (recreate) =>
  ({ folder, path }) => {
    mkdirSync(join(folder, "versions"));
    writeFileSync(
      join(folder, "migrator.config.ts"),
      `export default { environments: { dev: { url: ${JSON.stringify(`sqlite:${path}`)} } } };\n`,
    );
    writeFileSync(
      join(folder, "versions/0001.ts"),
      `export const revision = "0001";
export const downRevision = null;
export function upgrade(op) {
  op.batchAlterTable("p", (p) => p.alterColumn("x", { notNull: true, default: "new" }), {
    recreate: ${JSON.stringify(recreate)},
  });
}
`,
    );
    execFileSync(process.execPath, [join(repository, "dist/cli.cjs"), "upgrade"], {
      cwd: folder,
      stdio: "pipe",
    });
  };

/** What drizzle-kit generates for the change, run by drizzle-orm's migrate(). */
async function byDrizzle({ folder, path, feature }) {
  const api = require("drizzle-kit/api");
  const d = require("drizzle-orm/sqlite-core");
  const { sql } = require("drizzle-orm");
  const before = await api.generateSQLiteDrizzleJson(feature.schema(d, sql, d.text("x")));
  const wanted = feature.schema(d, sql, d.text("x").notNull().default("new"));
  const after = await api.generateSQLiteDrizzleJson(wanted, before.id);
  const statements = await api.generateSQLiteMigration(before, after);
  const entry = { idx: 0, version: "6", when: Date.now(), tag: "0000_change", breakpoints: true };
  mkdirSync(join(folder, "drizzle/meta"), { recursive: true });
  writeFileSync(
    join(folder, "drizzle/0000_change.sql"),
    statements.join("--> statement-breakpoint\n"),
  );
  writeFileSync(
    join(folder, "drizzle/meta/_journal.json"),
    JSON.stringify({ version: "7", dialect: "sqlite", entries: [entry] }),
  );
  const { drizzle } = require("drizzle-orm/better-sqlite3");
  const { migrate } = require("drizzle-orm/better-sqlite3/migrator");
  const client = new Database(path);
  try {
    migrate(drizzle({ client }), { migrationsFolder: join(folder, "drizzle") });
  } finally {
    client.close();
  }
}

/** A migration of Knex's own kind: `alter()` in its transaction. */
async function byKnex(load, { path }) {
  const knex = load({
    client: "better-sqlite3",
    connection: { filename: path },
    useNullAsDefault: true,
  });
  const migration = {
    up: (db) =>
      db.schema.alterTable("p", (table) => {
        table.text("x").notNullable().defaultTo("new").alter();
      }),
    down: async () => {},
  };
  const migrationSource = {
    getMigrations: async () => ["change"],
    getMigrationName: (name) => name,
    getMigration: async () => migration,
  };
  try {
    await knex.migrate.latest({ migrationSource });
  } finally {
    await knex.destroy();
  }
}

/** Knex in a folder of its own, on the same better-sqlite3 as the others: one SQLite for all. */
function installKnex(folder) {
  mkdirSync(folder);
  execFileSync(
    "npm",
    ["install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", "knex@3"],
    {
      stdio: ["ignore", "ignore", "inherit"],
    },
  );
  const driver = join(repository, "node_modules/better-sqlite3");
  symlinkSync(driver, join(folder, "node_modules/better-sqlite3"), "dir");
  const requireKnex = createRequire(join(folder, "package.json"));
  return { load: requireKnex("knex"), version: requireKnex("knex/package.json").version };
}

function packageVersion(name) {
  let folder = dirname(require.resolve(name));
  while (!folder.endsWith(name)) folder = dirname(folder);
  return versionOf(join(folder, "package.json"));
}

function versionOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).version;
}
