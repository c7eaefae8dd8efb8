/** The folder of another tool: its files, read as what they are, and nothing written. */
import { hash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { fail } from "../errors.ts";
import type { Loader } from "../load/loader.ts";
import { withoutMark } from "../revisions/cursor.ts";
import { displayPath } from "../revisions/display-path.ts";

export interface OldFolder {
  /** Absolute. */
  readonly path: string;
  /** As messages show it. */
  readonly shown: string;
  /** The files below it, with forward slashes, sorted by their names as the old tools do. */
  readonly names: readonly string[];
  has(name: string): boolean;
  read(name: string): OldFile;
  /** Run a module of it and give what it exports. */
  import(name: string): Promise<Readonly<Record<string, unknown>>>;
}

/** A file as it was read. */
export interface OldFile {
  /** Below the folder. */
  readonly name: string;
  /** As messages show it. */
  readonly shown: string;
  /** Without a byte order mark, and with plain line ends. */
  readonly text: string;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly md5: string;
}

/** Throws IMPORT_FOLDER where there is none that can be read. */
export function openFolder(path: string, root: string, loader: Loader): OldFolder {
  const shown = displayPath(path, root) || ".";
  const names = listFiles(path, shown);
  const known = new Set(names);
  return {
    path,
    shown,
    names,
    has: (name) => known.has(name),
    read: (name) => readOld(join(path, name), name, `${shown}/${name}`),
    import: (name) => loader.import(join(path, name)),
  };
}

const ignored = /(?:^|\/)(?:\.|node_modules(?:\/|$))/;

function listFiles(path: string, shown: string): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) fail("IMPORT_FOLDER", { folder: shown, why: "there is no such folder" });
  if (!found.isDirectory()) fail("IMPORT_FOLDER", { folder: shown, why: "it is a file" });
  try {
    return readdirSync(path, { recursive: true, encoding: "utf8" })
      .map((name) => (sep === "/" ? name : name.replaceAll(sep, "/")))
      .filter((name) => !ignored.test(name))
      .sort();
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail("IMPORT_FOLDER", { folder: shown, why }, { cause });
  }
}

function readOld(path: string, name: string, shown: string): OldFile {
  const bytes = bytesOf(path, shown);
  const text = withoutMark(decoded(bytes, shown)).replaceAll("\r\n", "\n");
  return { name, shown, text, sha256: hash("sha256", bytes), md5: hash("md5", bytes) };
}

function bytesOf(path: string, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail("IMPORT_FILE", { file: shown, why }, { location: shown, cause });
  }
}

function decoded(bytes: Buffer, shown: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    const why = "it is not UTF-8 (Latin-1, perhaps)";
    return fail("IMPORT_FILE", { file: shown, why }, { location: shown, cause });
  }
}
