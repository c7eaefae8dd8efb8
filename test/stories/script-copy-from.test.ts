/** `copyFrom`: scripts of rebuilds, for tables that no revision made. */
import { expect, test } from "vitest";
import { revisionFile } from "../support/project.ts";
import { beginOnSqlite, errorOf, forEachDatabase, succeeded } from "../support/story.ts";

const users =
  "CREATE TABLE users (id integer PRIMARY KEY, email text COLLATE NOCASE, /* years */ age integer)";

/** A base that says nothing: the database was there before mig, and is stamped with it. */
const base = revisionFile({ revision: "a1", upgrade: "", downgrade: "" });

/** A change that needs a rebuild, behind one that ALTER TABLE makes. */
const change = (options: string, first = "") =>
  revisionFile({
    revision: "b1",
    down: "a1",
    upgrade: `${first}
  op.batchAlterTable("users", (users) => {
    users.alterColumn("age", { type: t.text("age").type, default: "none" });
    users.addConstraint(unique("users_email", ["email"]));
  }${options});`,
    downgrade: "",
  });

const copyFrom = `, { copyFrom: sql\`${users}; CREATE INDEX users_age ON users (age)\` }`;

async function story(versions: string) {
  const begun = await beginOnSqlite({ "versions/a.ts": base, "versions/b.ts": versions });
  await begun.exec(
    `${users}; CREATE INDEX users_age ON users (age); INSERT INTO users VALUES (1, 'a@b', 30)`,
  );
  succeeded(await begun.mig(["stamp", "a1"]));
  return begun;
}

test("a rebuild in a script edits the table that copyFrom makes", async () => {
  const [byMig, byScript] = [await story(change(copyFrom)), await story(change(copyFrom))];
  succeeded(await byMig.mig(["upgrade"]));
  const script = succeeded(await byScript.mig(["upgrade", "a1:b1", "--sql"])).stdout;
  expect(script).not.toContain("CREATE TABLE users");
  expect(script.match(/CREATE INDEX users_age/g)).toHaveLength(1);
  await byScript.exec(script);
  expect(await byScript.schema()).toBe(await byMig.schema());
  expect(await byScript.schema()).toContain("/* years */ age text DEFAULT 'none'");
  expect(await byScript.rows("SELECT * FROM users")).toEqual([{ id: 1, email: "a@b", age: "30" }]);
  expect(await byScript.heads()).toEqual(["b1"]);
});

test("what follows in the history finds the table, and what went before it is not made twice", async () => {
  const begun = await story(change(copyFrom));
  begun.write({
    "versions/c.ts": revisionFile({
      revision: "c1",
      down: "b1",
      upgrade: `op.addColumn("users", t.varchar("name", { length: 9 }));
  op.batchAlterTable("users", (users) => users.dropColumn("age"), { copyFrom: "CREATE TABLE users (wrong int)" });`,
      downgrade: "",
    }),
  });
  // An index would be in the way of dropping its column.
  await begun.exec("DROP INDEX users_age");
  begun.write({ "versions/b.ts": change(`, { copyFrom: ${JSON.stringify(users)} }`) });
  await begun.exec(succeeded(await begun.mig(["upgrade", "a1:b1", "--sql"])).stdout);
  await begun.exec(succeeded(await begun.mig(["upgrade", "b1:c1", "--sql"])).stdout);
  expect(await begun.rows("SELECT * FROM users")).toEqual([{ id: 1, email: "a@b", name: null }]);
});

test("without it the error says so, for a rebuild and for less", async () => {
  for (const versions of [change(""), change(copyFrom, `op.addColumn("users", t.text("name"));`)]) {
    const begun = await story(versions);
    const failure = errorOf(await begun.mig(["upgrade", "a1:b1", "--sql", "--json"]));
    expect(failure).toMatchObject({ code: "TABLE_MISSING", revision: "b1" });
    expect(failure.help).toContain("copyFrom: sql`CREATE TABLE …`");
    // On the database itself the live table is read.
    succeeded(await begun.mig(["upgrade"]));
  }
});

test("a copyFrom that is no SQL is told with its place", async () => {
  const begun = await story(change(`, { copyFrom: "CREATE TABLE users (" }`));
  const failure = errorOf(await begun.mig(["upgrade", "a1:b1", "--sql", "--json"]));
  expect(failure).toMatchObject({ revision: "b1", statement: "CREATE TABLE users (" });
  expect(failure.message).toContain("incomplete input");
});

forEachDatabase((place) => {
  test("on a database copyFrom and recreate change nothing of what is done", async () => {
    const begun = await place.begin({
      "versions/a.ts": revisionFile({
        revision: "a1",
        upgrade: `op.createTable("users", [t.integer("id"), t.text("name")]);
  op.batchAlterTable("users", (users) => users.alterColumn("name", { notNull: true }),
    { copyFrom: "CREATE TABLE nothing (like this)", recreate: "always" });`,
      }),
    });
    succeeded(await begun.mig(["upgrade"]));
    expect(await begun.schema()).not.toContain("nothing");
  });
});
