/** Comments at the ends of lines go; what only looks like one stays. */
import { describe, expect, test } from "vitest";
import { withoutTrailingComments } from "../../../src/revisions/trailing-comments.ts";
import { checksum } from "../../../src/runtime/checksum.ts";

/** Biome takes the dollar of a template in a string for a mistake. */
const dollars = (text: string) => text.replaceAll("§", "$");
const inModule = (text: string) => withoutTrailingComments(dollars(text), "module");

describe("in a module", () => {
  test.each([
    ["const a = 1; // one", "const a = 1;"],
    ["const a = 1; /* one */", "const a = 1;"],
    ["const a = 1; /* one */ // two\nconst b = 2;", "const a = 1;\nconst b = 2;"],
    ["call(); // `\ncall(); // it's", "call();\ncall();"],
    ["a §{1} // b", "a §{1}"],
    ["const t = `§{ /* inner */ 1 // note\n}`; // end", "const t = `§{ /* inner */ 1\n}`;"],
    ["const r = /[/]/; // end", "const r = /[/]/;"],
  ])("%j has one", (text, rest) => {
    expect(inModule(text)).toBe(dollars(rest));
  });

  test.each([
    "// alone\nconst a = 1;",
    "const a = 1;\n  // alone, further in\nconst b = 2;",
    "/** A doc comment with // slashes and https://example.com */\nconst a = 1;",
    'const url = "https://example.com"; const b = 2;',
    "const text = `SELECT 1 // no comment\n  -- nor this`;",
    "const text = `a §{nested(`b // c`)} d // e`;",
    "const r = /[//]/.test(x);",
    "const r = a / b / c;",
    "call(/* in the middle */ 1);",
    "const a = 1; /* one\n that goes on */ const b = 2;",
    "const broken = `no end // here",
    "const broken = 'no end // here\nconst a = 1; // one",
  ])("%j has none", (text) => {
    expect(inModule(text)).toBe(dollars(text));
  });
});

describe("in SQL", () => {
  test.each([
    ["SELECT 1; -- one", "SELECT 1; "],
    ["SELECT 'it''s', E'\\'-- in' -- out\n, 2;", "SELECT 'it''s', E'\\'-- in' \n, 2;"],
    ["/* block */ -- line", "/* block */ "],
  ])("%j has one", (text, plain) => {
    expect(withoutTrailingComments(text, "sql")).toBe(plain);
  });

  test.each([
    "-- revision: a\n-- down-revision: b\nSELECT 1;",
    "SELECT '-- in a string';",
    'SELECT "-- in a name";',
    "CREATE FUNCTION f() RETURNS int AS $$ BEGIN -- kept by the server\nRETURN 1; END $$ LANGUAGE plpgsql;",
    "SELECT 1 /* -- in a comment */;",
    "SELECT 'no end; -- here",
  ])("%j has none", (text) => {
    expect(withoutTrailingComments(text, "sql")).toBe(text);
  });
});

test("a checksum does not see line endings, blanks and comments at the ends of lines", () => {
  const plain = "const a = 1;\nconst b = 2;\n";
  const same = [
    "const a = 1;\r\nconst b = 2;\r\n",
    "const a = 1;  \nconst b = 2;\t\n",
    "\uFEFFconst a = 1; // one\r\nconst b = 2; /* two */  \r\n",
  ];
  for (const text of same) expect(checksum(text, "module")).toBe(checksum(plain, "module"));
  const others = ["const a = 1;\n// one\nconst b = 2;\n", "const a = 1; const b = 2;\n"];
  for (const text of others) expect(checksum(text, "module")).not.toBe(checksum(plain, "module"));
});
