/** A table with everything that a rebuild could lose, changed and changed back, by a run and by a script. */
import { join } from "node:path";
import Database from "better-sqlite3";
import { describe, expect, test } from "vitest";
import { type Contents, contentsOf } from "../support/contents.ts";
import { revisionFile } from "../support/project.ts";
import { beginOnSqlite, errorOf, type Story, succeeded } from "../support/story.ts";

/** As people write it: by hand, with comments, and not the way that SQLite or mig would. */
const base = `-- message: Books and who lends them
-- revision: base01
-- down-revision: none

-- UP
create table books (
  id       integer primary key autoincrement, -- never given twice
  title    text not null collate nocase,
  isbn     text,
  year     text DEFAULT '1999',               -- text, for historical reasons
  pages    integer check (pages > 0),
  label    text generated always as (title || ' (' || year || ')') virtual,
  check (isbn is null or length(isbn) in (10, 13))
);
create unique index books_isbn on books (isbn) where isbn is not null;
create table loans (
  id      integer primary key,
  book_id integer not null references books (id) on delete cascade,
  who     text
);
create table notes (book_id integer references books (id) on delete set null, note text);
create table history (what text);
create trigger books_added after insert on books begin
  insert into history values ('added ' || new.title || '; END');
end;
create trigger loans_added after insert on loans begin
  update books set pages = pages where id = new.book_id;
end;
create view lent as select b.title, b.label, l.who from books as b join loans as l on l.book_id = b.id;

-- DOWN
drop view lent; drop table history; drop table notes; drop table loans; drop table books;
`;

const rows = `INSERT INTO books (title, isbn, year, pages) VALUES ('Emma', '0141439580', '1815', 474), ('Ulysses', NULL, '1922', NULL),
  ('Dune', '9780441013593', '1965', 612), ('gone', NULL, '1', 1);
DELETE FROM books WHERE title = 'gone'; INSERT INTO loans (book_id, who) VALUES (1, 'Ann'), (3, 'Bob'), (3, 'Cid');
INSERT INTO notes VALUES (1, 'worn'), (NULL, 'lost')`;

const change = revisionFile({
  revision: "years1",
  down: "base01",
  message: "Years are numbers, and every book has pages",
  upgrade: `op.execute("UPDATE books SET pages = 1 WHERE pages IS NULL");
  op.batchAlterTable("books", (books) => {
    books.alterColumn("year", { type: t.integer("year").type, default: 1999 });
    books.alterColumn("pages", { notNull: true });
    books.addConstraint(unique("books_title_year", ["title", "year"]));
    books.addColumn(t.text("language", { notNull: true, default: "en" }));
  });`,
  downgrade: `op.batchAlterTable("books", (books) => {
    books.dropColumn("language");
    books.dropConstraint("books_title_year");
    books.alterColumn("pages", { notNull: false });
    books.alterColumn("year", { type: t.text("year").type, default: "1999" });
  });
  op.execute("UPDATE books SET pages = NULL WHERE title = 'Ulysses'");`,
});

/** The definition as it has to be afterwards, comments and all. */
const changed = `CREATE TABLE books (
  id integer primary key autoincrement, -- never given twice
  title text not null collate nocase,
  isbn text,
  year integer DEFAULT 1999, -- text, for historical reasons
  pages integer check (pages > 0) NOT NULL,
  label text generated always as (title || ' (' || year || ')') virtual,
  language text DEFAULT 'en' NOT NULL,
  check (isbn is null or length(isbn) in (10, 13)),
  CONSTRAINT books_title_year UNIQUE (title, year)
)`;

const file = (story: Story) => join(story.folder, "data/dev.db");

/** The schema with one kind of blank and no quotes around plain names, which is all that may differ. Comments are compared apart. */
function texts(schema: Contents["schema"]): Contents["schema"] {
  const named = Object.entries(schema).filter(([, sql]) => sql !== null);
  return Object.fromEntries(named.map(([name, sql]) => [name, plain(sql ?? "")]));
}

function plain(sql: string): string {
  return sql
    .replace(/--.*/g, "")
    .replace(/"(\w+)"/g, "$1")
    .replace(/\s+/g, " ")
    .replace(/ ?([(),]) ?/g, "$1")
    .trim();
}

async function library(): Promise<Story> {
  const story = await beginOnSqlite({ "versions/base.sql": base, "versions/years.ts": change });
  succeeded(await story.mig(["upgrade", "base01"]));
  await story.exec(rows);
  return story;
}

/** Ways to go up and down again: by a run, and by scripts that go through the driver. */
const ways: Readonly<Record<string, (story: Story, way: "up" | "down") => Promise<void>>> = {
  "by a run": async (story, way) => {
    succeeded(await story.mig(way === "up" ? ["upgrade"] : ["downgrade", "-1"]));
  },
  "by a script": async (story, way) => {
    const [command, range] =
      way === "up" ? ["upgrade", "base01:years1"] : ["downgrade", "years1:base01"];
    await story.exec(succeeded(await story.mig([command, range, "--sql"])).stdout);
  },
};

describe.each(Object.entries(ways))("%s", (_way, go) => {
  test("everything is there afterwards, and the way back restores it exactly", async () => {
    const story = await library();
    const before = contentsOf(file(story));
    await go(story, "up");
    const after = contentsOf(file(story));
    expect(await story.heads()).toEqual(["years1"]);
    expectChanged(before, after);
    await go(story, "down");
    expect(await story.heads()).toEqual(["base01"]);
    const again = contentsOf(file(story));
    expect({ ...again, schema: texts(again.schema) }).toEqual({
      ...before,
      schema: texts(before.schema),
    });
    expect(comments(again.schema["table books"])).toEqual(comments(before.schema["table books"]));
  });

  test("it all goes on working", async () => {
    const story = await library();
    await go(story, "up");
    works(file(story));
  });
});

function expectChanged(before: Contents, after: Contents): void {
  const { schema, rows, ...others } = after;
  const { schema: old, rows: oldRows, ...oldOthers } = before;
  expect(others).toEqual(oldOthers);
  expect(texts(schema)).toEqual({ ...texts(old), "table books": plain(changed) });
  expect(comments(schema["table books"])).toEqual(comments(changed));
  expect(rows).toEqual({
    ...oldRows,
    books: oldRows.books?.map((row) => ({
      ...row,
      year: BigInt(String(row.year)),
      pages: row.pages ?? 1n,
      language: "en",
    })),
  });
}

function comments(sql: string | null | undefined): readonly string[] {
  return (sql?.match(/--.*/g) ?? []).map((comment) => comment.trim());
}

/** What each of the things was there for. */
function works(path: string): void {
  const engine = new Database(path);
  engine.pragma("foreign_keys = ON");
  const one = (sql: string) => engine.prepare(sql).pluck().get();
  const insert = (values: string) => () =>
    engine.exec(`INSERT INTO books (title, isbn, pages) VALUES (${values})`);
  insert("'Solaris', NULL, 204")();
  expect(one("SELECT id FROM books WHERE title = 'SOLARIS'")).toBe(5);
  expect(one("SELECT label FROM books WHERE id = 5")).toBe("Solaris (1999)");
  expect(one("SELECT what FROM history ORDER BY rowid DESC")).toBe("added Solaris; END");
  expect(insert("'Zero', NULL, 0")).toThrow("CHECK");
  expect(insert("'Short', '12', 5")).toThrow("CHECK");
  expect(insert("'Same', '0141439580', 5")).toThrow("UNIQUE");
  expect(insert("'EMMA', NULL, 5")).not.toThrow();
  expect(insert("'emma', NULL, 5")).toThrow("UNIQUE");
  engine.exec("INSERT INTO loans (book_id, who) VALUES (5, 'Dan')");
  expect(one("SELECT who FROM lent WHERE title = 'Solaris'")).toBe("Dan");
  engine.exec("DELETE FROM books WHERE id IN (1, 3)");
  expect(one("SELECT count(*) FROM loans")).toBe(1);
  expect(one("SELECT count(*) FROM notes WHERE book_id IS NULL")).toBe(2);
  engine.close();
}

test("rows in the way are counted, and nothing is touched", async () => {
  const story = await library();
  await story.exec("UPDATE books SET year = 'MCMXXII' WHERE title = 'Ulysses'");
  const before = contentsOf(file(story));
  const failure = errorOf(await story.mig(["upgrade", "--json"]));
  expect(failure).toMatchObject({
    code: "ROWS_IN_THE_WAY",
    revision: "years1",
    location: expect.stringMatching(/^versions\/years\.ts:\d+:\d+$/),
    state: "the revision was rolled back; the database is still at base01",
  });
  expect(failure.message).toContain(
    '1 row of "books" hold values in "year" that would not survive',
  );
  expect(contentsOf(file(story))).toEqual(before);
  await story.exec("UPDATE books SET year = '1922' WHERE title = 'Ulysses'");
  succeeded(await story.mig(["upgrade"]));
  succeeded(await story.mig(["downgrade", "base"]));
  expect(contentsOf(file(story)).schema).toEqual({ "table sqlite_sequence": expect.anything() });
});
