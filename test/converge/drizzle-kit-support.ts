/** Databases as drizzle-kit and drizzle-orm make them, each in a project of its own. */
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join, resolve } from "node:path";
import Database from "better-sqlite3";
import { drizzle as sqlite } from "drizzle-orm/better-sqlite3";
import { migrate as migrateSqlite } from "drizzle-orm/better-sqlite3/migrator";
import { drizzle as postgresql } from "drizzle-orm/node-postgres";
import { migrate as migratePostgresql } from "drizzle-orm/node-postgres/migrator";
import { drizzle as sqliteV1 } from "drizzle-orm-v1/better-sqlite3";
import { migrate as migrateSqliteV1 } from "drizzle-orm-v1/better-sqlite3/migrator";
import { drizzle as postgresqlV1 } from "drizzle-orm-v1/node-postgres";
import { migrate as migratePostgresqlV1 } from "drizzle-orm-v1/node-postgres/migrator";
import { expect } from "vitest";
import { session } from "../support/postgres/database.ts";
import type { Story } from "../support/story.ts";

const repository = resolve(import.meta.dirname, "../..");
const fixtures = join(repository, "test/fixtures");

/** The packages by the versions of Drizzle that schemas are read with. */
export const versions = { "0.45": "drizzle-orm", "1.0": "drizzle-orm-v1" } as const;
export type Version = keyof typeof versions;

/** A folder of test/fixtures/drizzle-kit. */
export interface Fixture {
  /** Behind the dialect: "-casing". */
  readonly suffix?: string;
  /** All files when absent. */
  readonly files?: readonly string[];
  /** `casing` of both configs. */
  readonly casing?: string;
}

/** Put the schema files of a fixture into a project, and both configs. */
export function useSchema(story: Story, { suffix = "", files, casing }: Fixture): void {
  const folder = join(fixtures, "drizzle-kit", `${story.dialect}${suffix}`);
  for (const file of files ?? readdirSync(folder)) {
    const text = readFileSync(join(folder, file), "utf8");
    story.write({ [`schema/${file}`]: text.replaceAll("drizzle-orm-v1", "drizzle-orm") });
  }
  const config = {
    schema: { [story.dialect]: "schema/*.ts" },
    environments: { dev: {} },
    exclude: ["__drizzle_migrations"],
    casing,
  };
  const kitConfig = {
    dialect: story.dialect,
    schema: "./schema/*.ts",
    out: "./drizzle",
    dbCredentials: { url: story.dialect === "sqlite" ? "data/dev.db" : story.url },
    casing,
  };
  story.write({
    "migrator.config.ts": `export default ${JSON.stringify(config)};`,
    "drizzle.config.json": JSON.stringify(kitConfig),
  });
}

/** Let the project have this version of drizzle-orm. */
export function install(story: Story, version: Version): void {
  const modules = join(story.folder, "node_modules");
  rmSync(modules, { recursive: true, force: true });
  mkdirSync(modules);
  const link = (name: string, from: string) =>
    symlinkSync(join(repository, "node_modules", from), join(modules, name), "dir");
  for (const name of ["better-sqlite3", "pg", "drizzle-kit"]) link(name, name);
  link("drizzle-orm", versions[version]);
}

/** `drizzle-kit` 0.31 in the project's folder. */
export function kit({ folder }: Story, ...args: readonly string[]): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(repository, "node_modules/drizzle-kit/bin.cjs"), ...args],
    { cwd: folder, encoding: "utf8" },
  );
  expect({ status, said: stdout + stderr }).toEqual({
    status: 0,
    said: expect.not.stringMatching(/error:/i),
  });
}

/** What kit 0.31 generates, run by drizzle-orm 0.45. */
export async function migrated(story: Story): Promise<void> {
  kit(story, "generate", "--config=drizzle.config.json");
  const migrationsFolder = join(story.folder, "drizzle");
  if (story.dialect === "postgresql")
    return session(story.url, (client) =>
      migratePostgresql(postgresql(client), { migrationsFolder }),
    );
  onSqlite(story, (client) => migrateSqlite(sqlite(client), { migrationsFolder }));
}

/** What kit 0.31 makes by itself. */
export async function pushed(story: Story): Promise<void> {
  onSqlite(story, () => {});
  kit(story, "push", "--config=drizzle.config.json", "--force");
}

/**
 * What kit 1.0.0-rc.5 generates of the same files, run by drizzle-orm 1.0. It is kept in test/fixtures, made by
 * `drizzle-kit generate --dialect=… --schema=… --name=base` where nothing but that version is installed: it does not go
 * together with drizzle-orm 0.45.
 */
export async function migratedByV1(story: Story, { suffix = "" }: Fixture): Promise<void> {
  const migrationsFolder = join(fixtures, "drizzle-kit-rc5", `${story.dialect}${suffix}`);
  if (story.dialect === "postgresql")
    return session(story.url, (client) =>
      migratePostgresqlV1(postgresqlV1({ client }), { migrationsFolder }).then(() => {}),
    );
  onSqlite(story, (client) => void migrateSqliteV1(sqliteV1({ client }), { migrationsFolder }));
}

function onSqlite({ folder, dialect }: Story, work: (client: Database.Database) => void): void {
  if (dialect !== "sqlite") return;
  mkdirSync(join(folder, "data"), { recursive: true });
  const client = new Database(join(folder, "data/dev.db"));
  try {
    work(client);
  } finally {
    client.close();
  }
}

/** All that mig says of the database beside the project's schema. */
export async function differences(story: Story): Promise<readonly string[]> {
  const { stdout, stderr } = await story.mig(["check", "--json"]);
  const document = JSON.parse(stdout) as {
    readonly error?: { readonly message: string };
    readonly operations?: readonly { readonly describe: string }[];
  };
  const said = document.error ? [document.error.message] : [];
  const notes = stderr.split("\n").filter((line) => line !== "" && !/ is a domain$/.test(line));
  return [...said, ...notes, ...(document.operations ?? []).map(({ describe }) => describe)];
}
