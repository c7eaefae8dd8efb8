/**
 * What survives when a column becomes NOT NULL DEFAULT, by tool: `node examples/rebuild-survival/run.mjs` prints the table
 * of docs/rebuild.md. Knex is installed into a temporary folder for the run.
 */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { alembic } from "./alembic.mjs";
import { features } from "./features.mjs";
import { repository, toolsIn } from "./tools.mjs";

const Database = createRequire(join(repository, "package.json"))("better-sqlite3");
const temporary = mkdtempSync(join(tmpdir(), "mig-survival-"));

try {
  const tools = toolsIn(temporary);
  const rows = [];
  for (const [at, feature] of features.entries()) {
    const outcomes = [];
    for (const [number, tool] of tools.entries()) {
      const folder = join(temporary, `site-${at}-${number}`);
      mkdirSync(folder);
      outcomes.push(await outcomeOf(tool, feature, folder));
    }
    rows.push([feature.name, ...outcomes, alembic[feature.name] ?? "–"]);
  }
  print(["", ...tools.map(({ title }) => title), "Alembic (not run)"], rows);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}

/** "kept", "lost", "fails", or "fails, and changes the database". */
async function outcomeOf(tool, feature, folder) {
  const path = join(folder, "test.db");
  onDatabase(path, (engine) => engine.exec(`${feature.definition}; ${feature.rows}`));
  const before = onDatabase(path, dump);
  try {
    await tool.change({ folder, path, feature });
  } catch (failure) {
    if (process.env.VERBOSE) console.error(`${tool.title}, ${feature.name}: ${reason(failure)}`);
    return onDatabase(path, dump) === before ? "fails, unchanged" : "**fails half-way**";
  }
  const changed = onDatabase(path, (engine) =>
    engine.prepare(`SELECT "notnull" FROM pragma_table_info('p') WHERE name = 'x'`).pluck().get(),
  );
  if (changed !== 1) throw new Error(`${tool.title} did not change the column (${feature.name})`);
  return onDatabase(path, (engine) => keeps(engine, feature)) ? "kept" : "**lost**";
}

function keeps(engine, feature) {
  const one = (sql) => engine.prepare(sql).pluck().get();
  try {
    return feature.kept(one, (sql) => engine.exec(sql));
  } catch {
    return false;
  }
}

function onDatabase(path, work) {
  const engine = new Database(path);
  try {
    return work(engine);
  } finally {
    engine.close();
  }
}

/** The schema and the rows; the tools' own tables apart. */
function dump(engine) {
  const own = /^(mig_|knex_|__drizzle|sqlite_)/;
  const objects = engine.prepare("SELECT type, name, sql FROM sqlite_schema ORDER BY name").all();
  const theirs = objects.filter(({ name }) => !own.test(name));
  const rows = theirs
    .filter(({ type }) => type === "table")
    .map(({ name }) => engine.prepare(`SELECT * FROM "${name}"`).all());
  return JSON.stringify([theirs, rows]);
}

function reason(failure) {
  return String(failure.stderr ?? failure.message).split("\n")[0];
}

function print(head, rows) {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at].length)),
  );
  const line = (cells) => `| ${cells.map((cell, at) => cell.padEnd(widths[at])).join(" | ")} |`;
  console.log(line(head));
  console.log(line(widths.map((width) => "-".repeat(width))));
  for (const row of rows) console.log(line(row));
  const { version } = createRequire(join(repository, "package.json"))(
    "better-sqlite3/package.json",
  );
  const sqlite = onDatabase(":memory:", (engine) =>
    engine.prepare("SELECT sqlite_version()").pluck().get(),
  );
  console.log(
    `\nSQLite ${sqlite} (better-sqlite3 ${version}), Node ${process.versions.node}, ${new Date().toISOString().slice(0, 10)}`,
  );
}
