/** A wanted schema in the words of the current one. SQLite keeps every text as it was written: it is not asked. */
import type { ColumnType } from "../../model/column-type.ts";
import {
  type Check,
  type Column,
  type Constraint,
  type Index,
  type IndexColumn,
  isExpression,
  type ObjectName,
  type Schema,
  type SchemaTable,
} from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import type { Reader } from "../dialect.ts";
import { withoutClashes } from "../name-clashes.ts";
import type { Normalised } from "../reflection.ts";
import { canonicalTable } from "./normalise-canonical.ts";
import { isSurely } from "./normalise-quick.ts";
import { sameDefault, sameText } from "./normalise-text.ts";
import { typeText } from "./types.ts";
import { valueText } from "./write.ts";

/** `wanted` as `reflect` would say it, and with the texts of `current` wherever they say the same. */
export async function normalise(
  _reader: Reader,
  current: Schema,
  wanted: Schema,
): Promise<Normalised> {
  const desired = withoutClashes(current, wanted, {
    keysAreIndexes: false,
    tableName: (name) => name,
    partName: (name) => name,
  });
  const tables = new Map(current.tables.map((it) => [keyOf(it.name), it]));
  const views = new Map(current.views.map((it) => [keyOf(it.name), it]));
  const schema: Schema = {
    ...desired,
    tables: desired.tables.map((it) => normaliseTable(tables.get(keyOf(it.name)), it)),
    views: desired.views.map((it) => {
      const now = views.get(keyOf(it.name));
      return now ? alignView(now, it) : it;
    }),
  };
  return { schema, notes: [] };
}

/** A table that is as it is wanted is the same in both schemas. */
function normaliseTable(now: SchemaTable | undefined, wanted: SchemaTable): SchemaTable {
  if (now === undefined) return canonicalTable(wanted);
  return isSurely(now, wanted) ? now : alignTable(now, canonicalTable(wanted));
}

function keyOf(name: ObjectName): string {
  return typeof name === "string" ? name : JSON.stringify([name.schema, name.name]);
}

function alignTable(now: SchemaTable, wanted: SchemaTable): SchemaTable {
  const columns = new Map(now.columns.map((it) => [it.name, it]));
  const keyed = keyColumns(wanted);
  const keyedNow = keyColumns(now);
  return {
    ...wanted,
    columns: wanted.columns.map((it) => {
      const column = columns.get(it.name);
      // Of a table without rowids, and of a strict one, the key is never NULL, which Drizzle cannot know.
      const neverNull = (now.strict || now.withoutRowid) && keyed.has(it.name);
      if (!column) return it;
      const aligned = alignColumn(String(now.name), column, it);
      if (neverNull) return { ...aligned, notNull: true };
      return keyed.has(it.name) && keyedNow.has(it.name) ? withNotNullOf(column, aligned) : aligned;
    }),
    constraints: wanted.constraints.map((it) => alignConstraint(now, wanted, it)),
    indexes: wanted.indexes.map((it) => alignIndex(now, wanted, it)),
  };
}

function keyColumns({ constraints }: SchemaTable): ReadonlySet<string> {
  return new Set(constraints.flatMap((it) => (it.kind === "primaryKey" ? it.columns : [])));
}

/**
 * Whether a column of the key says NOT NULL does not count: Drizzle always says it, drizzle-kit 1.0 leaves it out, and it
 * would take a rebuild. https://www.sqlite.org/lang_createtable.html#the_primary_key
 */
function withNotNullOf({ notNull }: Column, { notNull: _, ...wanted }: Column): Column {
  return { ...wanted, ...(notNull && { notNull }) };
}

function alignColumn(table: string, now: Column, wanted: Column): Column {
  const { default: initial, generated } = now;
  const isDefault =
    wanted.default !== undefined &&
    isExpression(initial) &&
    sameDefault(valueText(wanted.default), initial.sql);
  const isGenerated =
    wanted.generated && generated && sameText(wanted.generated.as.sql, generated.as.sql, table);
  return {
    ...wanted,
    ...(sameType(now.type, wanted.type) && { type: now.type }),
    ...(isDefault && { default: initial }),
    ...(isGenerated && { generated: { ...wanted.generated, as: generated.as } }),
  };
}

function sameType(a: ColumnType, b: ColumnType): boolean {
  return a === b || sameText(typeText(a), typeText(b));
}

/** A check that has no namesake may have got another name. */
function alignConstraint(now: SchemaTable, wanted: SchemaTable, it: Constraint): Constraint {
  if (it.kind !== "check") return it;
  const checks = now.constraints.filter((other): other is Check => other.kind === "check");
  const named = checks.filter(({ name }) => name === it.name);
  const others = named.length > 0 ? named : free(checks, wanted.constraints);
  const same = others.find(({ expression }) =>
    sameText(it.expression.sql, expression.sql, String(now.name)),
  );
  return same ? { ...it, expression: same.expression } : it;
}

/** Those of `all` that are not wanted under their names. */
function free<It extends { readonly name: string }>(
  all: readonly It[],
  wanted: readonly { readonly name: string }[],
): readonly It[] {
  const names = new Set(wanted.map(({ name }) => name));
  return all.filter(({ name }) => !names.has(name));
}

function alignIndex(now: SchemaTable, wanted: SchemaTable, it: Index): Index {
  const named = now.indexes.filter(({ name }) => name === it.name);
  const others = named.length > 0 ? named : free(now.indexes, wanted.indexes);
  const same = others.find((other) => sameIndex(other, it, String(now.name)));
  if (!same) return it;
  return { ...it, columns: same.columns, ...(same.where && { where: same.where }) };
}

function sameIndex(a: Index, b: Index, table: string): boolean {
  const keys = a.columns.length === b.columns.length;
  const where = sameText(a.where?.sql ?? "", b.where?.sql ?? "", table);
  return keys && where && a.columns.every((it, at) => sameKey(it, b.columns[at], table));
}

function sameKey(a: IndexColumn, b: IndexColumn | undefined, table: string): boolean {
  if (b === undefined || a.order !== b.order || !sameCollation(a, b)) return false;
  if (typeof a.of === "string" || typeof b.of === "string") return a.of === b.of;
  return sameText(a.of.sql, b.of.sql, table);
}

function sameCollation(a: IndexColumn, b: IndexColumn): boolean {
  return keyOf(a.collation ?? "").toLowerCase() === keyOf(b.collation ?? "").toLowerCase();
}

function alignView(now: View, wanted: View): View {
  const columns = (now.columns ?? []).join("\0") === (wanted.columns ?? []).join("\0");
  const same = columns && sameText(wanted.definition.sql, now.definition.sql);
  return same ? { ...wanted, definition: now.definition } : wanted;
}
