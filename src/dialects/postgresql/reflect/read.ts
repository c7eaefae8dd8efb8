/** All that the catalogue says of some schemas, in one trip. */
import type { Reader } from "../../dialect.ts";
import { string } from "../write.ts";
import * as objects from "./object-questions.ts";
import { type Answered, ask } from "./question.ts";
import * as tables from "./table-questions.ts";

/** What one row of each answer is. */
export interface Rows {
  readonly relations: objects.RelationRow;
  readonly columns: tables.ColumnRow;
  readonly types: tables.TypeRow;
  readonly defaults: tables.DefaultRow;
  readonly constraints: tables.ConstraintRow;
  readonly indexes: tables.IndexRow;
  readonly operatorClasses: tables.OperatorClassRow;
  readonly policies: tables.PolicyRow;
  readonly sequences: objects.SequenceRow;
  readonly enums: objects.EnumRow;
  readonly namespaces: objects.NamespaceRow;
  readonly extensions: objects.ExtensionRow;
  readonly roles: objects.RoleRow;
  readonly comments: objects.CommentRow;
  readonly viewUses: objects.ViewUseRow;
  readonly strangers: objects.StrangerRow;
}

export type Catalogue = Answered<Rows>;

interface Reading {
  readonly version: number;
  readonly schemas: readonly string[];
  readonly roles: boolean;
}

/** Ask for everything in `schemas` that is neither an extension's nor a partition. */
export function readCatalogue(
  reader: Reader,
  { version, schemas, roles }: Reading,
): Promise<Catalogue> {
  const names = schemas.map(string).join(", ");
  return ask<Rows>(reader, withs(names), {
    relations: objects.relations,
    columns: tables.columns,
    types: tables.types,
    defaults: tables.defaults,
    constraints: tables.constraints(version),
    indexes: tables.indexes(version),
    operatorClasses: tables.operatorClasses,
    policies: tables.policies,
    sequences: objects.sequences,
    enums: objects.enums,
    namespaces: objects.namespaces,
    extensions: objects.extensions,
    roles: objects.roles(roles),
    comments: objects.comments,
    viewUses: objects.viewUses,
    strangers: objects.strangers,
  });
}

/** `stored`: the relations that have columns and constraints of their own, and materialized views, which have indexes. */
function withs(names: string): string {
  return `WITH place AS MATERIALIZED (SELECT oid, nspname FROM pg_namespace WHERE nspname = ANY (ARRAY[${names}]::text[])),
rel AS MATERIALIZED (
  SELECT pg_class.oid, nspname, relname, relkind, relpersistence, reloptions, relam, reltablespace, reloftype,
    relrowsecurity, relforcerowsecurity, relispopulated
  FROM pg_class JOIN place ON place.oid = relnamespace
  WHERE relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND NOT relispartition AND ${objects.isOwn("pg_class")}),
stored AS MATERIALIZED (SELECT oid FROM rel WHERE relkind IN ('r', 'p', 'm'))`;
}
