/** Enums, sequences, schemas, extensions and roles. */
import type { Enum, Extension, Namespace } from "../../../model/schema.ts";
import type { Role } from "../../../model/security.ts";
import type { Sequence } from "../../../model/sequence.ts";
import type { CommentOf } from "./comments.ts";
import { byName, type Names } from "./names.ts";
import type { RoleRow } from "./object-questions.ts";
import type { Catalogue } from "./read.ts";
import { nextOf, optionsOf } from "./sequences.ts";

export function enumsOf({ enums }: Catalogue, commentOf: CommentOf, names: Names): readonly Enum[] {
  return enums
    .filter(({ schema, name }) => !names.leavesOut(schema, name))
    .map((row) => ({
      name: names.of(row.schema, row.name),
      values: row.values,
      ...commentOf("pg_type", row.id),
    }))
    .sort(byName);
}

/** The sequences that stand by themselves: not those of identity and serial columns. */
export function sequencesOf(
  { sequences, defaults }: Catalogue,
  commentOf: CommentOf,
  names: Names,
): readonly Sequence[] {
  const used = new Set(defaults.map(({ table, column, sql }) => `${table} ${column} ${sql}`));
  const isSerial = (row: Catalogue["sequences"][number]) =>
    row.bond === "a" && used.has(`${row.table} ${row.column} ${nextOf(row)}`);
  return sequences
    .filter((row) => row.bond !== "i" && !isSerial(row) && !names.leavesOut(row.schema, row.name))
    .map((row) => ({
      name: names.of(row.schema, row.name),
      ...(row.type !== "bigint" && { type: row.type }),
      options: optionsOf(row),
      ...commentOf("pg_class", row.id),
    }))
    .sort(byName);
}

/** The schemas that were asked for, besides the default one, which is always there. */
export function namespacesOf(
  { namespaces }: Catalogue,
  defaultSchema: string,
): readonly Namespace[] {
  return namespaces
    .filter(({ name }) => name !== defaultSchema)
    .map(({ name, comment }) => ({ name, ...(comment !== null && { comment }) }))
    .sort(byName);
}

export function extensionsOf(
  { extensions }: Catalogue,
  defaultSchema: string,
): readonly Extension[] {
  return extensions
    .map(({ name, schema, version }) => ({
      name,
      ...(schema !== defaultSchema && { schema }),
      version,
    }))
    .sort(byName);
}

export function rolesOf({ roles }: Catalogue): readonly Role[] {
  return roles.map(roleOf).sort(byName);
}

/** Only what is not as CREATE ROLE has it when nothing is said. */
function roleOf(row: RoleRow): Role {
  return {
    name: row.name,
    options: {
      ...(row.login && { login: true }),
      ...(row.createDb && { createDb: true }),
      ...(row.createRole && { createRole: true }),
      ...(!row.inherit && { inherit: false }),
      ...(row.bypass && { bypassRowSecurity: true }),
    },
    ...(row.comment !== null && { comment: row.comment }),
  };
}
