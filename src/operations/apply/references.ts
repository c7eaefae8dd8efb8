/**
 * Names, wherever they stand in a schema: on the objects themselves and on what refers to them. Expressions are text and
 * are left alone, though a database rewrites its own.
 */
import type { ColumnType } from "../../model/column-type.ts";
import type {
  Column,
  Constraint,
  Index,
  ObjectName,
  Schema,
  SchemaTable,
} from "../../model/schema.ts";
import type { Grant, GrantTarget, Policy } from "../../model/security.ts";

/** What becomes of each sort of name. */
export interface Renaming {
  /** Tables and views, which share their names. */
  readonly table: (name: ObjectName) => ObjectName;
  readonly type: (name: ObjectName) => ObjectName;
  readonly sequence: (name: ObjectName) => ObjectName;
  readonly collation: (name: ObjectName) => ObjectName;
  readonly schema: (name: string) => string;
  readonly role: (name: string) => string;
}

const same = <Name>(name: Name): Name => name;

const nothing: Renaming = {
  table: same,
  type: same,
  sequence: same,
  collation: same,
  schema: same,
  role: same,
};

export function mapNames(schema: Schema, change: Partial<Renaming>): Schema {
  const to = { ...nothing, ...change };
  return {
    namespaces: schema.namespaces.map((it) => ({ ...it, name: to.schema(it.name) })),
    extensions: schema.extensions.map((it) =>
      it.schema === undefined ? it : { ...it, schema: to.schema(it.schema) },
    ),
    roles: schema.roles.map((it) => ({ ...it, name: to.role(it.name) })),
    enums: schema.enums.map((it) => ({ ...it, name: to.type(it.name) })),
    sequences: schema.sequences.map((it) => ({ ...it, name: to.sequence(it.name) })),
    tables: schema.tables.map((it) => mapTable(it, to)),
    views: schema.views.map((it) => ({ ...it, name: to.table(it.name) })),
    grants: schema.grants.map((it) => mapGrant(it, to)),
  };
}

function mapTable(table: SchemaTable, to: Renaming): SchemaTable {
  return {
    ...table,
    name: to.table(table.name),
    columns: table.columns.map((it) => mapColumn(it, to)),
    constraints: table.constraints.map((it) => mapConstraint(it, to)),
    indexes: table.indexes.map((it) => mapIndex(it, to)),
    policies: table.policies.map((it) => mapPolicy(it, to)),
  };
}

function mapColumn(column: Column, to: Renaming): Column {
  return {
    ...column,
    type: mapType(column.type, to),
    ...(column.collation !== undefined && { collation: to.collation(column.collation) }),
  };
}

function mapType(type: ColumnType, to: Renaming): ColumnType {
  if (type.kind === "enum") return { ...type, name: to.type(type.name) };
  return type.kind === "array" ? { ...type, of: mapType(type.of, to) } : type;
}

function mapConstraint(constraint: Constraint, to: Renaming): Constraint {
  if (constraint.kind !== "foreignKey") return constraint;
  return { ...constraint, table: to.table(constraint.table) };
}

function mapIndex(index: Index, to: Renaming): Index {
  const columns = index.columns.map((it) =>
    it.collation === undefined ? it : { ...it, collation: to.collation(it.collation) },
  );
  return { ...index, columns };
}

function mapPolicy(policy: Policy, to: Renaming): Policy {
  return { ...policy, to: policy.to.map(to.role) };
}

function mapGrant(grant: Grant, to: Renaming): Grant {
  return { ...grant, on: mapTarget(grant.on, to), to: grant.to.map(to.role) };
}

function mapTarget(on: GrantTarget, to: Renaming): GrantTarget {
  if ("table" in on) return { ...on, table: to.table(on.table) };
  if ("sequence" in on) return { sequence: to.sequence(on.sequence) };
  return "type" in on ? { type: to.type(on.type) } : { schema: to.schema(on.schema) };
}
