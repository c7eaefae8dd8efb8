/** Refusing what TypeScript would have refused, for those who write JavaScript: types are gone when a revision runs. */
import { fail } from "../../errors.ts";
import type { ObjectName, Parameters } from "../../model/schema.ts";

/**
 * Refuse options that mig does not know: one that is not understood would otherwise leave a schema that nobody asked for.
 */
export function only(options: object, known: readonly string[], operation: string): void {
  const unknown = Object.keys(options).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const there = known.length > 0 ? `; there are ${known.join(", ")}` : "; it takes none";
  invalid(operation, `the option "${unknown}" is unknown${there}`);
}

export function invalid(operation: string, why: string): never {
  return fail("OPERATION_INVALID", { operation, why });
}

/** `value`, if it is one of `known`. */
export function oneOf<Value extends string>(
  value: unknown,
  known: readonly Value[],
  operation: string,
): Value {
  const found = known.find((it) => it === value);
  if (found !== undefined) return found;
  return invalid(operation, `${describeValue(value)} is none of ${known.join(", ")}`);
}

export function checkName(name: unknown, what: string): string {
  if (typeof name !== "string") invalid(`a ${what}`, `${describeValue(name)} is no name`);
  if (name === "") fail("NAME_INVALID", { name, why: "it is empty" });
  if (name.includes("\0")) fail("NAME_INVALID", { name, why: "it holds a NUL character" });
  // It would be written as another character.
  if (/\p{Surrogate}/u.test(name))
    fail("NAME_INVALID", { name, why: "it holds half of a surrogate pair" });
  return name;
}

export function checkNames(names: unknown, what: string, operation: string): readonly string[] {
  if (!Array.isArray(names) || names.length === 0)
    return invalid(operation, `it names no ${what}s`);
  return names.map((name) => checkName(name, what));
}

/** A name that may stand in a schema. */
export function checkObject(name: ObjectName, what: string): ObjectName {
  if (typeof name !== "object" || name === null) return checkName(name, what);
  checkName(name.schema, "schema");
  checkName(name.name, what);
  return name;
}

/** Storage parameters: an object in them would be written as nonsense. */
export function checkParameters(parameters: Parameters, operation: string): Parameters {
  for (const [name, value] of Object.entries(parameters)) {
    checkName(name, "parameter");
    if (["string", "number", "boolean"].includes(typeof value)) continue;
    invalid(operation, `the parameter ${name} cannot be ${describeValue(value)}`);
  }
  return parameters;
}

export function describeValue(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (typeof value === "bigint") return String(value);
  return JSON.stringify(value) ?? String(value);
}

/** Only the members that have a value: `exactOptionalPropertyTypes` tells absent from undefined. */
export function given<Members extends object>(
  members: Members,
): { [Key in keyof Members]: Exclude<Members[Key], undefined> } {
  const entries = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as {
    [Key in keyof Members]: Exclude<Members[Key], undefined>;
  };
}
