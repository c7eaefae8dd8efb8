/** Names of objects, compared exactly. One in the default schema is a plain string. */
import type { ObjectName } from "../../model/schema.ts";

/** The default schema, where an operation has to name it. */
export const defaultSchema = "public";

export function sameName(one: ObjectName, other: ObjectName): boolean {
  if (typeof one === "string" || typeof other === "string") return one === other;
  return one.schema === other.schema && one.name === other.name;
}

/** True for what bears `name`: a predicate for lists. */
export function named(name: ObjectName): (it: { readonly name: ObjectName }) => boolean {
  return (it) => sameName(it.name, name);
}

/** The name without its schema. */
export function localName(name: ObjectName): string {
  return typeof name === "string" ? name : name.name;
}

/** The schema that `name` gives; undefined for the default one. */
export function schemaOf(name: ObjectName): string | undefined {
  return typeof name === "string" ? undefined : name.schema;
}

/** `name`, in the same schema, as `to`. */
export function renamed(name: ObjectName, to: string): ObjectName {
  return typeof name === "string" ? to : { schema: name.schema, name: to };
}

/** `name` in the schema `schema`. */
export function moved(name: ObjectName, schema: string): ObjectName {
  const local = localName(name);
  return schema === defaultSchema ? local : { schema, name: local };
}
