/** Changes of a SQLite table: the way is told beforehand, one for all calls, and a mistake is told of the call that made it. */
import { expect, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import { beginOnSqlite, succeeded } from "../support/story.ts";

const first = revisionFile({
  revision: "a1",
  upgrade: `op.createTable("people", [t.integer("id"), t.text("name"), t.integer("age"), t.text("note")], [unique("people_name", ["name"])]);
  op.createIndex("people_age", "people", ["age"]);
  op.insert("people", [{ id: 1, name: "Ada", age: 36 }, { id: 2, name: "Bob", age: null }]);`,
  downgrade: 'op.dropTable("people");',
});

const calls = `op.alterColumn("people", "name", { notNull: true });
  op.alterColumn("people", "note", { default: "-" });`;

async function withSecond(upgrade: string) {
  const file = revisionFile({ revision: "b1", down: "a1", upgrade });
  const story = await beginOnSqlite({ "versions/a.ts": first, "versions/b.ts": file });
  succeeded(await story.mig(["upgrade", "a1"]));
  return { story, file };
}

test.each([
  [
    calls,
    /name: not null {2}\(schema text, or a general copy where rows are older than the column\)/,
  ],
  ['op.dropConstraint("people", "people_name");', /people_name on people {2}\(transfer copy\)/],
  [
    'op.alterColumn("people", "age", { type: t.text("age").type });',
    /age: type text {2}\(general copy\)/,
  ],
  ['op.alterColumn("people", "name", { notNull: true });', /name: not null {2}\(ALTER TABLE\)/],
])("--dry-run tells the way: %s", async (upgrade, line) => {
  const { story } = await withSecond(upgrade);
  const before = await story.rows("SELECT sql FROM sqlite_schema");
  expect(succeeded(await story.mig(["upgrade", "--dry-run"])).stdout).toMatch(line);
  expect(await story.rows("SELECT sql FROM sqlite_schema")).toEqual(before);
  succeeded(await story.mig(["upgrade"]));
  expect(await story.rows("SELECT id, name FROM people ORDER BY id")).toEqual([
    { id: 1, name: "Ada" },
    { id: 2, name: "Bob" },
  ]);
});

test("of calls that are one rebuild, the one that is wrong is named", async () => {
  const wrong = `${calls}
  op.alterColumn("people", "age", { notNull: true });
  op.alterColumn("people", "id", { type: t.text("id").type });`;
  const { story, file } = await withSecond(wrong);
  const { code, stderr } = await story.mig(["upgrade"]);
  expect(code).toBe(1);
  expect(stderr).toContain(
    '1 row of "people" have no value in "age", which may no longer be null (rowid 2)',
  );
  const line = file.slice(0, file.indexOf('"age", { notNull')).split("\n").length;
  expect(stderr).toMatch(new RegExp(`versions/b\\.ts:${line}:\\d+`));
});
