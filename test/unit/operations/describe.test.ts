import { describe, expect, test } from "vitest";
import { describe as line } from "../../../src/operations/describe.ts";
import type { Operation, TableChange } from "../../../src/operations/operation.ts";

type Lines<Described extends { readonly kind: string }> = {
  readonly [Kind in Described["kind"]]: readonly (readonly [
    string,
    Omit<Extract<Described, { readonly kind: Kind }>, "kind">,
  ])[];
};

const ifExists = false;
const ifNotExists = false;

/** At least one of each kind. */
const lines: Lines<Operation> = {
  createTable: [
    [
      "+ table app.posts",
      {
        table: { name: { schema: "app", name: "posts" }, columns: [], constraints: [] },
        options: { ifNotExists },
      },
    ],
  ],
  dropTable: [["- table posts", { table: "posts", ifExists }]],
  renameTable: [["~ table posts, now articles", { from: "posts", to: "articles" }]],
  moveTable: [["~ table posts, now in app", { table: "posts", to: "app" }]],
  alterTable: [
    ["~ table posts, made anew", { table: "posts", changes: [], recreate: "always" }],
    [
      "- column posts.a; ~ column posts.b, now c",
      {
        table: "posts",
        changes: [
          { kind: "dropColumn", name: "a" },
          { kind: "renameColumn", from: "b", to: "c" },
        ],
      },
    ],
  ],
  createIndex: [
    [
      "+ index i on posts",
      {
        table: "posts",
        index: { name: "i", columns: [] },
        concurrently: false,
        ifNotExists,
        only: false,
      },
    ],
  ],
  dropIndex: [["- index i on posts", { table: "posts", name: "i", concurrently: false, ifExists }]],
  renameIndex: [["~ index i on posts, now j", { table: "posts", from: "i", to: "j" }]],
  createEnum: [["+ enum mood", { enum: { name: "mood", values: ["ok"] } }]],
  dropEnum: [["- enum mood", { name: "mood", ifExists }]],
  renameEnum: [
    ["~ enum app.mood, now feeling", { from: { schema: "app", name: "mood" }, to: "feeling" }],
  ],
  addEnumValue: [
    [
      "~ enum mood: + value calm after happy",
      { name: "mood", value: "calm", place: { after: "happy" }, ifNotExists },
    ],
    [
      "~ enum mood: + value calm before happy",
      { name: "mood", value: "calm", place: { before: "happy" }, ifNotExists },
    ],
    ["~ enum mood: + value calm", { name: "mood", value: "calm", ifNotExists }],
  ],
  renameEnumValue: [
    ["~ enum mood: value sad, now blue", { name: "mood", from: "sad", to: "blue" }],
  ],
  alterEnum: [
    ["~ enum mood: values sad, ok", { name: "mood", values: ["sad", "ok"], columns: [], map: {} }],
  ],
  createSchema: [["+ schema app", { namespace: { name: "app" }, ifNotExists }]],
  dropSchema: [["- schema app", { name: "app", ifExists }]],
  renameSchema: [["~ schema app, now web", { from: "app", to: "web" }]],
  createExtension: [["+ extension citext", { extension: { name: "citext" }, ifNotExists }]],
  dropExtension: [["- extension citext", { name: "citext", ifExists }]],
  createSequence: [["+ sequence s", { sequence: { name: "s", options: {} }, ifNotExists }]],
  alterSequence: [
    ["~ sequence s: increment 5, no cycle", { name: "s", to: { increment: "5", cycle: false } }],
  ],
  dropSequence: [["- sequence s", { name: "s", ifExists }]],
  renameSequence: [["~ sequence s, now t", { from: "s", to: "t" }]],
  createView: [
    [
      "+ view v",
      {
        view: { name: "v", definition: { sql: "SELECT 1" }, materialized: false },
        orReplace: false,
      },
    ],
    [
      "+ view v, in place of the old one",
      {
        view: { name: "v", definition: { sql: "SELECT 1" }, materialized: false },
        orReplace: true,
      },
    ],
    [
      "+ materialized view v",
      {
        view: { name: "v", definition: { sql: "SELECT 1" }, materialized: true },
        orReplace: false,
      },
    ],
  ],
  dropView: [["- materialized view v", { name: "v", materialized: true, ifExists }]],
  renameView: [["~ view v, now w", { from: "v", to: "w", materialized: false }]],
  refreshView: [["> refresh materialized view v", { name: "v", concurrently: false }]],
  comment: [
    ["~ comment on table posts", { on: { table: "posts" }, text: "x" }],
    ["- comment on column posts.slug", { on: { table: "posts", column: "slug" }, text: null }],
    ["~ comment on constraint c on posts", { on: { table: "posts", constraint: "c" }, text: "x" }],
    ["~ comment on index i on posts", { on: { table: "posts", index: "i" }, text: "x" }],
    ["~ comment on policy p on posts", { on: { table: "posts", policy: "p" }, text: "x" }],
    ["~ comment on materialized view v", { on: { view: "v", materialized: true }, text: "x" }],
    ["~ comment on enum mood", { on: { enum: "mood" }, text: "x" }],
    ["~ comment on sequence s", { on: { sequence: "s" }, text: "x" }],
    ["~ comment on schema app", { on: { schema: "app" }, text: "x" }],
    ["~ comment on extension citext", { on: { extension: "citext" }, text: "x" }],
    ["~ comment on role app", { on: { role: "app" }, text: "x" }],
  ],
  createRole: [["+ role app", { role: { name: "app", options: {} } }]],
  alterRole: [
    [
      "~ role app: login, no bypass row security",
      { name: "app", to: { login: true, bypassRowSecurity: false } },
    ],
  ],
  dropRole: [["- role app", { name: "app", ifExists }]],
  renameRole: [["~ role app, now web", { from: "app", to: "web" }]],
  grant: [
    [
      "+ grant SELECT, UPDATE on table posts (slug) to app, with grant option",
      {
        grant: {
          privileges: ["SELECT", "UPDATE"],
          on: { table: "posts", columns: ["slug"] },
          to: ["app"],
          grantOption: true,
        },
      },
    ],
    [
      "+ grant USAGE on schema app to a, b",
      {
        grant: { privileges: ["USAGE"], on: { schema: "app" }, to: ["a", "b"], grantOption: false },
      },
    ],
  ],
  revoke: [
    [
      "- grant USAGE on type mood from app",
      { grant: { privileges: ["USAGE"], on: { type: "mood" }, to: ["app"], grantOption: false } },
    ],
    [
      "- grant option for USAGE on sequence s from app",
      { grant: { privileges: ["USAGE"], on: { sequence: "s" }, to: ["app"], grantOption: true } },
    ],
  ],
  createPolicy: [
    [
      "+ policy p on posts",
      { table: "posts", policy: { name: "p", as: "permissive", for: "all", to: ["public"] } },
    ],
  ],
  alterPolicy: [
    [
      "~ policy p on posts: to, with check",
      { table: "posts", name: "p", to: { to: ["app"], withCheck: { sql: "true" } } },
    ],
  ],
  dropPolicy: [["- policy p on posts", { table: "posts", name: "p", ifExists }]],
  renamePolicy: [["~ policy p on posts, now q", { table: "posts", from: "p", to: "q" }]],
  rowSecurity: [
    [
      "~ row security of posts: enabled, not forced",
      { table: "posts", enabled: true, forced: false },
    ],
    ["~ row security of posts: disabled", { table: "posts", enabled: false }],
  ],
  insert: [
    ["+ 1 row in posts", { table: "posts", rows: [{}] }],
    ["+ 2 rows in posts", { table: "posts", rows: [{}, {}] }],
  ],
  execute: [["> UPDATE posts", { sql: "-- why\nUPDATE posts\nSET a = 1" }]],
  run: [["> make slugs unique", { what: "make slugs unique", work: () => {} }]],
};

const name = "slug";

const changes: Lines<TableChange> = {
  addColumn: [["+ column posts.slug", { column: { name, type: { kind: "text" } } }]],
  dropColumn: [["- column posts.slug", { name }]],
  renameColumn: [["~ column posts.slug, now path", { from: "slug", to: "path" }]],
  alterColumn: [
    [
      "~ column posts.slug: type varchar, not null, default",
      { name, to: { type: { kind: "varchar" }, notNull: true, default: 1 } },
    ],
    [
      "~ column posts.slug: type app.mood[]",
      {
        name,
        to: {
          type: {
            kind: "array",
            of: { kind: "enum", name: { schema: "app", name: "mood" } },
            dimensions: 1,
          },
        },
      },
    ],
    [
      "~ column posts.slug: type citext or text",
      { name, to: { type: { kind: "raw", postgresql: "citext", sqlite: "text" } } },
    ],
    [
      "~ column posts.slug: nullable, no default, no identity, no longer generated, no collation, no comment",
      {
        name,
        to: {
          notNull: false,
          default: null,
          identity: null,
          generated: null,
          collation: null,
          comment: null,
        },
      },
    ],
    [
      "~ column posts.slug: identity, auto increment, generated, collation C, comment",
      {
        name,
        to: {
          identity: { generated: "always", options: {} },
          autoIncrement: true,
          generated: { as: { sql: "1" }, stored: true },
          collation: "C",
          comment: "x",
        },
      },
    ],
    ["~ column posts.slug: new values", { name, to: { using: { sql: "lower(slug)" } } }],
    [
      "~ column posts.slug: not null, values where there is none",
      { name, to: { notNull: true, backfill: { sql: "''" } } },
    ],
  ],
  addConstraint: [
    ["+ constraint u on posts", { constraint: { kind: "unique", name: "u", columns: [name] } }],
  ],
  dropConstraint: [["- constraint u on posts", { name: "u" }]],
  renameConstraint: [["~ constraint u on posts, now v", { from: "u", to: "v" }]],
  validateConstraint: [["~ constraint c on posts: validated", { name: "c" }]],
};

function flat(of: Readonly<Record<string, readonly (readonly [string, object])[]>>) {
  return Object.entries(of).flatMap(([kind, list]) =>
    list.map(([expected, it]) => ({ kind, expected, it: { kind, ...it } })),
  );
}

describe("a line says what is done", () => {
  test.each(flat(lines))("$kind: $expected", ({ expected, it }) => {
    expect(line(it as Operation)).toBe(expected);
  });

  test.each(flat(changes))("$kind: $expected", ({ expected, it }) => {
    const operation: Operation = {
      kind: "alterTable",
      table: "posts",
      changes: [it as TableChange],
    };
    expect(line(operation)).toBe(expected);
  });
});
