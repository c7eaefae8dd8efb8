/** The quick look at an index or a reference sees what reading it sees: a comment in its text makes it be read. */
import { expect, test } from "vitest";
import { parseTable } from "../../../src/dialects/sqlite/ddl/parse.ts";
import { constraintOf } from "../../../src/dialects/sqlite/reflect-constraint.ts";
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

function reference(sql: string) {
  const text = parseTable(`CREATE TABLE t (a int, b int, CONSTRAINT k FOREIGN KEY (a, b) ${sql})`);
  const [key] = text instanceof Error ? [] : text.constraints;
  if (key === undefined) throw text;
  const tables = { nameOf: (name: string) => name.toLowerCase(), keyOf: () => ["its key"] };
  return constraintOf(key, key.columns, { name: "k" }, tables);
}

test.each([
  "REFERENCES P (x, y)",
  'references "p"("x",`y`)',
  "REFERENCES p(x, y) ON DELETE CASCADE ON UPDATE SET NULL",
  "REFERENCES `p`(x, y) ON UPDATE no action ON DELETE set default",
  "REFERENCES p (x, y) ON DELETE RESTRICT ON DELETE CASCADE",
  "REFERENCES p (x, y) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED",
  "REFERENCES p",
  "REFERENCES p ON DELETE SET NULL",
  "REFERENCES [p q] ([x y], z)",
  "REFERENCES p (x, y) MATCH FULL ON DELETE CASCADE",
  "REFERENCES größe (x, y)",
])("%s", (sql) => {
  expect(reference(sql)).toEqual(reference(sql.replace(" ", " /**/ ")));
});
