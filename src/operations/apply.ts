/**
 * What a schema is after an operation, as PostgreSQL would have it; where only SQLite has a thing, as SQLite would. What is
 * changed or dropped has to be there. What is only referred to is not looked at: a schema may hold less than the database.
 * SQL is text here, so checks, predicates, generated columns and views stay as they are written when a name in them changes.
 */
import type { Schema } from "../model/schema.ts";
import type { Appliers } from "./apply/applier.ts";
import { commentAppliers } from "./apply/comments.ts";
import { enumAppliers } from "./apply/enums.ts";
import { indexAppliers } from "./apply/indexes.ts";
import { objectAppliers } from "./apply/objects.ts";
import { policyAppliers, roleAppliers } from "./apply/security.ts";
import { sequenceAppliers } from "./apply/sequences.ts";
import { tableAppliers } from "./apply/tables.ts";
import { viewAppliers } from "./apply/views.ts";
import type { Operation } from "./operation.ts";

export { emptySchema } from "../model/empty-schema.ts";

const unchanged = (schema: Schema): Schema => schema;

const appliers: Appliers<Operation> = {
  ...tableAppliers,
  ...indexAppliers,
  ...enumAppliers,
  ...objectAppliers,
  ...sequenceAppliers,
  ...viewAppliers,
  ...commentAppliers,
  ...roleAppliers,
  ...policyAppliers,
  insert: unchanged,
  execute: unchanged,
  run: unchanged,
};

/** `schema` after `operation`; an error of the catalogue where they do not fit together. */
export function apply(schema: Schema, operation: Operation): Schema {
  const applier = appliers[operation.kind] as (schema: Schema, operation: Operation) => Schema;
  return applier(schema, operation);
}
