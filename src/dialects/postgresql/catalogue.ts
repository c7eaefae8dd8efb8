/** What the server's catalogue says about one thing, as conditions of SQL. */
import type { ObjectName, TableName } from "../../model/schema.ts";
import { qualified, string, table } from "./write.ts";

/** A table, an index, a sequence or a view is there. */
export function exists(name: ObjectName): string {
  return `to_regclass(${string(qualified(name))}) IS NOT NULL`;
}

export function hasType(name: ObjectName): string {
  return `to_regtype(${string(qualified(name))}) IS NOT NULL`;
}

export function hasLabel(name: ObjectName, label: string): string {
  return `EXISTS (SELECT FROM pg_enum WHERE enumtypid = ${typeOf(name)} AND enumlabel = ${string(label)})`;
}

/** A schema, an extension or a role is there. */
export function hasNamed(
  where: "pg_namespace.nspname" | "pg_extension.extname" | "pg_roles.rolname",
  name: string,
): string {
  return `EXISTS (SELECT FROM ${where.split(".")[0]} WHERE ${where} = ${string(name)})`;
}

export function hasColumn(on: TableName, name: string): string {
  return `EXISTS (SELECT FROM pg_attribute WHERE ${column(on, name)})`;
}

/** The column is of the enum, or of arrays of it. */
export function hasColumnOfEnum(on: TableName, name: string, type: ObjectName): string {
  const types = `SELECT unnest(ARRAY[oid, typarray]) FROM pg_type WHERE oid = ${typeOf(type)}`;
  return `EXISTS (SELECT FROM pg_attribute WHERE ${column(on, name)} AND atttypid IN (${types}))`;
}

export function hasConstraint(on: TableName, name: string): string {
  return `EXISTS (SELECT FROM pg_constraint WHERE conrelid = ${relationOf(on)} AND conname = ${string(name)})`;
}

export function hasPolicy(on: TableName, name: string): string {
  return `EXISTS (SELECT FROM pg_policy WHERE polrelid = ${relationOf(on)} AND polname = ${string(name)})`;
}

function column(on: TableName, name: string): string {
  return `attrelid = ${relationOf(on)} AND attname = ${string(name)} AND NOT attisdropped`;
}

function relationOf(name: TableName): string {
  return `to_regclass(${string(table(name))})`;
}

function typeOf(name: ObjectName): string {
  return `to_regtype(${string(qualified(name))})`;
}
