/**
 * Schemas at random, as the operations that make them. Expressions name columns in quotation marks, so that a column is
 * mentioned where its quoted name stands.
 */
import type { ColumnType } from "../../src/model/column-type.ts";
import { emptySchema } from "../../src/model/empty-schema.ts";
import type {
  Column,
  Constraint,
  DialectName,
  Index,
  ObjectName,
  Schema,
  SchemaTable,
} from "../../src/model/schema.ts";
import { sameName } from "../../src/operations/apply/names.ts";
import { apply } from "../../src/operations/apply.ts";
import type { Operation } from "../../src/operations/operation.ts";
import type { Chance } from "./arbitrary-chance.ts";

/** A schema, and the operations that make it of an empty database. */
export interface Scene {
  readonly operations: readonly Operation[];
  readonly schema: Schema;
}

/** Names that nothing in `schema` bears yet, in a row. */
export function freshName(schema: Schema, prefix: string, besides: readonly string[] = []): string {
  const text = textOf([schema, besides]);
  for (let at = 1; ; at += 1) if (!text.includes(`${prefix}${at}`)) return `${prefix}${at}`;
}

export function after(scene: Scene, operation: Operation): Scene {
  return {
    operations: [...scene.operations, operation],
    schema: apply(scene.schema, operation),
  };
}

export function makeScene(chance: Chance, dialect: DialectName): Scene {
  const makers = [
    ...(dialect === "postgresql" ? [makeNamespace, makeEnum, makeSequence] : []),
    makeTable,
    ...(chance.maybe() ? [makeTable] : []),
    ...(chance.maybe() ? [makeTable] : []),
  ];
  let scene: Scene = { operations: [], schema: emptySchema };
  for (const make of makers) scene = after(scene, make(chance, scene.schema, dialect));
  for (const table of scene.schema.tables) {
    for (let left = chance.upTo(2); left > 0; left -= 1) {
      const index = makeIndex(chance, scene.schema, table, dialect);
      scene = after(scene, createIndex(table.name, index));
    }
    if (dialect === "postgresql" && chance.maybe()) {
      scene = after(scene, makePolicy(chance, scene.schema, table));
      scene = after(scene, { kind: "rowSecurity", table: table.name, enabled: true });
    }
    if (dialect === "postgresql" && chance.maybe()) scene = after(scene, makeGrant(chance, table));
  }
  return chance.maybe() ? after(scene, makeView(scene.schema)) : scene;
}

/** `scene`, and up to `most` operations later. */
export function laterOn(
  chance: Chance,
  scene: Scene,
  most: number,
  make: (schema: Schema) => Operation,
): Scene {
  let later = scene;
  for (let left = chance.upTo(most); left > 0; left -= 1) later = after(later, make(later.schema));
  return later;
}

export function createIndex(table: ObjectName, index: Index): Operation {
  return {
    kind: "createIndex",
    table,
    index,
    concurrently: false,
    ifNotExists: false,
    only: false,
  };
}

function makeNamespace(chance: Chance, schema: Schema): Operation {
  const name = freshName(schema, "app");
  const namespace = { name, ...(chance.maybe() && { comment: "a folder" }) };
  return { kind: "createSchema", namespace, ifNotExists: false };
}

function makeEnum(chance: Chance, schema: Schema): Operation {
  const values = ["sad", "ok", "happy"].slice(0, 2 + chance.upTo(1));
  const made = { name: freshName(schema, "mood"), values };
  return { kind: "createEnum", enum: { ...made, ...(chance.maybe() && { comment: "a feeling" }) } };
}

function makeSequence(chance: Chance, schema: Schema): Operation {
  const options = chance.one([
    {},
    { increment: "2" },
    { increment: "-1" },
    { maxValue: "90", cycle: true },
  ]);
  const sequence = { name: freshName(schema, "seq"), options };
  return { kind: "createSequence", sequence, ifNotExists: false };
}

export function makeView(schema: Schema): Operation {
  const view = { name: freshName(schema, "view"), definition: { sql: "SELECT 1 AS one" } };
  return { kind: "createView", view: { ...view, materialized: false }, orReplace: false };
}

export function makeTable(chance: Chance, schema: Schema, dialect: DialectName): Operation {
  const local = freshName(schema, "tab");
  const folder = chance.maybe() ? schema.namespaces[0] : undefined;
  const name = folder ? { schema: folder.name, name: local } : local;
  const columns: Column[] = [{ name: "c1", type: { kind: "integer" }, notNull: true }];
  for (let left = chance.upTo(4); left > 0; left -= 1) {
    columns.push(makeColumn(chance, schema, columns, dialect));
  }
  let table: SchemaTable = { name, columns, constraints: [], ...bare };
  const key = chance.maybe() ? [primaryKey(chance, table, dialect)] : [];
  table = { ...table, constraints: key };
  for (let left = chance.upTo(3); left > 0; left -= 1) {
    const constraint = makeConstraint(chance, schema, table);
    if (constraint) table = { ...table, constraints: [...table.constraints, constraint] };
  }
  const { indexes: _, policies: _p, rowSecurity: _r, ...made } = table;
  return { kind: "createTable", table: made, options: { ifNotExists: false } };
}

const bare = { indexes: [], policies: [], rowSecurity: { enabled: false, forced: false } };

/** SQLite does not make the columns NOT NULL by itself, which a schema says of every key. */
function primaryKey(chance: Chance, table: SchemaTable, dialect: DialectName): Constraint {
  const nullable = dialect === "postgresql" && chance.maybe();
  const columns = keyColumns(table).filter((it) => it.notNull || nullable);
  const chosen = chance.some(
    columns.map((it) => it.name),
    1,
    2,
  );
  return { kind: "primaryKey", name: `${localOf(table.name)}_pk`, columns: chosen };
}

/** Columns that an index of any sort takes. */
export function keyColumns({ columns }: SchemaTable): readonly Column[] {
  return columns.filter(({ type, generated }) => type.kind !== "json" && !generated);
}

export function localOf(name: ObjectName): string {
  return typeof name === "string" ? name : name.name;
}

export function makeColumn(
  chance: Chance,
  schema: Schema,
  columns: readonly Column[],
  dialect: DialectName,
): Column {
  const name = freshName(
    schema,
    "c",
    columns.map((it) => it.name),
  );
  const texts = columns.filter((it) => it.type.kind === "text" && !it.generated);
  if (texts.length > 0 && chance.upTo(5) === 0) {
    const as = { sql: `"${chance.one(texts).name}" || 'x'` };
    return { name, type: { kind: "text" }, generated: { as, stored: true } };
  }
  const { type, defaults } = makeType(chance, schema, dialect);
  const value = defaults.length > 0 && chance.maybe() ? chance.one(defaults) : undefined;
  return {
    name,
    type,
    ...(value !== undefined && { default: value }),
    ...(type.kind === "text" && chance.upTo(3) === 0 && { collation: collations[dialect] }),
    ...(chance.maybe() && { notNull: true }),
    ...(dialect === "postgresql" && chance.upTo(3) === 0 && { comment: "what it's for" }),
  };
}

const collations = { postgresql: "C", sqlite: "NOCASE" } as const;

interface Typed {
  readonly type: ColumnType;
  readonly defaults: readonly NonNullable<Column["default"]>[];
}

const types: readonly Typed[] = [
  { type: { kind: "text" }, defaults: ["it's", { sql: "'a' || 'b'" }] },
  { type: { kind: "varchar", length: 20 }, defaults: ["short"] },
  { type: { kind: "integer" }, defaults: [7, -1] },
  { type: { kind: "bigint" }, defaults: [7n] },
  { type: { kind: "boolean" }, defaults: [true] },
  { type: { kind: "numeric", precision: 8, scale: 2 }, defaults: [1.5] },
  { type: { kind: "json" }, defaults: ['{"a":1}'] },
  { type: { kind: "uuid" }, defaults: ["6f8b1a2c-0000-4000-8000-000000000000"] },
];

function makeType(chance: Chance, schema: Schema, dialect: DialectName): Typed {
  // PostgreSQL takes no value that was added in the same transaction.
  const enums = schema.enums.map(({ name, values }): Typed => {
    const old = values.filter((it) => !it.startsWith("value"));
    return { type: { kind: "enum", name }, defaults: old };
  });
  const array: ColumnType = { kind: "array", of: { kind: "text" }, dimensions: 1 };
  const more = dialect === "postgresql" ? [...enums, { type: array, defaults: ["{a}"] }] : [];
  return chance.one([...types, ...more]);
}

/** A constraint that `table` may have besides; undefined where there is nothing to make one of. */
export function makeConstraint(
  chance: Chance,
  schema: Schema,
  table: SchemaTable,
): Constraint | undefined {
  const taken = [...schema.tables, table].flatMap((it) => it.constraints.map(({ name }) => name));
  const name = freshName(schema, "con", taken);
  const keys = keyColumns(table).map((it) => it.name);
  const kind = chance.one(["unique", "check", "foreignKey"] as const);
  if (kind === "unique") {
    const columns = chance.some(keys, Math.min(keys.length, 1), 2);
    return columns.length > 0 && !hasKey(table, columns) ? { kind, name, columns } : undefined;
  }
  if (kind === "check") {
    const column = chance.one(table.columns);
    return { kind, name, expression: { sql: `"${column.name}" IS NOT NULL OR 1 = 1` } };
  }
  return makeForeignKey(chance, schema, table, name);
}

/** PostgreSQL makes one constraint of two of the same columns, if they come with the table. */
function hasKey({ constraints }: SchemaTable, columns: readonly string[]): boolean {
  return constraints.some((it) => "columns" in it && same(it.columns, columns));
}

/** To a column of any table that is unique by itself. */
function makeForeignKey(
  chance: Chance,
  schema: Schema,
  table: SchemaTable,
  name: string,
): Constraint | undefined {
  const others = schema.tables.filter((it) => !sameName(it.name, table.name));
  const targets = [...others, table].flatMap((to) =>
    to.constraints.flatMap((it) => {
      const [column, second] = it.kind === "unique" || it.kind === "primaryKey" ? it.columns : [];
      const type = to.columns.find((each) => each.name === column)?.type;
      const from = keyColumns(table).find((each) => same(each.type, type));
      return column && !second && from ? [{ to: to.name, from: from.name, column }] : [];
    }),
  );
  if (targets.length === 0) return undefined;
  const { to, from, column } = chance.one(targets);
  const onDelete = chance.one(["cascade", "set null", undefined] as const);
  return {
    kind: "foreignKey",
    name,
    columns: [from],
    table: to,
    references: [column],
    ...(onDelete && { onDelete }),
  };
}

function same(one: unknown, other: unknown): boolean {
  return textOf(one) === textOf(other);
}

export function textOf(value: unknown): string {
  return JSON.stringify(value, (_, it) => (typeof it === "bigint" ? String(it) : it));
}

export function makeIndex(
  chance: Chance,
  schema: Schema,
  table: SchemaTable,
  dialect: DialectName,
): Index {
  const names = keyColumns(table).map((it) => it.name);
  const columns = names.length > 0 ? chance.some(names, 1, 2) : [{ sql: "(1 + 1)" }];
  const partial = chance.one(table.columns).name;
  return {
    name: freshName(schema, "idx"),
    columns: columns.map((of) => ({ of, ...(chance.maybe() && { order: "desc" }) })),
    ...(chance.upTo(3) === 0 && { where: { sql: `"${partial}" IS NOT NULL` } }),
    ...(chance.upTo(3) === 0 && { unique: true }),
    ...(dialect === "postgresql" && chance.upTo(3) === 0 && { include: [partial] }),
    ...(dialect === "postgresql" && chance.upTo(3) === 0 && { comment: "for the list" }),
  };
}

export function makePolicy(chance: Chance, schema: Schema, table: SchemaTable): Operation {
  const policy = {
    name: freshName(schema, "policy"),
    as: chance.one(["permissive", "restrictive"] as const),
    for: "all" as const,
    to: ["public"],
    ...(chance.maybe() && { using: { sql: "true" } }),
    ...(chance.maybe() && { withCheck: { sql: "1 = 1" } }),
  };
  return { kind: "createPolicy", table: table.name, policy };
}

/** A role that the tests make beforehand: roles are common to all databases of a server. */
export const reader = "mig_law_reader";

export function makeGrant(chance: Chance, table: SchemaTable): Operation {
  const columns = chance.maybe()
    ? chance.some(
        table.columns.map((it) => it.name),
        1,
        2,
      )
    : undefined;
  const on = { table: table.name, ...(columns && { columns }) };
  const names = columns ? ["SELECT", "UPDATE"] : ["SELECT", "INSERT", "DELETE"];
  const privileges = chance.upTo(4) === 0 ? ["ALL"] : chance.some(names, 1, 2);
  const to = [reader];
  return { kind: "grant", grant: { privileges, on, to, grantOption: chance.upTo(4) === 0 } };
}
