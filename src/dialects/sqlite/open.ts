/** Opening a database file. */
import { accessSync, constants, existsSync, mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { type ErrorContext, error, fail, MigError } from "../../errors.ts";
import type { ConnectTarget } from "../dialect.ts";
import { brokenDriver } from "../packages.ts";
import { borrow } from "./borrow.ts";
import { type Engine, loadDriver } from "./driver.ts";
import { codeOf, known } from "./errors.ts";
import { type Location, locationOf } from "./url.ts";

/** A database that is open. */
export interface Opened {
  readonly engine: Engine;
  readonly location: Location;
  /** Give it back as it was, where somebody else keeps it; absent where it is closed at the end. */
  readonly giveBack?: () => void;
}

/** Open the file of `target`; a command that only looks makes no file, and sees an empty database instead. */
export function open(target: ConnectTarget): Opened {
  if (target.existing !== undefined) return borrow(target.existing as Engine, target);
  const Driver = loadDriver(target.root);
  const location = locationOf(target.url, target.root);
  const missing = target.readOnly && !existsSync(location.path);
  if (location.inMemory || missing) return { engine: inMemory(Driver), location };
  try {
    if (!target.readOnly) mkdirSync(dirname(location.path), { recursive: true });
    const engine = new Driver(location.path, {
      readonly: target.readOnly,
      timeout: patience(target.timeouts.lock),
    });
    return { engine: proven(engine), location };
  } catch (cause) {
    inMemory(Driver).close();
    throw unusable(cause, location, target.readOnly);
  }
}

/** The driver looks for its binary when it opens a database first; one in memory fails for no other reason. */
function inMemory(Driver: ReturnType<typeof loadDriver>): Engine {
  try {
    return new Driver(":memory:");
  } catch (cause) {
    throw brokenDriver("better-sqlite3", cause);
  }
}

/** Milliseconds as the driver takes them. */
function patience(lock: number): number {
  return Math.max(0, Math.min(Math.round(lock), 2 ** 31 - 1));
}

/** The driver opens any file; only reading it shows whether it is a database. */
function proven(engine: Engine): Engine {
  try {
    engine.prepare("SELECT count(*) FROM sqlite_schema").get();
    return engine;
  } catch (failure) {
    // A writer in its way is no reason not to open it.
    if (codeOf(failure).startsWith("SQLITE_BUSY")) return engine;
    engine.close();
    throw failure;
  }
}

function unusable(cause: unknown, location: Location, readOnly: boolean): MigError {
  const context: ErrorContext = { cause };
  const url = location.shown;
  if (cause instanceof MigError) return cause;
  if (isFolder(location.path))
    return error("DATABASE_UNUSABLE", { url, why: "it is a folder" }, context);
  const code = codeOf(cause);
  if (["EACCES", "EROFS", "EPERM"].includes(code) && !readOnly)
    return error("READ_ONLY_DATABASE", { url }, context);
  const why = cause instanceof Error ? cause.message : String(cause);
  return known(cause, url) ?? error("DATABASE_UNUSABLE", { url, why }, context);
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}

/**
 * Refuse a file that cannot be written, before anything is: BEGIN IMMEDIATE does not complain about one. The folder has to
 * be writable for the journal.
 */
export function refuseReadOnly({ engine, location }: Opened): void {
  const needed = engine.memory ? [] : [location.path, dirname(location.path)];
  if (engine.readonly || !needed.every(mayWrite))
    fail("READ_ONLY_DATABASE", { url: location.shown });
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
