import { describe, expect, test } from "vitest";
import { sameCondition } from "../../../src/dialects/postgresql/same-condition.ts";
import { createDatabase, forEachServer, session } from "../../support/postgres/database.ts";

const owner = { schema: "public", name: "t" };
const varchars = new Set(["v", '"V w"']);
const columns = `v varchar(9), "V w" varchar, x text, c char(3), i integer, n numeric(5,1), d double precision, b boolean, u uuid`;

/** Texts of the project, and whether the server's spelling is recognised without asking it. */
const texts: readonly (readonly [text: string, recognised: boolean])[] = [
  ["v in ('a', 'it''s', '(')", true],
  [`"t"."V w" in ('a','b') or "t"."v" = 'c'`, true],
  ["x not in ('a', 'b')", true],
  ["x in ('a')", true],
  ["v <> 'x' and i > 5 and n >= 0", true],
  ["i in (1, 2, 3)", true],
  ["i != 3 or (b and not x = 'y')", false],
  ["(i > 1 or i < 0) and b", true],
  ["i > 1 and b or x is null", true],
  ["length(v) > 2", true],
  ["n * 2 > 10", false],
  ["d > 0", true],
  ["i between 1 and 5", false],
  ["v like 'a%'", false],
  ["u = 'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'", false],
  ["c in ('a', 'b')", false],
];

forEachServer((server) => {
  test("what the server always adds is recognised", async () => {
    const url = await createDatabase(server);
    const spelled = await session(url, async (client) => {
      await client.query(`CREATE TABLE t (${columns})`);
      for (const [at, [text]] of texts.entries())
        await client.query(`ALTER TABLE t ADD CONSTRAINT c${at} CHECK (${text})`);
      const sql = `SELECT pg_get_expr(conbin, conrelid) AS text FROM pg_constraint
        WHERE conrelid = 't'::regclass AND contype = 'c' ORDER BY substr(conname, 2)::int`;
      return (await client.query<{ text: string }>(sql)).rows.map(({ text }) => text);
    });
    const recognised = texts.map(([text], at) => {
      const others = spelled.filter((it) => sameCondition(text, it, owner, varchars));
      // Never another one's.
      expect(others.filter((it) => it !== spelled[at])).toEqual([]);
      return [text, others.length === 1];
    });
    expect(recognised).toEqual(texts);
  });
});

describe("what is not the same", () => {
  test.each([
    ["x = '1'", "(x)::integer = 1"],
    ["i = '1'", "(i)::text = '1'::text"],
    ["v = 'a'", "(v)::character varying(1) = 'a'::character varying(1)"],
    ["a or b and c", "(a or b) and c"],
    ["a and (b or c)", "a and b or c"],
    ["x = ' a  b '", "x = ' a b '"],
    ["x in ('a', 'b')", "x in ('b', 'a')"],
    ["i > 0", "i > (0)::bigint"],
    ["not (a and b)", "not a and b"],
    ["a - (b - c) > 0", "a - b - c > 0"],
    ["(a = b) = c", "a = (b = c)"],
  ])("%s and %s", (a, b) => {
    expect(sameCondition(a, b, owner, varchars)).toBe(false);
  });
});
