/** A table's text without its foreign keys is the same table. */
import Database from "better-sqlite3";
import { expect, test } from "vitest";
import { withoutKeys } from "../../../src/dialects/sqlite/aside.ts";
import { Unreadable } from "../../../src/dialects/sqlite/ddl/cursor.ts";
import { parseTable } from "../../../src/dialects/sqlite/ddl/parse.ts";

test.each([
  "CREATE TABLE c(p int REFERENCES p)",
  "CREATE TABLE c(p int REFERENCES p MATCH FULL ON DELETE CASCADE ON UPDATE SET NULL NOT DEFERRABLE INITIALLY IMMEDIATE NOT NULL DEFAULT 3, x)",
  "CREATE TABLE c(p REFERENCES [p](id)/* c */, -- d\n x int)",
  "CREATE TABLE c(p, x, CONSTRAINT one CHECK (x > 0) CONSTRAINT f FOREIGN KEY (p) REFERENCES p CONSTRAINT two UNIQUE (x))",
  "CREATE TABLE c(p, x, FOREIGN KEY (p) REFERENCES p FOREIGN KEY (x) REFERENCES q(a) ON DELETE NO ACTION, CHECK (x))",
  "CREATE TABLE c(p, x, FOREIGN KEY (p) REFERENCES p FOREIGN KEY (x) REFERENCES q(a) ON DELETE NO ACTION)",
  "CREATE TABLE c(p, x,\n  -- the key\n  FOREIGN KEY (p) REFERENCES p -- end\n)",
  "CREATE TABLE c(p int CONSTRAINT a REFERENCES p CONSTRAINT b REFERENCES q(x) DEFERRABLE INITIALLY DEFERRED UNIQUE, x)",
  `CREATE TABLE c("references" int REFERENCES "references"(a), 'x' REFERENCES 'p', y)`,
  "CREATE TABLE c(p INTEGER PRIMARY KEY REFERENCES p ON DELETE CASCADE) STRICT, WITHOUT ROWID",
  "CREATE TABLE c(p GENERATED ALWAYS AS (x) STORED REFERENCES p, x)",
  "CREATE TABLE c(a int CONSTRAINT n REFERENCES p, b CONSTRAINT m NOT NULL REFERENCES p(z) CONSTRAINT k CHECK (b <> ')'), PRIMARY KEY (a, b) CONSTRAINT q FOREIGN KEY (a, b) REFERENCES p (x, y) MATCH SIMPLE)",
])("%s", (sql) => {
  const engine = new Database(":memory:");
  const look = () => [engine.pragma("table_xinfo(c)"), engine.pragma("index_list(c)")];
  engine.exec(sql);
  const before = look();
  expect(engine.pragma("foreign_key_list(c)")).not.toEqual([]);
  const text = parseTable(sql);
  if (text instanceof Unreadable) throw text;
  engine.exec(`DROP TABLE c; ${withoutKeys("c", text).sql}`);
  expect(engine.pragma("foreign_key_list(c)")).toEqual([]);
  expect(look()).toEqual(before);
  engine.close();
});

test("a line that held nothing but a key goes with it", () => {
  const sql =
    "CREATE TABLE c(\n  p int,\n  FOREIGN KEY (p) REFERENCES p,\n  -- why\n  FOREIGN KEY (p) REFERENCES q, -- end\n  UNIQUE (p)\n)";
  const text = parseTable(sql);
  if (text instanceof Unreadable) throw text;
  expect(withoutKeys("c", text).sql).toBe(
    "CREATE TABLE c(\n  p int,\n  -- why\n  -- end\n  UNIQUE (p)\n)",
  );
});
