/** What may have been renamed is asked about, and nothing is taken for a rename that nobody said is one. */
import { describe, expect, test } from "vitest";
import { plan } from "../../../src/autogenerate/plan.ts";
import { type Question, type Rename, spell } from "../../../src/autogenerate/renames/rename.ts";
import { respelled } from "../../../src/autogenerate/renames/respell.ts";
import { rules } from "../../../src/dialects/postgresql/rules.ts";
import type { Schema } from "../../../src/model/schema.ts";
import { describe as describeOperation } from "../../../src/operations/describe.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { check, column, id, index, schema, table, unique } from "../../support/converge/tables.ts";

/** The lines of the draft from `from` to `to`, and what was asked. `answer` gives the new name, or null. */
async function drafted(
  from: Schema,
  to: Schema,
  answer: (question: Question) => string | null = () => null,
) {
  const asked: string[] = [];
  const decide = async (question: Question): Promise<Rename | null> => {
    asked.push(
      `${question.kind} ${question.from}: ${question.choices.map((it) => spell(it).to).join(", ")}`,
    );
    const chosen = answer(question);
    return question.choices.find((it) => spell(it).to === chosen) ?? null;
  };
  const options = { rules, made: () => true, decide, desiredFor: async () => to };
  const { operations } = await plan(from, to, options);
  return { asked, lines: operations.map(describeOperation) };
}

const users = (...names: readonly string[]) =>
  schema([table("users", [id, ...names.map((name) => column(name))])]);

describe("a column", () => {
  test("is dropped and added where nobody says that it was renamed", async () => {
    const { asked, lines } = await drafted(users("mail"), users("email"));
    expect(asked).toEqual(["column users.mail: users.email"]);
    expect(lines).toEqual(["+ column users.email; - column users.mail"]);
  });

  test("is renamed where somebody says so", async () => {
    const { lines } = await drafted(users("mail"), users("email"), () => "users.email");
    expect(lines).toEqual(["~ column users.mail, now email"]);
  });

  test("may have become one of two, the likelier named first", async () => {
    const to = users("address", "emails");
    const { asked, lines } = await drafted(users("email"), to, () => "users.emails");
    expect(asked).toEqual(["column users.email: users.emails, users.address"]);
    expect(lines).toEqual(["~ column users.email, now emails", "+ column users.address"]);
  });

  test("takes a name once: the second that might have it is not asked about it", async () => {
    const first = (question: Question) => spell(question.choices[0] as Rename).to;
    const { asked, lines } = await drafted(users("mail", "post"), users("email"), first);
    expect(asked).toEqual(["column users.mail: users.email"]);
    expect(lines).toEqual(["~ column users.mail, now email", "- column users.post"]);
  });

  test("is none that has the name of another: two that swap their types keep their names", async () => {
    const from = schema([table("t", [column("a"), column("b", "integer")])]);
    const to = schema([table("t", [column("a", "integer"), column("b")])]);
    const { asked, lines } = await drafted(from, to, () => "t.b");
    expect(asked).toEqual([]);
    expect(lines).toEqual(["~ column t.a: type integer; ~ column t.b: type text"]);
  });

  test("of another type is no candidate, even where the name is alike", async () => {
    const from = schema([table("t", [id, column("total")])]);
    const alike = schema([table("t", [id, column("totals", "integer")])]);
    const other = schema([table("t", [id, column("born", "date")])]);
    expect((await drafted(from, alike)).asked).toEqual([]);
    expect((await drafted(from, other)).asked).toEqual([]);
  });

  test("takes along what reads it: no check, index or view is made anew for a name", async () => {
    const parts = (name: string) => [
      check("users_mail", `"${name}" <> ''`),
      index("users_lower", [{ sql: `lower("${name}")` }], { where: { sql: `"${name}" > 'a'` } }),
      unique("users_one", [name]),
    ];
    const made = (name: string) =>
      schema([table("users", [id, column(name)], parts(name))], {
        views: [
          {
            name: "mails",
            definition: { sql: `SELECT "id" FROM "users" WHERE "${name}" > 'a'` },
            materialized: false,
          },
        ],
      });
    const { lines } = await drafted(made("mail"), made("email"), () => "users.email");
    expect(lines).toEqual(["~ column users.mail, now email"]);
  });

  test("that a view gives by its name has the view made anew: it would go on to call it so", async () => {
    const made = (name: string) =>
      schema([table("users", [id, column(name)])], {
        views: [
          {
            name: "mails",
            definition: { sql: `SELECT "${name}" FROM "users"` },
            materialized: false,
          },
        ],
      });
    const { lines } = await drafted(made("mail"), made("email"), () => "users.email");
    expect(lines).toEqual(["- view mails", "~ column users.mail, now email", "+ view mails"]);
  });
});

describe("a table", () => {
  const from = users("mail");
  const to = schema([table("people", [id, column("email")])]);

  test("and its column are renamed at once: the column is asked about under the new name", async () => {
    const answers = ["people", "people.email"];
    const alike = schema([table("people", [id, column("note"), column("email")])]);
    const { asked, lines } = await drafted(users("note", "mail"), alike, ({ choices }) => {
      const names = choices.map((it) => spell(it).to);
      return names.find((name) => answers.includes(name)) ?? null;
    });
    expect(asked).toEqual(["table users: people", "column people.mail: people.email"]);
    expect(lines).toEqual(["~ table users, now people", "~ column people.mail, now email"]);
  });

  test("is dropped and created where nobody says otherwise", async () => {
    const { lines } = await drafted(from, to);
    expect(lines).toEqual(["- table users", "+ table people"]);
  });

  test("is not renamed into another schema", async () => {
    const moved = schema([table({ schema: "app", name: "users" }, [id, column("mail")])]);
    const { asked, lines } = await drafted(from, moved);
    expect(asked).toEqual([]);
    expect(lines).toEqual(["+ schema app", "- table users", "+ table app.users"]);
  });
});

describe("an enum", () => {
  const moods = (name: string, ...values: readonly string[]) =>
    schema([table("t", [column("a", { kind: "enum", name })])], { enums: [{ name, values }] });

  test("is renamed, and so is a value of it", async () => {
    const from = moods("mood", "sad", "glad", "so so");
    const to = moods("feeling", "sad", "gladly", "so so");
    const { asked, lines } = await drafted(from, to, ({ choices: [first] }) =>
      first ? spell(first).to : null,
    );
    expect(asked).toEqual(["enum mood: feeling", "value feeling.glad: feeling.gladly"]);
    expect(lines).toEqual(["~ enum mood, now feeling", "~ enum feeling: value glad, now gladly"]);
  });

  test("loses a value and gets another where nobody says that it was renamed", async () => {
    const { asked, lines } = await drafted(moods("mood", "glad"), moods("mood", "gladly"));
    expect(asked).toEqual(["value mood.glad: mood.gladly"]);
    expect(lines).toEqual(["~ enum mood: values gladly"]);
  });
});

describe("names that stand for nothing but themselves", () => {
  test("an index or a constraint of another name is renamed without a question", async () => {
    const made = (suffix: string) =>
      schema([
        table(
          "t",
          [id, column("a")],
          [unique(`u${suffix}`, ["a"]), index(`i${suffix}`, ["id"]), check(`c${suffix}`, "id > 0")],
        ),
      ]);
    const { asked, lines } = await drafted(made("1"), made("2"));
    expect(asked).toEqual([]);
    expect(lines).toEqual([
      "~ index i1 on t, now i2",
      "~ constraint u1 on t, now u2; ~ constraint c1 on t, now c2",
    ]);
  });

  test("two indexes that swap their names are made anew", async () => {
    const made = (one: string, other: string) =>
      schema([table("t", [id, column("a")], [index(one, ["id"]), index(other, ["a"])])]);
    const { lines } = await drafted(made("x", "y"), made("y", "x"));
    expect(lines).toEqual(["- index x on t", "- index y on t", "+ index x on t", "+ index y on t"]);
  });
});

test("what is renamed is called so in the texts of the way back", () => {
  const kind = { schema: "app", name: "kind" };
  const enumOf = (text: string) =>
    schema([table("t", [column("a", "text", { default: { sql: text } })])]);
  const said = (text: string, operation: Operation) => {
    const [it] = respelled(enumOf(text), operation).tables;
    return it?.columns[0]?.default;
  };
  const value = { kind: "renameEnumValue", name: kind, from: "it's", to: "is" } as const;
  expect(said(`'it''s'::app.kind`, value)).toEqual({ sql: `'is'::app.kind` });
  expect(said(`'{a,it''s,"it''s"}'::app.kind[]`, value)).toEqual({
    sql: `'{a,"is","is"}'::app.kind[]`,
  });
  expect(said(`'it''s'::kind`, value)).toEqual({ sql: `'it''s'::kind` });
  const type = { kind: "renameEnum", from: "kind", to: "Sort" } as const;
  expect(said(`('a'::kind)::text || 'a'::app.kind`, type)).toEqual({
    sql: `('a'::"Sort")::text || 'a'::app.kind`,
  });
  const sequence = {
    kind: "renameSequence",
    from: { schema: "app", name: "Old" },
    to: "new",
  } as const;
  expect(said(`nextval('app."Old"'::regclass)`, sequence)).toEqual({
    sql: `nextval('app."new"'::regclass)`,
  });
});
