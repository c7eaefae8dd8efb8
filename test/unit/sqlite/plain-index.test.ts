/** The quick look at an index sees what reading it sees: a comment in its text makes it be read. */
import { expect, test } from "vitest";
import { indexOf } from "../../../src/dialects/sqlite/reflect-index.ts";

const columns = ["a", "b_2", "group", "Größe", "desc"];

test.each([
  "CREATE INDEX i ON t (a)",
  "CREATE UNIQUE INDEX i ON t(b_2,a)",
  'CREATE INDEX "i" ON "t" ("group", `desc`)',
  "CREATE INDEX i ON t (A)",
  "CREATE INDEX i ON t (a DESC)",
  'CREATE INDEX i ON t ("desc", a desc)',
  "CREATE INDEX i ON t (1)",
  'CREATE INDEX i ON t ("no column")',
  'CREATE INDEX i ON t ("none")',
  "CREATE INDEX i ON t (Größe)",
  "CREATE INDEX i ON t (a) WHERE b_2",
  "CREATE INDEX i ON t (a COLLATE nocase)",
  "CREATE INDEX i ON t (lower(a))",
  "CREATE INDEX [i j] ON t (a)",
])("%s", (sql) => {
  expect(indexOf("i", sql, columns)).toEqual(indexOf("i", sql.replace("(", "(/**/"), columns));
});

test("and a text that is made to take long does not", () => {
  const sql = `CREATE INDEX i ON t (${"a".repeat(50_000)}, ${"b, ".repeat(50_000)}-)`;
  expect(() => indexOf("i", sql, columns)).not.toThrow();
});
