/** A wanted schema in the forms that `reflect` uses: what goes without saying is not said. */
import type { ColumnType } from "../../model/column-type.ts";
import type {
  Column,
  Constraint,
  Index,
  IndexColumn,
  ObjectName,
  Parameters,
  Schema,
  SchemaTable,
} from "../../model/schema.ts";
import type { Policy, Role } from "../../model/security.ts";
import type { Identity } from "../../model/sequence.ts";
import type { Surroundings } from "./reflect/look.ts";
import { parameterValue } from "./reflect/parameters.ts";
import { chosen } from "./reflect/sequences.ts";
import { truncated } from "./truncate.ts";
import { typeFrom } from "./type-from.ts";
import { typeText } from "./types.ts";

/** Names of the default schema without it. */
export function plainIn(defaultSchema: string): (name: ObjectName) => ObjectName {
  return (it) => (typeof it !== "string" && it.schema === defaultSchema ? it.name : it);
}

/** `schema` as `reflect` would say it, as far as that can be known without asking. */
export function canonical(schema: Schema, { schema: defaultSchema, users }: Surroundings): Schema {
  const name = plainIn(defaultSchema);
  return {
    ...schema,
    namespaces: schema.namespaces.filter((it) => it.name !== defaultSchema),
    roles: schema.roles.map(roleOf),
    enums: schema.enums.map((it) => ({ ...it, name: name(it.name) })),
    sequences: schema.sequences.map(({ type, ...it }) => ({
      ...it,
      name: name(it.name),
      ...(type !== undefined && type !== "bigint" && { type }),
      options: chosen(it.options, type ?? "bigint"),
    })),
    tables: schema.tables.map((it) => tableOf(it, { name, users })),
    views: schema.views.map(({ with: parameters, ...it }) => ({
      ...it,
      name: name(it.name),
      ...parametersOf(parameters),
    })),
  };
}

interface Context {
  readonly name: (it: ObjectName) => ObjectName;
  readonly users: Surroundings["users"];
}

function tableOf(table: SchemaTable, context: Context): SchemaTable {
  const key = table.constraints.find(({ kind }) => kind === "primaryKey");
  const keyColumns = key?.kind === "primaryKey" ? key.columns : [];
  return {
    ...table,
    name: context.name(table.name),
    columns: table.columns.map((it) => columnOf(it, keyColumns.includes(it.name), context)),
    constraints: table.constraints.map((it) => constraintOf(it, context)),
    indexes: table.indexes.map(indexOf),
    policies: table.policies.map((it) => policyOf(it, context)),
  };
}

/** What numbers rows, and what belongs to the key, is NOT NULL without being told. */
function columnOf(column: Column, ofKey: boolean, { name }: Context): Column {
  const { notNull, default: value, identity, type: given, ...rest } = column;
  const type = canonicalType(given, name);
  const serial = isSerial(type);
  return {
    ...rest,
    type,
    ...((notNull || ofKey || serial || identity) && { notNull: true }),
    ...(value !== undefined && value !== null && { default: value }),
    ...(identity && { identity: identityOf(identity, type) }),
  };
}

/** What numbers rows is NOT NULL by itself. */
export function isSerial({ kind }: ColumnType): boolean {
  return kind === "serial" || kind === "bigserial" || kind === "smallserial";
}

/** `identity` of a column of `type`, with what was chosen only. */
export function identityOf({ name, ...identity }: Identity, { kind }: ColumnType): Identity {
  const counts = kind === "smallint" || kind === "bigint" ? kind : "integer";
  return {
    ...identity,
    ...(name !== undefined && { name: truncated(name) }),
    options: chosen(identity.options, counts),
  };
}

/** `type` as `typeFrom` gives it for what the server calls it. */
export function canonicalType(type: ColumnType, name: (it: ObjectName) => ObjectName): ColumnType {
  if (type.kind === "enum") return { kind: "enum", name: name(type.name) };
  if (type.kind !== "array") return typeFrom(typeText(type));
  const of = canonicalType(type.of, name);
  if (of.kind !== "array") return { ...type, of };
  return { ...of, dimensions: of.dimensions + type.dimensions };
}

function constraintOf(constraint: Constraint, { name }: Context): Constraint {
  const named = { ...constraint, name: truncated(constraint.name) };
  switch (named.kind) {
    case "primaryKey":
    case "check":
      return named;
    case "unique": {
      const { nullsNotDistinct, ...rest } = named;
      return { ...rest, ...(nullsNotDistinct && { nullsNotDistinct }) };
    }
    case "foreignKey": {
      const { onDelete, onUpdate, ...rest } = named;
      return {
        ...rest,
        table: name(named.table),
        ...(onDelete && onDelete !== "no action" && { onDelete }),
        ...(onUpdate && onUpdate !== "no action" && { onUpdate }),
      };
    }
  }
}

function indexOf(index: Index): Index {
  const { unique, method, with: parameters, nullsNotDistinct, include, ...rest } = index;
  return {
    ...rest,
    name: truncated(index.name),
    columns: index.columns.map(indexColumn),
    ...(unique && { unique }),
    ...(method && method.toLowerCase() !== "btree" && { method: method.toLowerCase() }),
    ...(include && include.length > 0 && { include }),
    ...(nullsNotDistinct && { nullsNotDistinct }),
    ...parametersOf(parameters),
  };
}

/** NULLs come last unless told, and first where the order descends. */
function indexColumn({ order, nulls, ...rest }: IndexColumn): IndexColumn {
  const usual = order === "desc" ? "first" : "last";
  return {
    ...rest,
    ...(order === "desc" && { order }),
    ...(nulls && nulls !== usual && { nulls }),
  };
}

function parametersOf(parameters: Parameters | undefined): { readonly with?: Parameters } {
  const entries = Object.entries(parameters ?? {});
  if (entries.length === 0) return {};
  return { with: Object.fromEntries(entries.map(([key, it]) => [key, parameterValue(`${it}`)])) };
}

/** The server keeps who `current_user` was. */
function policyOf(policy: Policy, { users }: Context): Policy {
  const to = policy.to.map((it) => users[it.toLowerCase()] ?? it);
  return { ...policy, to: to.length > 0 ? [...new Set(to)].sort() : ["public"] };
}

function roleOf({ options, ...role }: Role): Role {
  const { login, createDb, createRole, inherit, bypassRowSecurity } = options;
  return {
    ...role,
    options: {
      ...(login && { login }),
      ...(createDb && { createDb }),
      ...(createRole && { createRole }),
      ...(inherit === false && { inherit }),
      ...(bypassRowSecurity && { bypassRowSecurity }),
    },
  };
}
