/** A schema after something was given a comment, or lost it; and the comment that it has. */
import { displayName, type ObjectName, type Schema, type SchemaTable } from "../../model/schema.ts";
import type { CommentOperation, CommentTarget } from "../kinds/objects.ts";
import { type Appliers, find, findNamed, findTable } from "./applier.ts";
import { findColumn } from "./columns.ts";
import { findConstraint } from "./constraints.ts";
import { replaced } from "./lists.ts";
import { named } from "./names.ts";

interface Commented {
  readonly comment?: string;
}

export const commentAppliers: Appliers<CommentOperation> = {
  comment: (schema, operation) =>
    change(schema, operation.on, operation, (it) => commented(it, operation.text)),
};

/** What is said of the thing that `operation` is about; null for nothing. */
export function commentOf(schema: Schema, operation: CommentOperation): string | null {
  let comment: string | null = null;
  change(schema, operation.on, operation, (it) => {
    comment = it.comment ?? null;
    return it;
  });
  return comment;
}

/** An empty comment is none, on the server too. */
function commented<Item extends Commented>(item: Item, text: string | null): Item {
  const { comment: _comment, ...rest } = item;
  return (text ? { ...rest, comment: text } : rest) as Item;
}

type Change = <Item extends Commented>(item: Item) => Item;

function change(
  schema: Schema,
  on: CommentTarget,
  operation: CommentOperation,
  to: Change,
): Schema {
  const inList = <Item extends Commented & { readonly name: ObjectName }>(
    list: readonly Item[],
    name: ObjectName,
    what: string,
  ) => {
    const item = findNamed(list, name, operation, `${what} "${displayName(name)}"`);
    return replaced(list, item, to(item));
  };
  if ("table" in on) {
    const table = findTable(schema, on.table, operation);
    return { ...schema, tables: replaced(schema.tables, table, inTable(table, on, operation, to)) };
  }
  if ("view" in on) return { ...schema, views: inList(schema.views, on.view, "view") };
  if ("enum" in on) return { ...schema, enums: inList(schema.enums, on.enum, "enum") };
  if ("sequence" in on) {
    return { ...schema, sequences: inList(schema.sequences, on.sequence, "sequence") };
  }
  if ("schema" in on) {
    return { ...schema, namespaces: inList(schema.namespaces, on.schema, "schema") };
  }
  if ("extension" in on) {
    return { ...schema, extensions: inList(schema.extensions, on.extension, "extension") };
  }
  return { ...schema, roles: inList(schema.roles, on.role, "role") };
}

function inTable(
  table: SchemaTable,
  on: Extract<CommentTarget, { readonly table: ObjectName }>,
  operation: CommentOperation,
  to: Change,
): SchemaTable {
  if ("column" in on) {
    const column = findColumn(table, on.column, operation);
    return { ...table, columns: replaced(table.columns, column, to(column)) };
  }
  if ("constraint" in on) {
    const constraint = findConstraint(table, on.constraint);
    return { ...table, constraints: replaced(table.constraints, constraint, to(constraint)) };
  }
  if ("index" in on) {
    const index = find(table.indexes, named(on.index), operation, `index "${on.index}"`);
    return { ...table, indexes: replaced(table.indexes, index, to(index)) };
  }
  if ("policy" in on) {
    const policy = find(table.policies, named(on.policy), operation, `policy "${on.policy}"`);
    return { ...table, policies: replaced(table.policies, policy, to(policy)) };
  }
  return to(table);
}
