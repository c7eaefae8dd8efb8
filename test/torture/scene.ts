/** A database, a history that changes it, and what is in it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect } from "vitest";
import { sqlite } from "../../src/dialects/sqlite/index.ts";
import { MigError } from "../../src/errors.ts";
import { type Contents, contentsOf } from "../support/contents.ts";
import { historyOf, type Scripts } from "../support/history.ts";

export interface Scene {
  readonly path: string;
  upgrade(): Promise<void>;
  downgrade(): Promise<void>;
  /** Run what `upgrade --sql` prints, as a shell would. */
  runScript(): Promise<void>;
  contents(): Contents;
  /** Ask or change the database, with foreign keys on. */
  exec(sql: string): void;
  all(sql: string): readonly unknown[];
}

export interface Setting {
  /** Made by the first revision, so that a script knows of it. */
  readonly definition: string;
  /** Put in with foreign keys off, as an old database may have it. */
  readonly rows?: string;
  /** Said to the empty file: its encoding, its journal. */
  readonly file?: string;
}

/** A change that has to work. */
export interface Work extends Setting, Scripts {
  /** What queries find afterwards. */
  readonly finds?: Readonly<Record<string, unknown>>;
  /** The tables whose rows are others afterwards. */
  readonly changesRows?: readonly string[];
  /** Work in TypeScript, which a script cannot hold. */
  readonly hasWork?: boolean;
}

/** A change that has to be refused; `refused` is in the code or the message. */
export interface Refusal extends Setting, Scripts {
  readonly refused: string;
}

/** The database of `setting`, and a history whose second revision is `change`. */
export async function sceneOf(setting: Setting, change: Scripts): Promise<Scene> {
  const history = historyOf(sqlite, {
    made: { up: (op) => op.execute(setting.definition) },
    changed: change,
  });
  const path = join(history.folder, "test.db");
  const url = `sqlite:${path}`;
  const onEngine = <Result>(work: (engine: Database.Database) => Result) => onFile(path, work);
  await make(setting, path, () => history.up(url, "made"));
  return {
    path,
    upgrade: () => history.up(url),
    downgrade: () => history.down(url, "made"),
    runScript: async () => {
      const script = await history.script("made");
      onEngine((engine) => engine.exec(script));
    },
    contents: () => contentsOf(path),
    exec: (sql) => onEngine((engine) => void engine.exec(sql)),
    all: (sql) => onEngine((engine) => engine.prepare(sql).all()),
  };
}

/** Files that were made before, as many cases begin with the same. */
const made = new Map<string, Buffer>();

async function make(
  { definition, rows = "", file = "" }: Setting,
  path: string,
  first: () => Promise<void>,
): Promise<void> {
  const key = JSON.stringify([file, definition, rows]);
  const known = made.get(key);
  if (known) return writeFileSync(path, known);
  onFile(path, (engine) => engine.exec(file));
  await first();
  const write = `PRAGMA foreign_keys = OFF; PRAGMA user_version = 7; ${rows}`;
  onFile(path, (engine) => engine.exec(write));
  made.set(key, readFileSync(path));
}

function onFile<Result>(path: string, work: (engine: Database.Database) => Result): Result {
  const engine = new Database(path);
  try {
    return work(engine);
  } finally {
    engine.close();
  }
}

/** Upgrading must be refused by mig itself, and leave everything but mig's log as it was. Gives code and message. */
export async function refusalOf(scene: Scene): Promise<string> {
  const before = scene.contents();
  const schema = schemaBytes(scene);
  const failure = await scene.upgrade().then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(failure, "it has to be refused").toBeInstanceOf(MigError);
  expect(scene.contents()).toEqual(before);
  expect(schemaBytes(scene)).toEqual(schema);
  const { code, message } = failure as MigError;
  return `${code}: ${message}`;
}

/** The rows of the schema with their places, mig's own among them: a refusal leaves none of them touched. */
function schemaBytes(scene: Scene): readonly unknown[] {
  return scene.all("SELECT rowid, type, name, tbl_name, rootpage, sql FROM sqlite_schema");
}
