import { describe, expect, test } from "vitest";
import { commentHeader } from "../../../src/adopt/comment-header.ts";
import { time } from "../../../src/adopt/row-values.ts";
import { sqlScript } from "../../../src/adopt/sql-script.ts";
import { readSqlFile } from "../../../src/revisions/sql-file.ts";

const script = (text: string) => sqlScript(text, "old/a.sql");

describe("a script of another tool", () => {
  test("loses the transaction around it, wherever its words stand, and no other", () => {
    expect(script("-- BEGIN;\nBEGIN;\nSELECT 'BEGIN;';\nCOMMIT;\n").text).toBe(
      "-- BEGIN;\nSELECT 'BEGIN;';",
    );
    expect(script("START TRANSACTION; SELECT 1; commit work;").text).toBe("SELECT 1;");
    expect(script("BEGIN;\nSELECT 1;\nCOMMIT;\n\nBEGIN;\nSELECT 2;\nCOMMIT;").text).toBe(
      "SELECT 1;\n\nSELECT 2;",
    );
    expect(script("PRAGMA foreign_keys=ON;\n\nPRAGMA foreign_keys = OFF;\nSELECT 1;").text).toBe(
      "SELECT 1;",
    );
    for (const begin of [
      "BEGIN IMMEDIATE",
      "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE",
      "start transaction read write, not deferrable",
    ])
      expect(script(`${begin};\nSELECT 1;\nCOMMIT;`).text).toBe("SELECT 1;");
    const trigger = "CREATE TRIGGER a AFTER INSERT ON t BEGIN\n  DELETE FROM u;\nEND;";
    expect(script(trigger)).toEqual({ text: trigger, transaction: true, notes: [] });
    const body =
      "CREATE FUNCTION f() RETURNS void AS $x$\nBEGIN\n  COMMIT;\nEND;\n$x$ LANGUAGE plpgsql;";
    expect(script(body).text).toBe(body);
  });

  test("goes without a transaction where the database refuses one, not where a comment says so", () => {
    expect(script("CREATE UNIQUE INDEX CONCURRENTLY a ON t (b);").transaction).toBe(false);
    expect(script("DROP INDEX CONCURRENTLY IF EXISTS a;").transaction).toBe(false);
    expect(script("-- CREATE INDEX CONCURRENTLY\nSELECT 'VACUUM';").transaction).toBe(true);
  });

  test("is not misled by a comment in a comment, nor by one that only looks so", () => {
    expect(script("/* a /* b */ it's */\nBEGIN;\nSELECT 1;\nCOMMIT;").text).toBe(
      "/* a /* b */ it's */\nSELECT 1;",
    );
    expect(script("/* a /* b */\nBEGIN;\nSELECT 1; /* c */\nCOMMIT;").text).toBe(
      "/* a /* b */\nSELECT 1; /* c */",
    );
  });

  test("begins no section by accident", () => {
    const { text } = script(
      "-- UP migration script\nSELECT 1;\n-- migrate:down\nSELECT '\n-- DOWN\n';",
    );
    expect(readSqlFile(`-- UP\n${text}\n-- DOWN\n`, "a.sql").up).toHaveLength(1);
    expect(text).toContain("--: UP migration script");
    expect(text).toContain("'\n-- DOWN\n'");
  });
});

test("a header of comments ends where the SQL begins", () => {
  const header = commentHeader("-- Migration: A\n-- Date: today\n\nSELECT 1;\n-- Author: Ada\n");
  expect(header).toMatchObject({ description: "A", author: null, date: null, depends: [] });
});

test("times of any table become one kind", () => {
  const of = (at: unknown) => time({ at }, "at");
  expect(of("2025-01-24 08:00:00+02")).toBe("2025-01-24T06:00:00.000Z");
  expect(of("2025-01-24 08:00:00.5")).toBe("2025-01-24T08:00:00.500Z");
  expect(of(new Date(0))).toBe("1970-01-01T00:00:00.000Z");
  expect([of(1_737_367_200), of(1_737_367_200_000)]).toEqual([
    "2025-01-20T10:00:00.000Z",
    "2025-01-20T10:00:00.000Z",
  ]);
  expect([of(null), of(""), of("soon")]).toEqual([null, null, null]);
});
