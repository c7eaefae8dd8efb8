/** The rules of the house: who imports whom, who may print, and how big things get. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parseSync } from "oxc-parser";
import { describe, expect, test } from "vitest";

const src = resolve(import.meta.dirname, "../src");

/** Every room, and the rooms that it may import from besides itself. */
const allowed: Readonly<Record<string, readonly string[]>> = {
  errors: [],
  model: [],
  operations: ["model", "errors"],
  load: ["errors"],
  config: ["errors", "load", "model", "operations"],
  revisions: ["operations", "errors"],
  drizzle: ["model", "operations", "errors", "load"],
  dialects: ["model", "operations", "errors"],
  autogenerate: ["model", "operations", "errors"],
  adopt: ["model", "operations", "errors", "revisions", "load", "autogenerate"],
  runtime: [
    "model",
    "operations",
    "errors",
    "load",
    "config",
    "revisions",
    "dialects",
    "autogenerate",
  ],
  migrator: [
    "model",
    "operations",
    "errors",
    "load",
    "config",
    "revisions",
    "dialects",
    "drizzle",
    "autogenerate",
    "runtime",
    "index",
  ],
  cli: [
    "model",
    "operations",
    "errors",
    "load",
    "config",
    "revisions",
    "dialects",
    "drizzle",
    "autogenerate",
    "adopt",
    "runtime",
    "migrator",
  ],
  // Of dialects and runtime it has types only; what costs time the migrator loads when it is called.
  index: ["model", "operations", "config", "errors", "dialects", "runtime", "migrator"],
  testing: ["cli", "runtime"],
};

interface SourceFile {
  readonly path: string;
  readonly room: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const files: readonly SourceFile[] = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts"))
  .sort()
  .map((path) => {
    const text = readFileSync(join(src, path), "utf8");
    return { path, room: roomOf(path), text, imports: importsOf(path, text) };
  });

function roomOf(path: string): string {
  return (path.split(/[\\/]/)[0] ?? "").replace(/\.ts$/, "");
}

/** The files of src that `path` imports, statically or not. */
function importsOf(path: string, text: string): readonly string[] {
  const specifiers = text.matchAll(/\b(?:from|import)\s*\(?\s*"(\.[^"]+)"/g);
  return [...specifiers].flatMap(([, specifier = ""]) => {
    const target = relative(src, resolve(dirname(join(src, path)), specifier));
    return target.startsWith("..") ? [] : [target];
  });
}

function offenders(rule: (file: SourceFile) => readonly string[] | boolean): readonly string[] {
  return files.flatMap((file) => {
    const found = rule(file);
    if (typeof found === "boolean") return found ? [file.path] : [];
    return found.map((what) => `${file.path}: ${what}`);
  });
}

describe("the house", () => {
  test("has rooms that are all known", () => {
    expect(offenders(({ room }) => !Object.hasOwn(allowed, room))).toEqual([]);
  });

  test("has imports that go one way", () => {
    const forbidden = offenders(({ room, imports }) =>
      imports.filter((target) => {
        const to = roomOf(target);
        return to !== room && !allowed[room]?.includes(to);
      }),
    );
    expect(forbidden).toEqual([]);
  });

  test("has dialects that do not know each other", () => {
    const crossed = offenders(({ path, imports }) => {
      const own = /^dialects[\\/](postgresql|sqlite)[\\/]/.exec(path)?.[1];
      if (own === undefined) return [];
      const other = own === "sqlite" ? "postgresql" : "sqlite";
      return imports.filter((target) => target.includes(join("dialects", other)));
    });
    expect(crossed).toEqual([]);
  });

  test("asks which dialect it has only inside dialects/", () => {
    const asks = /\bdialect(?:Name|\.name)?\s*[!=]==?\s*"(?:postgresql|sqlite)"/;
    expect(
      offenders(({ room, text }) => !["dialects", "cli"].includes(room) && asks.test(text)),
    ).toEqual([]);
  });

  test("prints, prompts and exits only in cli/", () => {
    const speaks = /\bconsole\.|\bprocess\.(?:exit|exitCode|stdout|stderr|stdin)\b|@clack\//;
    expect(offenders(({ room, text }) => room !== "cli" && speaks.test(text))).toEqual([]);
  });

  test("writes SQL only in dialects/", () => {
    const sql = /`\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|CREATE|ALTER TABLE|DROP)\s[^`]*\$\{/;
    expect(
      offenders(
        ({ room, text }) =>
          room !== "dialects" && sql.test(text.replace(/^\s*(?:\*|\/\/|\/\*).*$/gm, "")),
      ),
    ).toEqual([]);
  });

  test("loads drivers and drizzle-orm only on use", () => {
    const eager = /^import (?!type)[^;]*from "(?:pg|better-sqlite3|drizzle-orm[^"]*|oxc-[^"]*)"/m;
    expect(offenders(({ text }) => eager.test(text))).toEqual([]);
  });

  test("has no any and no silenced compiler", () => {
    const loose = /:\s*any\b|\bas any\b|<any>|@ts-(?:ignore|expect-error|nocheck)/;
    expect(offenders(({ text }) => loose.test(text))).toEqual([]);
  });

  test("has files of at most 250 lines", () => {
    expect(offenders(({ text }) => text.split("\n").length > 251)).toEqual([]);
  });

  test("has functions of at most 50 lines", () => {
    expect(offenders(({ path, text }) => longFunctions(path, text))).toEqual([]);
  });
});

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

function longFunctions(path: string, text: string): readonly string[] {
  const { program } = parseSync(path, text);
  const long: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const each of value) visit(each);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    if (isFunction(value)) {
      const lines = text.slice(value.start, value.end).split("\n").length;
      if (lines > 50)
        long.push(`line ${text.slice(0, value.start).split("\n").length}: ${lines} lines`);
    }
    for (const each of Object.values(value)) visit(each);
  };
  visit(program);
  return long;
}

function isFunction(value: object): value is Node {
  const type = "type" in value ? value.type : null;
  return (
    type === "FunctionDeclaration" ||
    type === "FunctionExpression" ||
    type === "ArrowFunctionExpression"
  );
}
