/** The folder of another tool: its files, read as what they are, and nothing written. */
import { hash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";
import { list } from "../errors/words.ts";
import { error, fail, type MigError } from "../errors.ts";
import type { Loader } from "../load/loader.ts";
import { withoutMark } from "../revisions/cursor.ts";
import { displayPath } from "../revisions/display-path.ts";
import { lineWithoutUtf8 } from "../revisions/utf8.ts";

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
  /** What was odd about the files that were read so far. */
  oddities(): Oddities;
}

export interface Oddities {
  /** What stops an import unless it is forced. */
  readonly problems: readonly MigError[];
  readonly warnings: readonly string[];
}

/** A file as it was read. */
export interface OldFile {
  /** Below the folder. */
  readonly name: string;
  /** As messages show it. */
  readonly shown: string;
  /** Without a byte order mark, and with plain line ends. What is no UTF-8 is read as Latin-1. */
  readonly text: string;
  readonly odd: { readonly latin: MigError | null; readonly mark: boolean; readonly crlf: boolean };
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256: string;
  readonly md5: string;
}

/** Throws IMPORT_FOLDER where there is none that can be read. */
export function openFolder(path: string, root: string, loader: Loader): OldFolder {
  const shown = displayPath(path, root) || ".";
  const names = listFiles(path, shown);
  const known = new Set(names);
  const read = new Map<string, OldFile>();
  return {
    path,
    shown,
    names,
    has: (name) => known.has(name),
    read: (name) => {
      const file = read.get(name) ?? readOld(join(path, name), name, `${shown}/${name}`);
      read.set(name, file);
      return file;
    },
    import: (name) => loader.import(join(path, name)),
    oddities: () => odditiesOf([...read.values()]),
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
  const { decoded, latin } = decode(bytes, shown);
  const text = withoutMark(decoded);
  return {
    name,
    shown,
    text: text.replaceAll("\r\n", "\n"),
    odd: { latin, mark: text !== decoded, crlf: text.includes("\r\n") },
    sha256: hash("sha256", bytes),
    md5: hash("md5", bytes),
  };
}

function odditiesOf(files: readonly OldFile[]): Oddities {
  const [marked, crlf] = [files.filter(({ odd }) => odd.mark), files.filter(({ odd }) => odd.crlf)];
  const named = (those: readonly OldFile[]) =>
    list(
      those.map(({ shown }) => shown),
      "and",
    );
  return {
    problems: files.flatMap(({ odd }) => odd.latin ?? []),
    warnings: [
      ...(marked.length > 0 ? [`a byte order mark was taken out of ${named(marked)}`] : []),
      ...(crlf.length > 0 ? [`CRLF line ends became LF in ${named(crlf)}`] : []),
    ],
  };
}

function bytesOf(path: string, shown: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return fail("IMPORT_FILE", { file: shown, why }, { location: shown, cause });
  }
}

/** Whatever Latin-1 is said to be is Windows-1252: https://encoding.spec.whatwg.org/#names-and-labels */
function decode(bytes: Buffer, shown: string): { decoded: string; latin: MigError | null } {
  try {
    const decoded = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return { decoded, latin: null };
  } catch (cause) {
    const location = `${shown}:${lineWithoutUtf8(bytes)}`;
    const why = "it is not UTF-8 (Latin-1, perhaps)";
    const detail = { file: shown, why, forced: "read it as Latin-1" };
    const latin = error("IMPORT_FILE", detail, { location, cause });
    return { decoded: new TextDecoder("windows-1252").decode(bytes), latin };
  }
}
