/** The quick look at tables, as PostgreSQL has them. */
import type { ColumnType } from "../../model/column-type.ts";
import {
  type Column,
  isExpression,
  type ObjectName,
  type Schema,
  type SchemaTable,
} from "../../model/schema.ts";
import type { Identity } from "../../model/sequence.ts";
import { isAsItIs, saysOnly } from "../as-it-is.ts";
import { sameText } from "./expression.ts";
import { keyOf } from "./normalise-align.ts";
import { canonicalType, identityOf, isSerial, plainIn } from "./normalise-canonical.ts";
import { sameDefault } from "./normalise-defaults.ts";
import { plainName } from "./normalise-slots.ts";
import { truncated } from "./truncate.ts";
import { typeText } from "./types.ts";

/** By a wanted table the one that it is. A table that is as it is wanted is the same in both schemas. */
export type Settled = ReadonlyMap<SchemaTable, SchemaTable>;

export function settledTables(current: Schema, desired: Schema, defaultSchema: string): Settled {
  const tables = new Map(current.tables.map((it) => [keyOf(it.name), it]));
  const [plain, isSurely] = [plainIn(defaultSchema), surely(defaultSchema)];
  const settled = new Map<SchemaTable, SchemaTable>();
  for (const it of desired.tables) {
    const now = tables.get(keyOf(plain(it.name)));
    if (now && isSurely(now, it)) settled.set(it, now);
  }
  return settled;
}

/** All wanted tables in their order: those that are settled, and `others` in the place of the rest. */
export function merged(desired: Schema, settled: Settled, others: Schema): Schema {
  const rest = others.tables.values();
  const tables = desired.tables.map((it) => settled.get(it) ?? rest.next().value ?? it);
  return { ...others, tables };
}

/** Tells of a table that it is surely what is wanted, as the schema says it. */
function surely(defaultSchema: string): (now: SchemaTable, wanted: SchemaTable) => boolean {
  const tableName = plainIn(defaultSchema);
  const sameColumn = (now: Column, wanted: Column, inKey: boolean) =>
    isColumn(now, wanted, inKey, tableName);
  return (now, wanted) => {
    const schema = typeof now.name === "string" ? defaultSchema : now.name.schema;
    const owner = { schema, name: plainName(now.name) };
    const sameCheck = (a: string, b: string) => sameText(a, b, owner);
    return isAsItIs(now, wanted, { sameColumn, sameCheck, tableName, partName: truncated });
  };
}

const members = new Set<string>([
  "name",
  "type",
  "notNull",
  "default",
  "identity",
  "comment",
] satisfies readonly (keyof Column)[]);

function isColumn(
  now: Column,
  wanted: Column,
  inKey: boolean,
  name: (it: ObjectName) => ObjectName,
): boolean {
  if (now.name !== wanted.name || !saysOnly(now, members) || !saysOnly(wanted, members))
    return false;
  const type = canonicalType(wanted.type, name);
  const neverNull = wanted.notNull || inKey || wanted.identity !== undefined || isSerial(type);
  return (
    isType(now.type, type) &&
    Boolean(now.notNull) === Boolean(neverNull) &&
    isDefault(now, wanted) &&
    isIdentity(now.identity, wanted.identity, type)
  );
}

/** How many dimensions a list has is nothing that the server keeps to, and not for this look. */
function isType(now: ColumnType, wanted: ColumnType): boolean {
  return now === wanted || (now.kind === wanted.kind && typeText(now) === typeText(wanted));
}

function isDefault(now: Column, { default: wanted }: Column): boolean {
  if (wanted === undefined || wanted === null) return now.default === undefined;
  return isExpression(now.default) && sameDefault(wanted, now.default.sql, now.type);
}

/** With a name or other options than the usual ones, it is for the thorough comparison. */
function isIdentity(
  now: Identity | undefined,
  wanted: Identity | undefined,
  type: ColumnType,
): boolean {
  if (now === undefined || wanted === undefined) return now === wanted;
  const { name, options } = identityOf(wanted, type);
  if (name !== undefined) return false;
  const chosen = Object.keys(now.options).length + Object.keys(options).length;
  return chosen === 0 && now.generated === wanted.generated;
}
