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
import { mapped } from "./lists.ts";

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

/** What does not change stays the same object. */
export function mapNames(schema: Schema, change: Partial<Renaming>): Schema {
  const to = { ...nothing, ...change };
  return {
    namespaces: mapped(schema.namespaces, (it) => having(it, { name: to.schema(it.name) })),
    extensions: mapped(schema.extensions, (it) =>
      it.schema === undefined ? it : having(it, { schema: to.schema(it.schema) }),
    ),
    roles: mapped(schema.roles, (it) => having(it, { name: to.role(it.name) })),
    enums: mapped(schema.enums, (it) => having(it, { name: to.type(it.name) })),
    sequences: mapped(schema.sequences, (it) => having(it, { name: to.sequence(it.name) })),
    tables: mapped(schema.tables, (it) => mapTable(it, to)),
    views: mapped(schema.views, (it) => having(it, { name: to.table(it.name) })),
    grants: schema.grants.map((it) => mapGrant(it, to)),
  };
}

/** `item` with `members`; itself where it has just these. */
function having<Item extends object>(item: Item, members: Partial<Item>): Item {
  const names = Object.keys(members) as (keyof Item)[];
  return names.every((name) => item[name] === members[name]) ? item : { ...item, ...members };
}

function mapTable(table: SchemaTable, to: Renaming): SchemaTable {
  return having(table, {
    name: to.table(table.name),
    columns: mapped(table.columns, (it) => mapColumn(it, to)),
    constraints: mapped(table.constraints, (it) => mapConstraint(it, to)),
    indexes: mapped(table.indexes, (it) => mapIndex(it, to)),
    policies: mapped(table.policies, (it) => mapPolicy(it, to)),
  });
}

function mapColumn(column: Column, to: Renaming): Column {
  return having(column, {
    type: mapType(column.type, to),
    ...(column.collation !== undefined && { collation: to.collation(column.collation) }),
  });
}

function mapType(type: ColumnType, to: Renaming): ColumnType {
  if (type.kind === "enum") return having(type, { name: to.type(type.name) });
  return type.kind === "array" ? having(type, { of: mapType(type.of, to) }) : type;
}

function mapConstraint(constraint: Constraint, to: Renaming): Constraint {
  if (constraint.kind !== "foreignKey") return constraint;
  return having(constraint, { table: to.table(constraint.table) });
}

function mapIndex(index: Index, to: Renaming): Index {
  if (index.columns.every(({ collation }) => collation === undefined)) return index;
  const columns = index.columns.map((it) =>
    it.collation === undefined ? it : { ...it, collation: to.collation(it.collation) },
  );
  return { ...index, columns };
}

function mapPolicy(policy: Policy, to: Renaming): Policy {
  const renames = policy.to.some((role) => to.role(role) !== role);
  return renames ? { ...policy, to: policy.to.map(to.role) } : policy;
}

function mapGrant(grant: Grant, to: Renaming): Grant {
  return { ...grant, on: mapTarget(grant.on, to), to: grant.to.map(to.role) };
}

function mapTarget(on: GrantTarget, to: Renaming): GrantTarget {
  if ("table" in on) return { ...on, table: to.table(on.table) };
  if ("sequence" in on) return { sequence: to.sequence(on.sequence) };
  return "type" in on ? { type: to.type(on.type) } : { schema: to.schema(on.schema) };
}
