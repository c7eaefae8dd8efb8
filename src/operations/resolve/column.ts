/** From a column as it is written to the column of one database. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Column, Generated, ObjectName } from "../../model/schema.ts";
import type { Identity } from "../../model/sequence.ts";
import type { ColumnInput, GeneratedInput, IdentityInput, PerDialect } from "../columns.ts";
import type { ColumnChanges } from "../op.ts";
import type { ColumnAlteration } from "../operation.ts";
import { resolveSequence, sequenceMembers } from "../sequences.ts";
import { isSqlLike } from "../sql.ts";
import { checkName, checkObject, describeValue, given, invalid, oneOf, only } from "./names.ts";
import type { Values } from "./values.ts";

const members = [
  "notNull",
  "default",
  "identity",
  "autoIncrement",
  "generated",
  "collation",
  "comment",
] as const;

export function resolveColumn(input: ColumnInput, values: Values): Column {
  if (typeof input !== "object" || input === null || input.type?.kind === undefined) {
    const why = `${describeValue(input)} is no column; write t.text("name") and the like`;
    invalid("a column", why);
  }
  const { name, type, default: initial, generated, identity, collation, ...rest } = input;
  checkName(name, "column");
  const operation = `column ${name}`;
  only({ ...rest, generated, identity }, members, operation);
  checkType(operation, type);
  // A default of null says the same as none.
  const value = initial === undefined ? null : values.value(initial, `the default of ${name}`);
  const sorting = collation === undefined ? null : resolveCollation(collation, values, operation);
  const computed = generated === undefined ? null : resolveGenerated(generated, values, operation);
  return {
    name,
    type,
    ...rest,
    ...(value !== null && { default: value }),
    ...(identity !== undefined && { identity: resolveIdentity(identity, operation) }),
    ...(computed !== null && { generated: computed }),
    ...(sorting !== null && { collation: sorting }),
  };
}

export function resolveAlteration(changes: ColumnChanges, values: Values): ColumnAlteration {
  const operation = "alterColumn";
  only(changes, [...members, "type", "using", "backfill"], operation);
  if (Object.values(changes).every((it) => it === undefined))
    invalid(operation, "it changes nothing");
  const {
    type,
    default: initial,
    identity,
    generated,
    collation,
    using,
    backfill,
    ...rest
  } = changes;
  if (type !== undefined) checkType(operation, type);
  // null takes away; a per-dialect null has nothing to say.
  const computed = generated && (resolveGenerated(generated, values, operation) ?? undefined);
  const sorting = collation && (resolveCollation(collation, values, operation) ?? undefined);
  const usingText = using === undefined ? null : values.sql(using, "using");
  const fill = backfill === undefined ? null : values.sql(backfill, "backfill");
  return {
    ...given(rest),
    ...(type !== undefined && { type }),
    ...(initial !== undefined && { default: values.value(initial, "the default") }),
    ...(identity !== undefined && { identity: identity && resolveIdentity(identity, operation) }),
    ...(computed !== undefined && { generated: computed }),
    ...(sorting !== undefined && { collation: sorting }),
    ...(usingText !== null && { using: { sql: usingText } }),
    ...(fill !== null && { backfill: { sql: fill } }),
  };
}

function resolveIdentity(input: IdentityInput, operation: string): Identity {
  const kinds = ["always", "byDefault"] as const;
  if (typeof input === "string") return { generated: oneOf(input, kinds, operation), options: {} };
  if (typeof input !== "object" || input === null)
    return invalid(operation, "its identity is none");
  const { generated, name, ...options } = input;
  only(options, sequenceMembers, operation);
  if (name !== undefined) checkName(name, "sequence");
  return {
    generated: oneOf(generated, kinds, operation),
    ...(name !== undefined && { name }),
    options: resolveSequence(options, operation),
  };
}

function resolveGenerated(
  input: GeneratedInput,
  values: Values,
  operation: string,
): Generated | null {
  const { as, stored = true } = isSqlLike(input) ? { as: input } : input;
  if (!isSqlLike(input)) only(input, ["as", "stored"], operation);
  const text = values.sql(as, `${operation}, generated`);
  return text === null ? null : { as: { sql: text }, stored };
}

function resolveCollation(
  input: ObjectName | PerDialect<ObjectName>,
  values: Values,
  operation: string,
): ObjectName | null {
  const chosen = values.choose<ObjectName>(input, `${operation}, collation`);
  return chosen === null ? null : checkObject(chosen, "collation");
}

function checkType(operation: string, type: ColumnType): void {
  if (type.kind === "enum") checkObject(type.name, "enum");
  else if (type.kind === "array") checkArray(operation, type);
  else checkDetails(operation, type);
}

function checkDetails(operation: string, type: ColumnType): void {
  const { kind: _kind, ...details } = type;
  for (const [detail, value] of Object.entries(details)) {
    if (!fits(type, detail, value))
      invalid(operation, `${detail} cannot be ${describeValue(value)}`);
  }
}

function checkArray(operation: string, type: Extract<ColumnType, { kind: "array" }>): void {
  if (!Number.isInteger(type.dimensions) || type.dimensions < 1) {
    invalid(operation, `an array cannot have ${describeValue(type.dimensions)} dimensions`);
  }
  checkType(operation, type.of);
}

function fits(type: ColumnType, detail: string, value: unknown): boolean {
  if (detail === "timezone") return typeof value === "boolean";
  return type.kind === "raw" ? typeof value === "string" : Number.isInteger(value);
}
