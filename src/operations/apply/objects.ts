/** A schema after its folders and extensions were made and changed. */
import type { Namespace, Schema } from "../../model/schema.ts";
import type { ExtensionOperation, NamespaceOperation } from "../kinds/objects.ts";
import type { Operation } from "../operation.ts";
import { type Appliers, find, mismatch } from "./applier.ts";
import { grantsWithout } from "./grants.ts";
import { without } from "./lists.ts";
import { localName, named, schemaOf } from "./names.ts";
import { mapNames } from "./references.ts";

export const objectAppliers: Appliers<NamespaceOperation | ExtensionOperation> = {
  createSchema: (schema, operation) => {
    const { namespace, ifNotExists } = operation;
    if (ifNotExists && schema.namespaces.some(named(namespace.name))) return schema;
    refuseNamespace(schema, namespace.name, operation);
    return { ...schema, namespaces: [...schema.namespaces, namespace] };
  },
  dropSchema: (schema, operation) => {
    const { name, ifExists } = operation;
    if (ifExists && !schema.namespaces.some(named(name))) return schema;
    const gone = findNamespace(schema, name, operation);
    const inside = contents(schema, name);
    if (inside !== undefined) mismatch(operation, `it is not empty: it holds "${inside}"`);
    const grants = grantsWithout(schema.grants, { schema: name });
    return { ...schema, namespaces: without(schema.namespaces, gone), grants };
  },
  renameSchema: (schema, operation) => {
    const { from, to } = operation;
    findNamespace(schema, from, operation);
    refuseNamespace(schema, to, operation);
    const object = <Name>(name: Name) =>
      typeof name === "object" && name !== null && "schema" in name && name.schema === from
        ? { ...name, schema: to }
        : name;
    const folder = (name: string) => (name === from ? to : name);
    const objects = { table: object, type: object, sequence: object, collation: object };
    return mapNames(schema, { ...objects, schema: folder });
  },
  createExtension: (schema, operation) => {
    const { extension, ifNotExists } = operation;
    const there = schema.extensions.some(named(extension.name));
    if (there && ifNotExists) return schema;
    if (there) mismatch(operation, `there is an extension "${extension.name}" already`);
    return { ...schema, extensions: [...schema.extensions, extension] };
  },
  dropExtension: (schema, operation) => {
    const { name, ifExists } = operation;
    if (ifExists && !schema.extensions.some(named(name))) return schema;
    const gone = find(schema.extensions, named(name), operation, `extension "${name}"`);
    return { ...schema, extensions: without(schema.extensions, gone) };
  },
};

export function findNamespace(schema: Schema, name: string, operation: Operation): Namespace {
  return find(schema.namespaces, named(name), operation, `schema "${name}"`);
}

function refuseNamespace(schema: Schema, name: string, operation: Operation): void {
  if (schema.namespaces.some(named(name)))
    mismatch(operation, `there is a schema "${name}" already`);
}

/** The name of something that is in the folder `name`. */
function contents(schema: Schema, name: string): string | undefined {
  const { enums, sequences, tables, views } = schema;
  const found = [...tables, ...views, ...sequences, ...enums].find(
    (it) => schemaOf(it.name) === name,
  );
  return found && localName(found.name);
}
