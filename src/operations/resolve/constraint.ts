/** From a constraint as it is written to the constraint of one database. */
import type { Constraint } from "../../model/schema.ts";
import type { ConstraintInput } from "../constraints.ts";
import {
  checkName,
  checkNames,
  checkObject,
  describeValue,
  invalid,
  oneOf,
  only,
} from "./names.ts";
import type { Values } from "./values.ts";

const members: Readonly<Record<ConstraintInput["kind"], readonly string[]>> = {
  primaryKey: ["columns", "include", "deferrable", "comment"],
  unique: ["columns", "include", "nullsNotDistinct", "deferrable", "comment"],
  foreignKey: [
    "columns",
    "table",
    "references",
    "onDelete",
    "onUpdate",
    "deferrable",
    "notValid",
    "comment",
  ],
  check: ["expression", "notValid", "comment"],
};

const actions = ["cascade", "restrict", "no action", "set null", "set default"] as const;

export function resolveConstraint(input: ConstraintInput, values: Values): Constraint {
  const known = members[input?.kind];
  if (known === undefined) {
    const why = `${describeValue(input)} is no constraint; write unique("name", ["column"]) and the like`;
    invalid("a constraint", why);
  }
  checkName(input.name, input.kind);
  const { kind: _kind, name: _name, ...rest } = input;
  const operation = `${input.kind} ${input.name}`;
  only(rest, known, operation);
  if (input.kind !== "check") return checkMembers(input, operation);
  const text = values.sql(input.expression, `check ${input.name}`);
  // A check that one database does not have is one that always holds there.
  return { ...input, expression: { sql: text ?? "1 = 1" } };
}

function checkMembers<Input extends Exclude<ConstraintInput, { kind: "check" }>>(
  input: Input,
  operation: string,
): Input {
  checkNames(input.columns, "column", operation);
  if (input.deferrable !== undefined) oneOf(input.deferrable, ["immediate", "deferred"], operation);
  if (input.kind === "foreignKey") checkReference(input, operation);
  else if (input.include !== undefined) checkNames(input.include, "column", operation);
  return input;
}

function checkReference(
  input: Extract<ConstraintInput, { kind: "foreignKey" }>,
  operation: string,
): void {
  checkObject(input.table, "table");
  checkNames(input.references, "column", operation);
  for (const action of [input.onDelete, input.onUpdate]) {
    if (action !== undefined) oneOf(action, actions, operation);
  }
  const [from, to] = [input.columns.length, input.references.length];
  if (from !== to) invalid(operation, `${from} columns cannot refer to ${to}`);
}
