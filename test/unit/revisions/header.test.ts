import { describe, expect, test } from "vitest";
import { readHeader } from "../../../src/revisions/header.ts";
import { readAnyHeader } from "../../../src/revisions/header-module.ts";
import { readUsualHeader } from "../../../src/revisions/header-usual.ts";
import { failureOf } from "./support.ts";

function read(text: string, file = "versions/a.ts") {
  return readHeader({ file, path: `/project/${file}`, text });
}

function refused(text: string, file?: string) {
  const { code, context, message } = failureOf(() => read(text, file));
  return { code, location: context.location, message };
}

const plain = `export const revision = "a1";\nexport const downRevision = null;\n`;

describe("a module's header", () => {
  test("the file of the docs", () => {
    const text = `/**
 * Add user preferences.
 *
 * Revision:  7c1e5b0f9a32
 * Revises:   0001
 * Created:   2026-01-23T14:30:52Z
 */
import { type Op, foreignKey, primaryKey, sql, t } from "drizzle-mig";

export const revision = "7c1e5b0f9a32";
export const downRevision = "0001";        // null for a base
export const branchLabels = ["billing"];
export const dependsOn = ["ae10"];
export const transaction = false;
export const replaces = ["a1", "b2"];

export function upgrade(op: Op) {}
`;
    expect(read(text)).toEqual({
      id: "7c1e5b0f9a32",
      downRevisions: ["0001"],
      dependsOn: ["ae10"],
      branchLabels: ["billing"],
      replaces: ["a1", "b2"],
      transaction: false,
      message: "Add user preferences",
      file: "versions/a.ts",
      path: "/project/versions/a.ts",
      createdAt: "2026-01-23T14:30:52Z",
      format: "module",
    });
  });

  test.each([
    ["double quotes", `"a1"`],
    ["single quotes", `'a1'`],
    ["a plain template", "`a1`"],
    ["as const", `"a1" as const`],
    ["satisfies", `"a1" satisfies string`],
    ["as const satisfies", `"a1" as const satisfies string`],
    ["a longer type", `"a1" as Extract<"a1" | "b", Array<string>[number]>`],
    ["a comment before", `/* the id */ "a1"`],
    ["a comment behind", `"a1" // the id; "b2"`],
    ["an escape", `"\\x61\\u0031"`],
    ["a line of its own", `\n  "a1"`],
  ])("%s", (_, value) => {
    for (const end of [";\n", "\n"]) {
      const text = `export const revision = ${value}${end}export const downRevision = null${end}`;
      expect(read(text)).toMatchObject({ id: "a1", downRevisions: [] });
    }
  });

  test.each([
    ["string | null"],
    ["readonly string[] | null"],
    ["Array<string | (() => string)>"],
    [`{ a: "=", b: string }`],
    ["/* = */ string"],
  ])("a type annotation: %s", (type) => {
    const text = `export const revision: string = "a1";\nexport const downRevision: ${type} = ["p", "q"];`;
    expect(read(text).downRevisions).toEqual(["p", "q"]);
  });

  test("arrays over several lines, with comments and trailing commas", () => {
    const text = `export const revision = "m";\nexport const downRevision = [\n  "a", // one\n  /* two */ 'b',\n] as const;\n`;
    expect(read(text).downRevisions).toEqual(["a", "b"]);
    expect(read(text.replaceAll("\n", "\r\n")).downRevisions).toEqual(["a", "b"]);
  });

  test("a mark, a #! line, CRLF and no semicolons", () => {
    const text = `\uFEFF#!/usr/bin/env node\r\n/** Do it. */\r\nexport const revision = "a1"\r\nexport const downRevision = "b"\r\n`;
    expect(read(text)).toMatchObject({ id: "a1", downRevisions: ["b"], message: "Do it" });
  });

  test("several declarators, and everything on one line", () => {
    const text = `export const revision = "a1", downRevision: null = null, transaction = false; export let dependsOn = "x"`;
    expect(read(text)).toMatchObject({ id: "a1", transaction: false, dependsOn: ["x"] });
  });

  test("CommonJS, as written and as tsc writes it", () => {
    expect(read(`exports.revision = "a1";\nmodule.exports.downRevision = null;`).id).toBe("a1");
    const compiled = `"use strict";
Object.defineProperty(exports, "__esModule", { value: true });
exports.transaction = exports.downRevision = exports.revision = void 0;
exports.upgrade = upgrade;
exports.revision = "a1";
exports.downRevision = "b";
exports.transaction = false;
if (exports.revision === "x") {}
function upgrade() {}`;
    expect(read(compiled)).toMatchObject({ id: "a1", downRevisions: ["b"], transaction: false });
  });

  test("what only looks like a header is none", () => {
    const text = `/*
export const revision = "wrong";
*/
// export const revision = "wrong";
import x from "export const revision = 'wrong'";
const text = \`
export const revision = "wrong";
\${ \`\${1}
export const revision = "wrong";\` }
export const revision = "wrong";
\`;
const single = 'export const revision = "wrong"';
const pattern = /["'\`/*]/;
const half = 4 / 2; const other = "/";
function f() {
export const revision = "wrong";
}
x.exports.revision = "wrong";
const { revision: other2 } = { revision: "wrong" };
export const revisionOfX = "wrong";
${plain}
const later = \`
export const transaction = false;
\`;
/* export const dependsOn = ["wrong"]; */
`;
    expect(read(text)).toMatchObject({ id: "a1", transaction: true, dependsOn: [] });
  });

  test("a value far below the others is found", () => {
    const text = `${plain}export function upgrade(op) { op.execute("transaction"); }\nexport const transaction = false;`;
    expect(read(text).transaction).toBe(false);
  });

  test.each([
    ["/** Add a table.. */", "Add a table.", null],
    ["/**\n * Zoë's *bold* move\n * more\n */", "Zoë's *bold* move", null],
    ["/**\r\n *\r\n * After a gap.\r\n * Created: 2026-01-02\r\n */", "After a gap", "2026-01-02"],
    ["/**\n * Revision: a1\n * Created: yesterday\n */", "", null],
    ["/* no doc comment */", "", null],
    ["// line\n/** Doc */", "Doc", null],
    ['import x from "y";\n\n/** Behind an import. */', "Behind an import", null],
    ["", "", null],
  ])("the doc comment %j", (comment, message, createdAt) => {
    expect(read(`${comment}\n${plain}`)).toMatchObject({ message, createdAt });
  });

  test("the doc comment of something else is no message", () => {
    expect(read(`${plain}\n/** Upgrade. */\nexport const transaction = true;`).message).toBe("");
  });
});

describe("the quick way to read a module's header", () => {
  const doc = "/**\n * Add *a* table.\n *\n * Created:   2026-01-23T14:30:52Z\n **/\n";
  const imports = `import { type Op,\n  sql } from "drizzle-mig";\nimport './x.ts'\n`;
  const rest = "export function upgrade(op) {}\n";

  test.each([
    ["all of it", doc + imports + plain + rest],
    ["no comment", imports + plain + rest],
    ["no imports", doc + plain.replace("null", '"b2"') + rest],
    ["CRLF and a mark", `\uFEFF${(doc + imports + plain + rest).replaceAll("\n", "\r\n")}`],
    ["a doc comment behind", plain + doc + rest],
  ])("finds what the thorough way finds: %s", (_, text) => {
    const quick = readUsualHeader(text);
    expect(quick).not.toBeNull();
    expect(withoutPlaces(quick)).toEqual(withoutPlaces(readAnyHeader("a.ts", text)));
  });

  test.each([
    ["two comments", `/** one */ f(); /** two */ ${plain}`],
    ["an open comment", `/* ${plain}`],
    ["more values", `${plain}export const transaction = false;`],
    ["no semicolon", plain.replaceAll(";", "")],
    ["an expression", plain.replace("null;", `"a" + x;`)],
    ["a quote among imports", `import x from "a"; const t = "${plain}`],
  ])("leaves what it is not sure of: %s", (_, text) => {
    expect(readUsualHeader(text)).toBeNull();
  });

  function withoutPlaces(header: ReturnType<typeof readUsualHeader>) {
    const values = Object.entries(header?.values ?? {}).map(([name, it]) => [name, it.value]);
    return { ...header, values };
  }
});

describe("a module's header that is refused", () => {
  test.each([
    ["a call", `makeId()`],
    ["a name", `other`],
    ["a template with a value", "`a\u0024{1}`"],
    ["a sum", `"a" + "b"`],
    ["a sum over two lines", `"a"\n  + "b"`],
    ["a call on the next line", `"a"\n(1)`],
    ["a member", `"a".length`],
    ["an object", `{ id: "a" }`],
    ["a spread", `[...others]`],
    ["an array with a name", `["a", b]`],
    ["a choice", `"a" ? "b" : "c"`],
  ])("%s is no literal", (_, value) => {
    const text = `// one\n\nexport const revision = "a1";\nexport const downRevision = ${value};\n`;
    expect(refused(text)).toMatchObject({
      code: "HEADER_NOT_LITERAL",
      location: "versions/a.ts:4",
    });
  });

  test.each([
    ["revision = 1", "HEADER_INVALID"],
    ["revision = null", "HEADER_INVALID"],
    ["revision = ['a']", "HEADER_INVALID"],
    ["revision = 'no@at'", "ILLEGAL_REVISION_ID"],
    ["revision = ''", "ILLEGAL_REVISION_ID"],
    ["revision = 'head'", "ILLEGAL_REVISION_ID"],
    [`revision = '${"x".repeat(129)}'`, "ILLEGAL_REVISION_ID"],
    ["downRevision = 3", "HEADER_INVALID"],
    ["downRevision = undefined", "HEADER_INVALID"],
    ["downRevision = ['a', 3]", "HEADER_INVALID"],
    ["downRevision = ''", "HEADER_INVALID"],
    ["branchLabels = true", "HEADER_INVALID"],
    ["branchLabels = ['1st']", "ILLEGAL_LABEL"],
    ["branchLabels = 'heads'", "ILLEGAL_LABEL"],
    ["branchLabels = 'a@b'", "ILLEGAL_LABEL"],
    ["dependsOn = 12", "HEADER_INVALID"],
    ["transaction = 'false'", "HEADER_INVALID"],
    ["transaction = 0", "HEADER_INVALID"],
  ])("%s", (line, code) => {
    const name = line.split(" ")[0];
    const others = plain.split("\n").filter((each) => !each.includes(` ${name} `));
    const text = [...others, `export const ${line};`].join("\n");
    const at = text.split("\n").findIndex((each) => each.includes(` ${name} `)) + 1;
    expect(refused(text)).toMatchObject({ code, location: `versions/a.ts:${at}` });
  });

  test("a value that is there twice", () => {
    const text = `export const revision = "a0";\n${plain}`;
    expect(refused(text)).toMatchObject({ code: "HEADER_INVALID", location: "versions/a.ts:2" });
  });

  test("a file without revision or downRevision", () => {
    expect(refused("export {};\n")).toMatchObject({ code: "HEADER_MISSING" });
    const { code, message } = refused(`export const revision = "a1";`);
    expect([code, message]).toEqual(["HEADER_MISSING", "versions/a.ts has no `downRevision`"]);
    expect(refused("").code).toBe("HEADER_MISSING");
  });

  test.each([
    ["a comment", "\n/* begun\nexport const revision = 'a';", 2],
    ["a string", `const x = "begun\n${plain}`, 1],
    ["the id", `\n\nexport const revision = "a1;\n`, 3],
    ["a template", `const x = \`begun\n${plain}`, 1],
    ["an array", `export const revision = "a";\nexport const downRevision = ["b",\n`, 2],
    ["a function", `\nfunction f() {\n${plain}`, 2],
  ])("%s without an end", (_, text, line) => {
    expect(refused(text)).toMatchObject({
      code: "FILE_DOES_NOT_PARSE",
      location: `versions/a.ts:${line}`,
    });
  });

  test("a file that is long and odd takes no longer than its length", () => {
    const body = `export const x = ${JSON.stringify("y".repeat(100))}; // transaction\n`.repeat(
      5000,
    );
    expect(read(plain + body).transaction).toBe(true);
    expect(refused(`const x = "${"a".repeat(200_000)}`).code).toBe("FILE_DOES_NOT_PARSE");
    expect(read(`const x = \`${"a$".repeat(200_000)}\`;\n${plain}`).id).toBe("a1");
  });
});

describe("a .sql file's header", () => {
  const readSql = (text: string) => read(text, "versions/a.sql");

  test("everything that it may say", () => {
    const text = `\uFEFF-- revision: 0006\r
-- Down-Revision: 0004, 0005\r
\r
-- DEPENDS_ON: a, b\r
-- branch-labels: billing\r
-- message: Say: hello.\r
-- transaction: FALSE\r
-- created: 2026-01-23T14:30:52Z\r
-- replaces: x,y\r
-- owner: somebody\r
CREATE TABLE t (a int);\r
-- revision: 9999\r
`;
    expect(readSql(text)).toMatchObject({
      id: "0006",
      downRevisions: ["0004", "0005"],
      dependsOn: ["a", "b"],
      branchLabels: ["billing"],
      message: "Say: hello",
      transaction: false,
      createdAt: "2026-01-23T14:30:52Z",
      replaces: ["x", "y"],
      format: "sql",
    });
  });

  test.each(["none", "null", "Base", ""])("a base: %j", (written) => {
    const text = `/* licence */\n--revision: a1\n-- down-revision: ${written}\n-- depends-on:\n-- UP\nSELECT 1;`;
    expect(readSql(text)).toMatchObject({ id: "a1", downRevisions: [], dependsOn: [] });
  });

  test.each([
    ["-- down-revision: a", "HEADER_MISSING", "versions/a.sql"],
    ["-- revision: a1", "HEADER_MISSING", "versions/a.sql"],
    ["-- UP\n-- revision: a1\n-- down-revision: b", "HEADER_MISSING", "versions/a.sql"],
    ["-- x\n-- revision: a-1\n-- down-revision: b", "ILLEGAL_REVISION_ID", "versions/a.sql:2"],
    ["-- revision: a1\n-- down-revision: b,,c", "HEADER_INVALID", "versions/a.sql:2"],
    ["-- revision: a1\n-- revision: a2", "HEADER_INVALID", "versions/a.sql:2"],
    [
      "-- revision: a1\n-- down-revision: b\n-- transaction: no",
      "HEADER_INVALID",
      "versions/a.sql:3",
    ],
  ])("%j is refused", (text, code, location) => {
    expect(refused(text, "versions/a.sql")).toMatchObject({ code, location });
  });
});
