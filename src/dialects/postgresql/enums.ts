/** Enums. https://www.postgresql.org/docs/current/sql-altertype.html */
import { fail } from "../../errors.ts";
import { displayName, type ObjectName } from "../../model/schema.ts";
import type { EnumOperation, EnumPlace } from "../../operations/kinds/enums.ts";
import { alterEnum } from "./alter-enum.ts";
import { comments } from "./comments.ts";
import { nameLimit, qualified, quote, string, words } from "./write.ts";

export function enumStatements(operation: EnumOperation): readonly string[] {
  switch (operation.kind) {
    case "createEnum": {
      const { name, values, comment } = operation.enum;
      return [createEnum(name, values), ...comments([{ enum: name }, comment])];
    }
    case "dropEnum":
      return [words("DROP TYPE", operation.ifExists && "IF EXISTS", qualified(operation.name))];
    case "renameEnum":
      return [`ALTER TYPE ${qualified(operation.from)} RENAME TO ${quote(operation.to)}`];
    case "addEnumValue":
      return [addValue(operation)];
    case "renameEnumValue": {
      const { name, from, to } = operation;
      return [`ALTER TYPE ${qualified(name)} RENAME VALUE ${string(from)} TO ${label(name, to)}`];
    }
    case "alterEnum":
      return alterEnum(operation, createEnum(operation.name, operation.values));
  }
}

function createEnum(name: ObjectName, values: readonly string[]): string {
  const labels = values.map((value) => label(name, value));
  return `CREATE TYPE ${qualified(name)} AS ENUM (${labels.join(", ")})`;
}

function addValue(operation: Extract<EnumOperation, { kind: "addEnumValue" }>): string {
  const { name, value, place, ifNotExists } = operation;
  return words(
    `ALTER TYPE ${qualified(name)} ADD VALUE`,
    ifNotExists && "IF NOT EXISTS",
    label(name, value),
    place && placeText(place),
  );
}

function placeText(place: EnumPlace): string {
  return "before" in place ? `BEFORE ${string(place.before)}` : `AFTER ${string(place.after)}`;
}

function label(name: ObjectName, value: string): string {
  const bytes = Buffer.byteLength(value);
  if (bytes > nameLimit) {
    const why = `the value ${JSON.stringify(value)} has ${bytes} bytes, and PostgreSQL takes ${nameLimit}`;
    fail("OPERATION_INVALID", { operation: `enum ${displayName(name)}`, why });
  }
  return string(value);
}
