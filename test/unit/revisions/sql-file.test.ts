import { describe, expect, test } from "vitest";
import { readSqlFile } from "../../../src/revisions/sql-file.ts";
import { failureOf } from "./support.ts";

function sections(text: string) {
  const { up, down } = readSqlFile(text, "versions/a.sql");
  const shown = (direction: string) => (section: (typeof up)[number]) =>
    `${direction} ${section.dialect ?? "all"} ${section.line}: ${section.text.trim()}`;
  return [...up.map(shown("up")), ...down.map(shown("down"))];
}

describe("the sections of a .sql revision", () => {
  test("in the order of the file, each with its first line", () => {
    const text = `-- revision: a1
-- down-revision: none
-- UP
one;
-- UP postgresql
two;
-- DOWN sqlite
three;
--DOWN  PostgreSQL\t
four;
-- UP
five;`;
    const expected = [
      "up all 4: one;",
      "up postgresql 6: two;",
      "up all 12: five;",
      "down sqlite 8: three;",
      "down postgresql 10: four;",
    ];
    expect(sections(text)).toEqual(expected);
    expect(sections(text.replaceAll("\n", "\r\n"))).toEqual(expected);
    expect(sections(`\uFEFF${text}`)).toEqual(expected);
  });

  test("text before any section is up", () => {
    expect(sections("-- revision: a1\n\nSELECT 1;\n-- DOWN\nSELECT 2;")).toEqual([
      "up all 1: -- revision: a1\n\nSELECT 1;",
      "down all 5: SELECT 2;",
    ]);
  });

  test("a section that says nothing is there, a header alone is not", () => {
    expect(sections("-- revision: a1\n\n-- DOWN\n-- nothing to do")).toEqual([
      "down all 4: -- nothing to do",
    ]);
    expect(sections("-- DOWN")).toEqual(["down all 1: "]);
    expect(sections("")).toEqual([]);
  });

  test.each([
    ["a string", "SELECT '\n-- DOWN\n'' \n-- DOWN\n';"],
    ["an escape string", "SELECT E'\\'\n-- DOWN\n';"],
    ["a name", 'SELECT "\n-- DOWN\n";'],
    ["a dollar quote", "DO $$\n-- DOWN\n$$;"],
    ["a dollar quote with a tag", "DO $a_1$\n$$\n-- DOWN\n$a_1$;"],
    ["a block comment", "/*\n-- DOWN\n*/ SELECT 1;"],
    ["a nested block comment", "/* /* */\n-- DOWN\n*/ SELECT 1;"],
    ["the end of a line", "SELECT 1; -- DOWN"],
    ["an indented comment", "  -- DOWN\nSELECT 1;"],
    ["a sentence", "-- down below we drop it\n-- up and away we go\n-- upgrade\nSELECT 1;"],
  ])("%s holds no section", (_, text) => {
    expect(sections(text)).toEqual([`up all 1: ${text.trim()}`]);
  });

  test.each([
    ["SELECT 1; -- it's\n-- DOWN\nx"],
    ["SELECT a$$b;\n-- DOWN\nx"],
    ["SELECT '\\';\n-- DOWN\nx"],
    ["/* /* */ SELECT 1;\n-- DOWN\nx"],
    ["SELECT '-- DOWN';\n-- DOWN\nx"],
  ])("%j ends where its section begins", (text) => {
    expect(sections(text).at(-1)).toMatch(/^down all 3: x$/);
  });

  test.each(["-- UP mysql", "-- down postgres", "-- DOWN postgresql sqlite", "-- UP;"])(
    "%s is refused",
    (line) => {
      const { code, context } = failureOf(() => sections(`SELECT 1;\n${line}\n`));
      expect([code, context.location]).toEqual(["SQL_SECTION_INVALID", "versions/a.sql:2"]);
    },
  );

  test.each(["'x", '"x', "$$x", "$a$ $$", "/* x"])("%s without an end is refused", (text) => {
    const { code, context } = failureOf(() => sections(`SELECT 1;\n${text}\n-- DOWN\n`));
    expect([code, context.location]).toEqual(["FILE_DOES_NOT_PARSE", "versions/a.sql:2"]);
  });
});
