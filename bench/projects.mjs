/** Projects with many revisions, in temporary folders that go with the process. */
import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

export const repository = resolve(import.meta.dirname, "..");
export const mig = join(repository, "dist/cli.cjs");

const folders = [];
process.on("exit", () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder() {
  const folder = mkdtempSync(join(tmpdir(), "mig-bench-"));
  folders.push(folder);
  installPackages(folder);
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  return folder;
}

/** A node_modules of its own, because that is where mig keeps what it made of the revisions. */
function installPackages(folder) {
  const packages = join(repository, "node_modules");
  mkdirSync(join(folder, "node_modules"));
  for (const name of readdirSync(packages).filter((it) => !it.startsWith("."))) {
    symlinkSync(join(packages, name), join(folder, "node_modules", name), "dir");
  }
}

/** The project's next run is its first. */
export const forget = (folder) =>
  rmSync(join(folder, "node_modules/.cache"), { recursive: true, force: true });

export const id = (number) => `r${String(number).padStart(6, "0")}`;

/** The statements of revision `number`, the same on both databases. */
export const createTable = (number) =>
  `CREATE TABLE t${number} (id integer PRIMARY KEY, name text NOT NULL)`;

/** A table each. SQLite itself takes longer for each table, the more there are. */
const tables = (number) => ({ up: createTable(number), down: `DROP TABLE t${number}` });

/** A row each, in a table that the first makes: what a revision costs does not depend on how many there are. */
export const rows = (number) =>
  number === 1
    ? { up: "CREATE TABLE bench_rows (n integer)", down: "DROP TABLE bench_rows" }
    : {
        up: `INSERT INTO bench_rows (n) VALUES (${number})`,
        down: `DELETE FROM bench_rows WHERE n = ${number}`,
      };

/** A project with `count` linear revisions of one statement each, about 1 KB a file. */
export function createProject(count, statements = tables) {
  const folder = temporaryFolder();
  writeFileSync(
    join(folder, "migrator.config.ts"),
    `import { defineConfig } from "drizzle-mig";
export default defineConfig({
  environments: { dev: { url: process.env.BENCH_URL ?? "sqlite:bench.db" } },
});
`,
  );
  mkdirSync(join(folder, "versions"));
  for (let number = 1; number <= count; number++) {
    writeFileSync(
      join(folder, `versions/20260101_000000_${id(number)}_table_${number}.ts`),
      revision(number, statements(number)),
    );
  }
  return folder;
}

function revision(number, { up, down }) {
  return `/**
 * Table ${number}
 *
 * ${"A revision of a usual size says why it is there. ".repeat(10)}
 *
 * Revision:  ${id(number)}
 * Revises:   ${number === 1 ? "none" : id(number - 1)}
 * Created:   2026-01-01T00:00:00Z
 */
import { type Op, sql } from "drizzle-mig";

export const revision = "${id(number)}";
export const downRevision = ${number === 1 ? "null" : `"${id(number - 1)}"`};

export function upgrade(op: Op) {
  op.execute(sql\`${up}\`);
}

export function downgrade(op: Op) {
  op.execute(sql\`${down}\`);
}
`;
}
