import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadRevisions, readRevision } from "../../../src/revisions/directory.ts";
import {
  defaultFileTemplate,
  newRevisionId,
  revisionFileName,
  slugOf,
} from "../../../src/revisions/file-name.ts";
import { chooseFolder, writeNewFile } from "../../../src/revisions/new-file.ts";
import { failureOf, ids } from "./support.ts";

let root: string;

beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), "mig-directory-")));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file: string, text = header(file)): string {
  const path = join(root, file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** Each file gets its own name as its id. */
function header(file: string): string {
  const id = file.replace(/\W/g, "_");
  return file.endsWith(".sql")
    ? `-- revision: ${id}\n-- down-revision: none\n`
    : `export const revision = "${id}";\nexport const downRevision = null;\n`;
}

const load = (...folders: string[]) =>
  loadRevisions(
    folders.map((folder) => join(root, folder)),
    root,
  );

describe("the versions folders", () => {
  test("are read sorted by name, nested folders in their place, folder by folder", () => {
    for (const file of ["v/b.ts", "v/a.sql", "v/c/z.mts", "v/c/y/x.cjs", "v/d.js", "w/a.cts"])
      write(file);
    const files = load("w", "v").map(({ file }) => file);
    expect(files).toEqual(["w/a.cts", "v/a.sql", "v/b.ts", "v/c/y/x.cjs", "v/c/z.mts", "v/d.js"]);
    expect(load("v")[0]).toMatchObject({ path: join(root, "v/a.sql"), format: "sql" });
  });

  test("hold other files too", () => {
    const others = ["_x.ts", ".x.ts", ".#x.ts", "x.d.ts", "x.d.mts", "x.md", "x.ts.map", "x.ts~"];
    for (const name of [...others, "node_modules/x.ts", "_old/x.ts", ".git/x.ts"])
      write(`v/${name}`);
    write("v/a.ts");
    expect(ids(load("v"))).toEqual(["v_a_ts"]);
  });

  test("that hold the same file twice give it once", () => {
    write("v/a.ts");
    write("v/n/b.ts");
    symlinkSync(join(root, "v"), join(root, "v/loop"));
    symlinkSync(join(root, "v/a.ts"), join(root, "v/z.ts"));
    symlinkSync(join(root, "v"), join(root, "same"));
    symlinkSync(join(root, "nowhere"), join(root, "v/broken.ts"));
    expect(load("v", "v", "same", "v/n").map(({ file }) => file)).toEqual(["v/a.ts", "v/n/b.ts"]);
  });

  test("may hold links to files elsewhere", () => {
    write("shared/a.ts");
    mkdirSync(join(root, "v"));
    symlinkSync(join(root, "shared/a.ts"), join(root, "v/a.ts"));
    expect(load("v").map(({ file }) => file)).toEqual(["v/a.ts"]);
  });

  test("have to exist", () => {
    write("file.ts");
    mkdirSync(join(root, "v"));
    expect(load("v")).toEqual([]);
    expect(failureOf(() => load("v", "w")).code).toBe("VERSIONS_MISSING");
    expect(failureOf(() => load("file.ts")).code).toBe("VERSIONS_MISSING");
  });

  test("a file names itself in its errors", () => {
    write("v/a.ts", "\nexport const revision = make();\n");
    expect(failureOf(() => load("v")).context.location).toBe("v/a.ts:2");
    const missing = failureOf(() => readRevision(join(root, "v/x.ts"), root));
    expect([missing.code, missing.context.location]).toEqual(["FILE_UNREADABLE", "v/x.ts"]);
  });

  test("a mark and CRLF do not matter", () => {
    write("v/a.ts", `\uFEFF${header("a").replaceAll("\n", "\r\n")}`);
    write("v/b.sql", `\uFEFF${header("b.sql").replaceAll("\n", "\r\n")}`);
    expect(ids(load("v"))).toEqual(["a", "b_sql"]);
  });
});

describe("the name of a new file", () => {
  const createdAt = new Date("2026-01-23T14:30:52.999Z");
  const name = (message: string, template = defaultFileTemplate) =>
    revisionFileName(template, { revision: "7c1e", message, createdAt, extension: ".ts" });

  test("by default", () => {
    expect(name("Add user preferences.")).toBe("20260123_143052_7c1e_add_user_preferences.ts");
    expect(name("")).toBe("20260123_143052_7c1e.ts");
    expect(name("../../etc/passwd")).toBe("20260123_143052_7c1e_etc_passwd.ts");
  });

  test("from a template", () => {
    expect(name("Do it", "{year}/{month}/{slug}-{revision}")).toBe("2026/01/do_it-7c1e.ts");
    expect(name("Do it", "{revision}.ts")).toBe("7c1e.ts");
    expect(name("{revision}", "{slug}")).toBe("revision.ts");
  });

  test("a slug keeps whole words within 40 characters", () => {
    expect(slugOf("Größe & Maß: ändern!")).toBe("größe_maß_ändern");
    expect(slugOf("one two three four five six seven eight nine")).toBe(
      "one_two_three_four_five_six_seven_eight",
    );
    expect(slugOf("x".repeat(60))).toBe("x".repeat(40));
    expect(slugOf("!!!")).toBe("");
  });

  test("an id is 12 hex digits", () => {
    expect(newRevisionId()).toMatch(/^[0-9a-f]{12}$/);
    expect(newRevisionId()).not.toBe(newRevisionId());
  });
});

describe("a new file", () => {
  const put = (name: string, text = "x") => {
    const folder = join(root, "v");
    return writeNewFile({ root, folders: [folder] }, { folder, name, text });
  };

  test("is written below its folder", () => {
    expect(put("2026/a.ts")).toBe(join(root, "v/2026/a.ts"));
    expect(readFileSync(join(root, "v/2026/a.ts"), "utf8")).toBe("x");
  });

  test("overwrites nothing", () => {
    put("a.ts", "first");
    const { code, context } = failureOf(() => put("a.ts", "second"));
    expect([code, context.location]).toEqual(["FILE_EXISTS", "v/a.ts"]);
    expect(readFileSync(join(root, "v/a.ts"), "utf8")).toBe("first");
  });

  test.each(["../a.ts", "x/../../a.ts", "/tmp/a.ts", ".", ""])("leaves no folder: %j", (name) => {
    expect(failureOf(() => put(name)).code).toBe("FILE_OUTSIDE_VERSIONS");
  });

  test("a name that only begins with dots stays inside", () => {
    expect(put("..a.ts")).toBe(join(root, "v/..a.ts"));
  });

  test("goes to the folder that is named, else beside its parent, else to the only one", () => {
    const [one, two] = [join(root, "one"), join(root, "two")];
    const both = { root, folders: [one, two] };
    expect(chooseFolder({ root, folders: [one] }, {})).toBe(one);
    expect(chooseFolder(both, { versionPath: "two", parentPath: join(one, "a.ts") })).toBe(two);
    expect(chooseFolder(both, { parentPath: join(two, "n/a.ts") })).toBe(two);
    expect(failureOf(() => chooseFolder(both, {})).code).toBe("VERSION_PATH_NEEDED");
    expect(failureOf(() => chooseFolder(both, { versionPath: "three" })).code).toBe(
      "FILE_OUTSIDE_VERSIONS",
    );
  });
});
