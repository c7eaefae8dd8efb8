/** Where operations and schemas do not fit, and what PostgreSQL does that nobody asked for. */
import { describe, expect, test } from "vitest";
import { MigError } from "../../../src/errors.ts";
import type { Column, Schema, SchemaTable } from "../../../src/model/schema.ts";
import { apply, emptySchema } from "../../../src/operations/apply.ts";
import type { Operation } from "../../../src/operations/operation.ts";

const integer = { kind: "integer" } as const;
const bare = { indexes: [], policies: [], rowSecurity: { enabled: false, forced: false } };
const owners: SchemaTable = {
  name: "owners",
  columns: [{ name: "id", type: integer, notNull: true }],
  constraints: [{ kind: "primaryKey", name: "owners_pk", columns: ["id"] }],
  ...bare,
};
const pets: SchemaTable = {
  name: "pets",
  columns: [
    { name: "id", type: integer },
    { name: "owner", type: integer },
    { name: "mood", type: { kind: "enum", name: "mood" }, default: "ok" },
  ],
  constraints: [
    {
      kind: "foreignKey",
      name: "pets_owner",
      columns: ["owner"],
      table: "owners",
      references: ["id"],
    },
    { kind: "unique", name: "pets_id", columns: ["id"], include: ["owner"] },
  ],
  ...bare,
  indexes: [{ name: "pets_i", columns: [{ of: "owner" }] }],
};
const schema: Schema = {
  ...emptySchema,
  namespaces: [{ name: "app" }],
  enums: [{ name: "mood", values: ["sad", "ok"] }],
  tables: [owners, pets, { ...owners, name: { schema: "app", name: "owners" } }],
  grants: [{ privileges: ["ALL"], on: { table: "owners" }, to: ["reader"], grantOption: false }],
};

function table(after: Schema, name: string): SchemaTable {
  const found = after.tables.find((it) => it.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
}

function failure(operation: Operation): string {
  try {
    apply(schema, operation);
  } catch (thrown) {
    if (thrown instanceof MigError) return `${thrown.code}: ${thrown.message}`;
    throw thrown;
  }
  throw new Error("it was applied");
}

describe("an operation", () => {
  test.each<readonly [Operation, string]>([
    [
      { kind: "dropTable", table: "x", ifExists: false },
      'TABLE_MISSING: - table x: there is no table "x"',
    ],
    [
      {
        kind: "createTable",
        table: { name: "pets", columns: [], constraints: [] },
        options: { ifNotExists: false },
      },
      'SCHEMA_MISMATCH: + table pets: there is a "pets" already',
    ],
    [
      { kind: "renameTable", from: "pets", to: "pets_i" },
      'SCHEMA_MISMATCH: ~ table pets, now pets_i: there is a "pets_i" already',
    ],
    [
      { kind: "alterTable", table: "pets", changes: [{ kind: "dropColumn", name: "x" }] },
      'COLUMN_MISSING: - column pets.x: table "pets" has no column "x"',
    ],
    [
      { kind: "alterTable", table: "pets", changes: [{ kind: "dropConstraint", name: "x" }] },
      'CONSTRAINT_MISSING: table "pets" has no constraint "x"',
    ],
    [
      {
        kind: "alterTable",
        table: "owners",
        changes: [
          { kind: "addConstraint", constraint: { kind: "primaryKey", name: "x", columns: ["id"] } },
        ],
      },
      'SCHEMA_MISMATCH: + constraint x on owners: "owners" has a primary key already',
    ],
    [
      {
        kind: "alterTable",
        table: "pets",
        changes: [{ kind: "addColumn", column: { name: "id", type: integer } }],
      },
      'SCHEMA_MISMATCH: + column pets.id: "pets" has a column "id" already',
    ],
    [
      { kind: "dropSchema", name: "app", ifExists: false },
      'SCHEMA_MISMATCH: - schema app: it is not empty: it holds "owners"',
    ],
    [
      { kind: "addEnumValue", name: "mood", value: "x", place: { after: "y" }, ifNotExists: false },
      'SCHEMA_MISMATCH: ~ enum mood: + value x after y: it has no value "y"',
    ],
    [
      { kind: "dropIndex", table: "pets", name: "x", concurrently: false, ifExists: false },
      'SCHEMA_MISMATCH: - index x on pets: there is no index "x" on "pets"',
    ],
    [
      { kind: "dropView", name: "v", materialized: true, ifExists: false },
      'SCHEMA_MISMATCH: - materialized view v: there is no materialized view "v"',
    ],
  ])("that does not fit is refused: %j", (operation, message) => {
    expect(failure(operation)).toBe(message);
  });

  test("renameTable takes foreign keys and privileges along", () => {
    const after = apply(schema, { kind: "renameTable", from: "owners", to: "people" });
    expect(table(after, "pets").constraints[0]).toMatchObject({ table: "people" });
    expect(after.grants[0]?.on).toEqual({ table: "people" });
    expect(after.tables[2]?.name).toEqual({ schema: "app", name: "owners" });
  });

  test("renameColumn takes lists along, here and elsewhere", () => {
    const changes = [{ kind: "renameColumn", from: "id", to: "number" }] as const;
    const after = apply(schema, { kind: "alterTable", table: "owners", changes });
    expect(table(after, "owners").constraints[0]).toMatchObject({ columns: ["number"] });
    expect(table(after, "pets").constraints[0]).toMatchObject({
      columns: ["owner"],
      references: ["number"],
    });
  });

  test("dropColumn takes along what lists it, an included column too", () => {
    const changes = [{ kind: "dropColumn", name: "owner" }] as const;
    const after = table(apply(schema, { kind: "alterTable", table: "pets", changes }), "pets");
    expect(after).toMatchObject({ constraints: [], indexes: [] });
  });

  test("renameEnum and renameEnumValue reach columns and their defaults", () => {
    const renamed = apply(schema, { kind: "renameEnum", from: "mood", to: "feeling" });
    const after = apply(renamed, {
      kind: "renameEnumValue",
      name: "feeling",
      from: "ok",
      to: "fine",
    });
    const column: Column = {
      name: "mood",
      type: { kind: "enum", name: "feeling" },
      default: "fine",
    };
    expect(table(after, "pets").columns[2]).toEqual(column);
  });

  test("renameSchema renames what is in it", () => {
    const after = apply(schema, { kind: "renameSchema", from: "app", to: "web" });
    expect(after.tables[2]?.name).toEqual({ schema: "web", name: "owners" });
  });

  test("a primary key, an identity and a serial are NOT NULL", () => {
    const columns: readonly Column[] = [
      { name: "a", type: integer, notNull: false },
      { name: "b", type: integer, identity: { generated: "always", options: {} } },
      { name: "c", type: { kind: "serial" } },
      { name: "d", type: integer, notNull: false },
    ];
    const made = {
      name: "t",
      columns,
      constraints: [{ kind: "primaryKey", name: "pk", columns: ["a"] }],
    } as const;
    const after = apply(schema, {
      kind: "createTable",
      table: made,
      options: { ifNotExists: false },
    });
    expect(table(after, "t").columns.map(({ notNull }) => notNull)).toEqual([
      true,
      true,
      true,
      undefined,
    ]);
  });

  test("a revoke of one privilege leaves the rest of ALL", () => {
    const grant = {
      privileges: ["SELECT"],
      on: { table: "owners" },
      to: ["reader"],
      grantOption: false,
    };
    expect(apply(schema, { kind: "revoke", grant }).grants).toEqual([
      { ...grant, privileges: ["DELETE", "INSERT", "REFERENCES", "TRIGGER", "TRUNCATE", "UPDATE"] },
    ]);
  });

  test("a revoke from a table takes the privileges of its columns", () => {
    const columns = { table: "pets", columns: ["id", "owner"] };
    const grant = { privileges: ["SELECT"], on: columns, to: ["reader"], grantOption: false };
    const granted = apply(schema, { kind: "grant", grant });
    const after = apply(granted, { kind: "revoke", grant: { ...grant, on: { table: "pets" } } });
    expect(after.grants).toEqual(schema.grants);
  });

  test("an empty comment is none", () => {
    const said = apply(schema, { kind: "comment", on: { table: "pets" }, text: "cats" });
    expect(table(said, "pets").comment).toBe("cats");
    const after = apply(said, { kind: "comment", on: { table: "pets" }, text: "" });
    expect(table(after, "pets")).toEqual(pets);
  });
});
