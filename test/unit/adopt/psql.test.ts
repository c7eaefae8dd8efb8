/** What psql does itself: found with its line, and kept as a comment. */
import { expect, test } from "vitest";
import { blankedPsql, psqlProblem, withoutPsql } from "../../../src/adopt/psql.ts";

const dump = `SELECT '\\connect no';
\\set ON_ERROR_STOP on
COPY public.t (a, b) FROM stdin;
1\tit's
2\t$$
\\.
SELECT 'after';
  \\i other.sql
`;

test("each part of it is found, whatever its rows hold", () => {
  expect(psqlProblem(dump, "a.sql")).toMatchObject({
    code: "IMPORT_FILE",
    context: { location: "a.sql:2" },
  });
  expect(psqlProblem("SELECT 1; -- \\connect\n", "a.sql")).toBeNull();
  const lines = withoutPsql(dump).split("\n");
  expect(lines.filter((line) => line.startsWith("SELECT"))).toEqual([
    "SELECT '\\connect no';",
    "SELECT imported_from_psql_and_not_written_yet;",
    "SELECT 'after';",
  ]);
  expect(lines.filter((line) => /--psql:/.test(line))).toHaveLength(6);
  const blank = blankedPsql(dump);
  expect([blank.length, blank.split("\n").length]).toEqual([dump.length, dump.split("\n").length]);
  expect(blank).not.toContain("COPY");
});

test("rows without an end reach to the end of the file", () => {
  expect(withoutPsql("COPY t FROM STDIN;\n1\n-- DOWN\n")).not.toMatch(/^-- DOWN/m);
});
