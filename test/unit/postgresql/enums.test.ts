import { expect, test } from "vitest";
import type { Op } from "../../../src/operations/op.ts";
import { sql } from "../../../src/operations/sql.ts";
import { apply, connectTo, statementsOf } from "../../support/postgres/connection.ts";
import { createDatabase, forEachServer, query } from "../../support/postgres/database.ts";

const people = `CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy'); COMMENT ON TYPE mood IS 'it''s';
CREATE TABLE people (id int, now mood NOT NULL DEFAULT 'ok', was mood[] DEFAULT '{sad,happy}');
INSERT INTO people VALUES (1, 'happy', '{happy,NULL,ok}'), (2, 'ok', NULL), (3, 'sad', '{{happy,ok},{sad,sad}}');`;

const columns = [
  { table: "people", column: "now", default: "content" },
  { table: "people", column: "was", array: true, default: sql`ARRAY['sad']::mood[]` },
];

forEachServer((server) => {
  async function database(before: string) {
    const url = await createDatabase(server);
    await query(url, before);
    return { url, connection: await connectTo(url) };
  }

  async function whyOf(before: string, script: (op: Op) => void): Promise<string> {
    const { connection } = await database(before);
    const failure = await apply(connection, script).catch((it: unknown) => it);
    return connection.explain(failure).why;
  }

  const rows = (url: string) =>
    query(url, "SELECT id, now::text, was::text FROM people ORDER BY id");

  test("values come and go, and rows follow the map", async () => {
    const { url, connection } = await database(people);
    const alter = (op: Op) =>
      op.alterEnum("mood", ["content", "sad", "glum"], {
        columns,
        map: { ok: "content", happy: "content" },
      });
    await apply(connection, alter);
    expect(await rows(url)).toEqual([
      { id: 1, now: "content", was: "{content,NULL,content}" },
      { id: 2, now: "content", was: null },
      { id: 3, now: "sad", was: "{{content,content},{sad,sad}}" },
    ]);
    await query(url, "INSERT INTO people (id) VALUES (4)");
    expect((await rows(url)).at(-1)).toEqual({ id: 4, now: "content", was: "{sad}" });
    expect(
      await query(
        url,
        "SELECT typname, obj_description(oid, 'pg_type') FROM pg_type WHERE typtype = 'e'",
      ),
    ).toEqual([{ typname: "mood", obj_description: "it's" }]);
    expect(await query(url, "SELECT 'content'::mood < 'sad'::mood AS first")).toEqual([
      { first: true },
    ]);
  });

  test("a value takes the place of another, in columns and arrays alike", async () => {
    const { url, connection } = await database(people);
    await apply(connection, (op) =>
      op.alterEnum("mood", ["sad", "ok", "happy"], {
        columns: [
          { ...columns[0], table: "people", column: "now", default: "ok" },
          { table: "people", column: "was", array: true },
        ],
        map: { sad: "ok", ok: "happy", happy: "sad" },
      }),
    );
    expect(await rows(url)).toEqual([
      { id: 1, now: "sad", was: "{sad,NULL,happy}" },
      { id: 2, now: "happy", was: null },
      { id: 3, now: "ok", was: "{{sad,happy},{ok,ok}}" },
    ]);
  });

  test("a row with a value that goes and has no successor stops it", async () => {
    const why = await whyOf(people, (op) =>
      op.alterEnum("mood", ["sad", "ok", "content"], { columns }),
    );
    expect(why).toBe('invalid input value for enum mood: "happy"');
  });

  test("what stands in the way is named, and no advice to drop it by CASCADE", async () => {
    const [first] = columns;
    const forgotten = await whyOf(people, (op) =>
      op.alterEnum("mood", ["content", "sad"], {
        columns: first ? [first] : [],
        map: { ok: "sad", happy: "sad" },
      }),
    );
    expect(forgotten).toMatch(
      /column was of table people.*name every column of the enum in `columns`/,
    );
    expect(forgotten).not.toContain("CASCADE");
    const alter = (op: Op) => op.alterEnum("mood", ["sad", "ok", "happy", "content"], { columns });
    const dropped = await whyOf(people, (op) => op.dropEnum("mood"));
    expect(dropped).toMatch(/column was of table people.*; drop what depends on it before it/s);
    const checked = await whyOf(
      `${people} ALTER TABLE people ADD CHECK (now <> 'sad' OR id > 0)`,
      alter,
    );
    expect(checked).toMatch(
      /operator does not exist: .*; a check, a default or the predicate of an index/,
    );
    const viewed = await whyOf(`${people} CREATE VIEW v AS SELECT now FROM people`, alter);
    expect(viewed).toMatch(
      /view v depends on column "now"\); drop that first, and create it again/,
    );
  });

  test("the new type belongs to whom the old one belonged", async () => {
    const { url, connection } = await database(people);
    await query(url, `CREATE ROLE "Mood owner"; ALTER TYPE mood OWNER TO "Mood owner"`);
    await apply(connection, (op) =>
      op.alterEnum("mood", ["sad", "ok", "happy", "content"], { columns }),
    );
    const owner = await query(
      url,
      "SELECT pg_get_userbyid(typowner) AS owner FROM pg_type WHERE typname = 'mood'",
    );
    await query(url, `ALTER TYPE mood OWNER TO CURRENT_USER; DROP ROLE "Mood owner"`);
    expect(owner).toEqual([{ owner: "Mood owner" }]);
  });

  test("who may use the old type may use the new one, and nobody else", async () => {
    const { url, connection } = await database(people);
    const acl = () => query(url, "SELECT typacl::text FROM pg_type WHERE typname = 'mood'");
    const alter = (op: Op) => op.alterEnum("mood", ["sad", "ok", "happy", "content"], { columns });
    await query(url, `CREATE ROLE "Mood user"`);
    await query(
      url,
      `REVOKE USAGE ON TYPE mood FROM PUBLIC; GRANT USAGE ON TYPE mood TO "Mood user" WITH GRANT OPTION`,
    );
    const before = await acl();
    await apply(connection, alter);
    const after = await acl();
    await query(url, `DROP OWNED BY "Mood user"; DROP ROLE "Mood user"`);
    expect(after).toEqual(before);
  });

  test("a long name gives way to one that is not cut off", async () => {
    const name = "é".repeat(31);
    const { url, connection } = await database(`CREATE TYPE "${name}" AS ENUM ('a')`);
    await apply(connection, (op) => op.alterEnum(name, ["b"], { columns: [] }));
    expect(
      await query(
        url,
        "SELECT typname, enumlabel FROM pg_enum JOIN pg_type t ON t.oid = enumtypid",
      ),
    ).toEqual([{ typname: name, enumlabel: "b" }]);
  });

  test("values are added where they are wanted", async () => {
    const { url, connection } = await database(people);
    await apply(connection, (op) => {
      op.addEnumValue("mood", "first", { before: "sad" });
      op.addEnumValue("mood", "so so", { after: "sad" });
      op.addEnumValue("mood", "last");
      op.addEnumValue("mood", "ok", { ifNotExists: true });
      op.renameEnumValue("mood", "happy", "glad");
    });
    expect(await query(url, "SELECT enum_range(NULL::mood)::text AS labels")).toEqual([
      { labels: '{first,sad,"so so",ok,glad,last}' },
    ]);
  });

  test("a value that was only just added cannot be used, and the failure says what to do", async () => {
    const why = await whyOf(people, (op) => {
      op.addEnumValue("mood", "new");
      op.insert("people", [{ id: 9, now: "new" }]);
    });
    expect(why).toMatch(
      /^unsafe use of new value "new".*; add the value in a revision of its own before this one, and run without --transaction all$/,
    );
  });
});

test("a value that PostgreSQL would refuse for its length is refused before", async () => {
  const long = "é".repeat(32);
  const scripts: ((op: Op) => void)[] = [
    (op) => op.createEnum("mood", ["ok", long]),
    (op) => op.addEnumValue("mood", long),
    (op) => op.renameEnumValue("mood", "ok", long),
    (op) => op.alterEnum("mood", [long], { columns: [] }),
  ];
  for (const each of scripts) {
    await expect(statementsOf(each)).rejects.toMatchObject({
      code: "OPERATION_INVALID",
      message: `enum mood: the value "${long}" has 64 bytes, and PostgreSQL takes 63`,
    });
  }
});
