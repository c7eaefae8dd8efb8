/** Renames of other tools' SQL, told the other way round. */
import { expect, test } from "vitest";
import { renamesBack } from "../../../src/autogenerate/renames/written.ts";

const back = (...statements: string[]) => [...renamesBack(statements)];

test("tables, columns, enums, their values and sequences, in any quotes", () => {
  expect(back('ALTER TABLE "people" RENAME TO "users";')).toEqual(["users:people"]);
  expect(back("ALTER TABLE `jobs` RENAME COLUMN `salary` TO `salary_from`;")).toEqual([
    "jobs.salary_from:jobs.salary",
  ]);
  expect(back("alter table if exists only jobs rename pay to salary")).toEqual([
    "jobs.salary:jobs.pay",
  ]);
  expect(back('ALTER TYPE "public"."status" RENAME TO "state"')).toEqual(["state:status"]);
  expect(back(`ALTER TYPE status RENAME VALUE 'it''s' TO 'new'`)).toEqual([
    "status.new:status.it's",
  ]);
  expect(back('ALTER SEQUENCE "a"."s" RENAME TO "t"')).toEqual(["a.t:a.s"]);
});

test("what belongs to something renamed is told by its first name", () => {
  expect(
    back(
      "ALTER TABLE a RENAME TO b; ALTER TABLE b RENAME COLUMN x TO y;",
      "ALTER TABLE b RENAME TO c",
    ),
  ).toEqual(["b:a", "a.y:a.x", "c:a"]);
});

test("constraints are no columns", () => {
  expect(back("ALTER TABLE a RENAME CONSTRAINT x TO y")).toEqual([]);
});
