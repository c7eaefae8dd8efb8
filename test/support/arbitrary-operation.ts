/** Operations at random that fit a schema: on both engines they run where the schema is. */
import type { Column, DialectName, Schema, SchemaTable } from "../../src/model/schema.ts";
import { constraintColumns } from "../../src/operations/apply/columns.ts";
import { sameName } from "../../src/operations/apply/names.ts";
import { apply } from "../../src/operations/apply.ts";
import type { ColumnAlteration, Operation, TableChange } from "../../src/operations/operation.ts";
import type { Chance } from "./arbitrary-chance.ts";
import {
  createIndex,
  freshName,
  makeColumn,
  makeConstraint,
  makeGrant,
  makeIndex,
  makePolicy,
  makeTable,
  makeView,
  reader,
} from "./arbitrary-schema.ts";

type Maker = (chance: Chance, schema: Schema, dialect: DialectName) => Operation | undefined;

/** An operation that `schema` can bear. */
export function makeOperation(chance: Chance, schema: Schema, dialect: DialectName): Operation {
  const makers = dialect === "postgresql" ? [...common, ...ofPostgres] : common;
  return chance.one(makers)(chance, schema, dialect) ?? makeView(schema);
}

/** The same for makers that take one of something, where there is one. */
function given<Item>(
  list: (schema: Schema) => readonly Item[],
  make: (chance: Chance, item: Item, schema: Schema, dialect: DialectName) => Operation | undefined,
): Maker {
  return (chance, schema, dialect) => {
    const items = list(schema);
    return items.length > 0 ? make(chance, chance.one(items), schema, dialect) : undefined;
  };
}

const tables = (schema: Schema) => schema.tables;
const indexes = (schema: Schema) =>
  schema.tables.flatMap((table) => table.indexes.map(({ name }) => ({ table: table.name, name })));

const alterTable = given(tables, makeAlterTable);

const common: readonly Maker[] = [
  alterTable,
  alterTable,
  alterTable,
  makeTable,
  given(tables, (_, table, schema) =>
    isReferred(schema, table)
      ? undefined
      : { kind: "dropTable", table: table.name, ifExists: false },
  ),
  given(tables, (_, { name }, schema) => ({
    kind: "renameTable",
    from: name,
    to: freshName(schema, "tab"),
  })),
  given(tables, (chance, table, schema, dialect) =>
    createIndex(table.name, { ...makeIndex(chance, schema, table, dialect), unique: false }),
  ),
  given(indexes, (_, { table, name }) => ({
    kind: "dropIndex",
    table,
    name,
    concurrently: false,
    ifExists: false,
  })),
  given(indexes, (_, { table, name }, schema) => ({
    kind: "renameIndex",
    table,
    from: name,
    to: freshName(schema, "idx"),
  })),
  (_, schema) => makeView(schema),
  given(
    (schema) => schema.views,
    (_, { name, materialized }) => ({ kind: "dropView", name, materialized, ifExists: false }),
  ),
];

const ofPostgres: readonly Maker[] = [
  given(tables, (chance, table) => makeGrant(chance, table)),
  given(tables, (chance, table) => {
    const made = makeGrant(chance, table);
    return made.kind === "grant" ? { kind: "revoke", grant: made.grant } : undefined;
  }),
  given(tables, (chance, table, schema) => makePolicy(chance, schema, table)),
  given(tables, ({ maybe, one }, { name }) => ({
    kind: "rowSecurity",
    table: name,
    ...one([{ enabled: maybe() }, { forced: maybe() }]),
  })),
  given(
    (schema) =>
      schema.tables.flatMap(({ name, policies }) =>
        policies.map((policy) => ({ table: name, policy })),
      ),
    (chance, { table, policy: { name } }, schema) =>
      chance.one<Operation>([
        { kind: "dropPolicy", table, name, ifExists: false },
        { kind: "renamePolicy", table, from: name, to: freshName(schema, "policy") },
        { kind: "alterPolicy", table, name, to: { using: { sql: "2 = 2" }, to: [reader] } },
        { kind: "comment", on: { table, policy: name }, text: "whose rows" },
      ]),
  ),
  given(
    (schema) => schema.namespaces,
    (chance, { name, comment }, schema) =>
      chance.one<Operation>([
        { kind: "renameSchema", from: name, to: freshName(schema, "app") },
        { kind: "comment", on: { schema: name }, text: comment ? null : "a folder" },
      ]),
  ),
  given(tables, (_, { name }, schema) => {
    const [folder] = schema.namespaces;
    if (typeof name !== "string") return { kind: "moveTable", table: name, to: "public" };
    return folder && { kind: "moveTable", table: name, to: folder.name };
  }),
  given(
    (schema) => schema.enums,
    (chance, { name, values, comment }, schema) =>
      chance.one<Operation>([
        { kind: "renameEnum", from: name, to: freshName(schema, "mood") },
        {
          kind: "addEnumValue",
          name,
          value: freshName(schema, "value"),
          place: { before: chance.one(values) },
          ifNotExists: false,
        },
        { kind: "renameEnumValue", name, from: chance.one(values), to: freshName(schema, "value") },
        { kind: "comment", on: { enum: name }, text: comment ? null : "a feeling" },
      ]),
  ),
  given(
    (schema) => schema.sequences,
    (chance, { name }, schema) =>
      chance.one<Operation>([
        { kind: "renameSequence", from: name, to: freshName(schema, "seq") },
        { kind: "dropSequence", name, ifExists: false },
        { kind: "alterSequence", name, to: { increment: "5", cycle: true } },
        { kind: "alterSequence", name, to: { cache: "3" } },
      ]),
  ),
  given(tables, (chance, { name, columns, comment }) =>
    chance.one<Operation>([
      { kind: "comment", on: { table: name }, text: comment ? null : "it's a table" },
      {
        kind: "comment",
        on: { table: name, column: chance.one(columns).name },
        text: chance.one([null, "new"]),
      },
    ]),
  ),
];

/** One change or a few, each of the table as those before it leave it. */
function makeAlterTable(
  chance: Chance,
  table: SchemaTable,
  schema: Schema,
  dialect: DialectName,
): Operation | undefined {
  const changes: TableChange[] = [];
  const on = table.name;
  let state = schema;
  for (let left = 1 + chance.upTo(2); left > 0; left -= 1) {
    const now = state.tables.find((it) => sameName(it.name, on));
    const change = now && makeChange(chance, state, now, dialect);
    if (change === undefined) continue;
    changes.push(change);
    state = apply(state, { kind: "alterTable", table: on, changes: [change] });
  }
  return changes.length > 0 ? { kind: "alterTable", table: on, changes } : undefined;
}

function makeChange(
  chance: Chance,
  schema: Schema,
  table: SchemaTable,
  dialect: DialectName,
): TableChange | undefined {
  const column = chance.one(table.columns);
  const kind = chance.one([
    "add",
    "drop",
    "rename",
    "alter",
    "alter",
    "constraint",
    "drop constraint",
  ]);
  switch (kind) {
    case "add":
      return addColumn(chance, schema, dialect, table);
    case "drop":
      if (table.columns.length === 1 || isMentioned(table, column)) return undefined;
      if (isReferredColumn(schema, table, [column.name])) return undefined;
      // On SQLite nothing goes along: a column that is in use is not dropped.
      if (dialect === "sqlite" && isListed(table, column)) return undefined;
      return { kind: "dropColumn", name: column.name };
    case "rename":
      // A text that is put back later in the same alterTable would mention the old name.
      if (isMentioned(table, column)) return undefined;
      return { kind: "renameColumn", from: column.name, to: freshName(schema, "c") };
    case "alter":
      return alterColumn(chance, schema, table, column);
    case "constraint": {
      const constraint = makeConstraint(chance, schema, table);
      return constraint && { kind: "addConstraint", constraint };
    }
    default:
      return constraintChange(chance, schema, table);
  }
}

function addColumn(
  chance: Chance,
  schema: Schema,
  dialect: DialectName,
  table: SchemaTable,
): TableChange {
  const column = makeColumn(chance, schema, table.columns, dialect);
  const place = chance.maybe() ? { after: chance.one(table.columns).name } : undefined;
  return { kind: "addColumn", column, ...(place && { place }) };
}

function alterColumn(
  chance: Chance,
  schema: Schema,
  table: SchemaTable,
  column: Column,
): TableChange | undefined {
  if (column.generated || isMentioned(table, column)) return undefined;
  const inKey = table.constraints.some(
    (it) => it.kind === "primaryKey" && it.columns.includes(column.name),
  );
  const choices: ColumnAlteration[] = [
    ...(inKey ? [] : [{ notNull: !column.notNull }]),
    ...(column.default === undefined ? [] : [{ default: null }]),
    ...(column.type.kind === "integer" ? [{ default: 99 }] : []),
    ...(isTied(schema, table, column) ? [] : widened(column)),
  ];
  return choices.length === 0
    ? undefined
    : { kind: "alterColumn", name: column.name, to: chance.one(choices) };
}

/** Types that convert to each other without being told how. */
function widened({ type }: Column): readonly ColumnAlteration[] {
  if (type.kind === "integer") return [{ type: { kind: "bigint" } }];
  if (type.kind === "varchar")
    return [{ type: { kind: "text" } }, { type: { kind: "varchar", length: 60 } }];
  return type.kind === "bigint" ? [{ type: { kind: "integer" } }] : [];
}

function constraintChange(
  chance: Chance,
  schema: Schema,
  table: SchemaTable,
): TableChange | undefined {
  if (table.constraints.length === 0) return undefined;
  const constraint = chance.one(table.constraints);
  const { name } = constraint;
  if (chance.maybe()) return { kind: "renameConstraint", from: name, to: freshName(schema, "con") };
  const columns =
    constraint.kind === "unique" || constraint.kind === "primaryKey" ? constraint.columns : [];
  return isReferredColumn(schema, table, columns) ? undefined : { kind: "dropConstraint", name };
}

/** True where an expression of the table names the column. */
function isMentioned({ columns, constraints, indexes }: SchemaTable, { name }: Column): boolean {
  const expressions = [
    ...columns.map((it) => it.generated?.as),
    ...constraints.map((it) => (it.kind === "check" ? it.expression : undefined)),
    ...indexes.map((it) => it.where),
  ];
  return expressions.some((it) => it?.sql.includes(`"${name}"`));
}

function isListed({ indexes, constraints }: SchemaTable, { name }: Column): boolean {
  const inIndex = indexes.some(({ columns }) => columns.some(({ of }) => of === name));
  return inIndex || constraints.some((it) => constraintColumns(it).includes(name));
}

function isReferred(schema: Schema, table: SchemaTable): boolean {
  return schema.tables.some(
    ({ name, constraints }) =>
      !sameName(name, table.name) && constraints.some((it) => refersTo(it, table)),
  );
}

function isReferredColumn(schema: Schema, table: SchemaTable, names: readonly string[]): boolean {
  return schema.tables.some(({ constraints }) =>
    constraints.some(
      (it) =>
        refersTo(it, table) &&
        it.kind === "foreignKey" &&
        it.references.some((each) => names.includes(each)),
    ),
  );
}

function refersTo(constraint: SchemaTable["constraints"][number], table: SchemaTable): boolean {
  return constraint.kind === "foreignKey" && sameName(constraint.table, table.name);
}

/** True for a column that is one side of a foreign key: the other has its type. */
function isTied(schema: Schema, table: SchemaTable, { name }: Column): boolean {
  const refers = table.constraints.some(
    (it) => it.kind === "foreignKey" && it.columns.includes(name),
  );
  return refers || isReferredColumn(schema, table, [name]);
}
