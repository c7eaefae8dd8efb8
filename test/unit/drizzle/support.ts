/** Schema files of a project in a temporary folder, with the drizzle-orm of either version. */
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { describe, expect, onTestFinished } from "vitest";
import { text as postgresqlText } from "../../../src/dialects/postgresql/spell.ts";
import { text as sqliteText } from "../../../src/dialects/sqlite/write.ts";
import type { Casing } from "../../../src/drizzle/orm.ts";
import { readSchema } from "../../../src/drizzle/read.ts";
import { createLoader } from "../../../src/load/loader.ts";
import type { Column, DialectName, Schema, SchemaTable } from "../../../src/model/schema.ts";

const repository = resolve(import.meta.dirname, "../../..");

/** What is installed: the package, as the tests know it. */
export const versions = { "0.45": "drizzle-orm", "1.0": "drizzle-orm-v1" } as const;
export type Version = keyof typeof versions;

/** The same tests with every version of Drizzle. */
export function forEachVersion(tests: (version: Version) => void): void {
  for (const version of Object.keys(versions) as Version[]) {
    describe(`drizzle-orm ${version}`, () => tests(version));
  }
}

export type Files = Readonly<Record<string, string>>;

/** A project with these files; gives its folder. */
export function createProject(version: Version | null, files: Files): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "mig-schema-")));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  write(root, { "package.json": `{ "type": "module" }`, ...files });
  if (version !== null) install(root, version);
  return root;
}

/** Install drizzle-orm in a folder. */
export function install(folder: string, version: Version): void {
  mkdirSync(join(folder, "node_modules"), { recursive: true });
  const installed = join(repository, "node_modules", versions[version]);
  symlinkSync(installed, join(folder, "node_modules/drizzle-orm"), "dir");
}

function write(root: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
}

const texts = { postgresql: postgresqlText, sqlite: sqliteText };

export interface ReadProject {
  readonly dialect: DialectName;
  readonly paths?: readonly string[];
  readonly casing?: Casing;
}

/** Read the schema of a project, as a command does. */
export function readProject(
  root: string,
  { dialect, paths = ["schema.ts"], casing }: ReadProject,
): Promise<Schema> {
  const loader = createLoader({ root, builtins: {} });
  return readSchema({ dialect, paths, root, loader, text: texts[dialect], casing });
}

const imports: Readonly<Record<DialectName, string>> = {
  postgresql: `import * as orm from "drizzle-orm";
import { sql, eq, gt, and, desc, inArray } from "drizzle-orm";
import * as core from "drizzle-orm/pg-core";
import { bigint, bigserial, bit, boolean, char, check, cidr, customType, date, doublePrecision, foreignKey, geometry, halfvec, index, inet, integer, interval, json, jsonb, line, numeric, pgEnum, pgMaterializedView, pgPolicy, pgRole, pgSchema, pgSequence, pgTable, pgView, point, primaryKey, real, serial, smallint, text, time, timestamp, unique, uniqueIndex, uuid, varchar, vector } from "drizzle-orm/pg-core";
`,
  sqlite: `import * as orm from "drizzle-orm";
import { sql, eq, gt, and, desc, inArray } from "drizzle-orm";
import * as core from "drizzle-orm/sqlite-core";
import { blob, check, customType, foreignKey, index, integer, numeric, primaryKey, real, sqliteTable, sqliteView, text, unique, uniqueIndex } from "drizzle-orm/sqlite-core";
`,
};

export interface ReadText extends ReadProject {
  readonly version: Version;
}

/** What one schema file says. Everything of Drizzle is imported in it. */
export function readText(source: string, { version, ...options }: ReadText): Promise<Schema> {
  const root = createProject(version, { "schema.ts": imports[options.dialect] + source });
  return readProject(root, options);
}

/** The one table of a schema, or the one of that name. */
export function tableOf(schema: Schema, name?: string): SchemaTable {
  const table = schema.tables.find((it) => name === undefined || it.name === name);
  expect(table).toBeDefined();
  return table as SchemaTable;
}

/** The columns of the one table, by their names. */
export function columnsOf(schema: Schema): Readonly<Record<string, Column>> {
  return Object.fromEntries(tableOf(schema).columns.map((column) => [column.name, column]));
}

/** The same type on both databases, as text. */
export function raw(type: string) {
  return { kind: "raw", postgresql: type, sqlite: type } as const;
}

/** What a failure is. */
export function failure(code: string, message: RegExp) {
  return expect.objectContaining({ code, message: expect.stringMatching(message) });
}
