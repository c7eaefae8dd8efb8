/**
 * Names that two things would have. What Drizzle names keeps the name that it has in the database, though its table or its
 * column was called otherwise once; but where something new is to have that name, it gets the one that it would have today.
 */
import type {
  Constraint,
  ForeignKey,
  Index,
  ObjectName,
  Schema,
  SchemaTable,
} from "../model/schema.ts";

/** How a database has names. */
export interface Names {
  /** Primary keys and uniques are called as their indexes are, and those are named within a schema. */
  readonly keysAreIndexes: boolean;
  /** What a table of the schema is called. */
  readonly tableName: (name: ObjectName) => ObjectName;
  /** What a constraint or an index is called. */
  readonly partName: (name: string) => string;
}

type Part = Constraint | Index;

/** `desired`, where what has to make way for a namesake has a name as if the project had chosen it. */
export function withoutClashes(current: Schema, desired: Schema, names: Names): Schema {
  const tables = new Map(current.tables.map((it) => [keyOf(it.name), it]));
  const pairs = desired.tables.map((wanted) => {
    const now = tables.get(keyOf(names.tableName(wanted.name)));
    return { wanted, now, parts: now ? partsOf(now) : [] };
  });
  const taken = new Set(
    pairs.flatMap(({ wanted, parts }) =>
      partsOf(wanted)
        .filter((it) => isNew(it, parts, names))
        .map((it) => placeOf(wanted, it, names.partName(it.name), names)),
    ),
  );
  if (taken.size === 0) return desired;
  const makesWay = (wanted: SchemaTable, part: Part, parts: readonly Part[]) => {
    const was = part.derivedName && parts.find((it) => saysSame(it, part, names));
    if (!was || was.derivedName || was.name === names.partName(part.name)) return false;
    return taken.has(placeOf(wanted, part, was.name, names));
  };
  return {
    ...desired,
    tables: pairs.map(({ wanted, parts }) => {
      const named = <It extends Part>(it: It): It =>
        makesWay(wanted, it, parts) ? { ...it, derivedName: false } : it;
      if (!partsOf(wanted).some((it) => makesWay(wanted, it, parts))) return wanted;
      const { constraints, indexes } = wanted;
      return { ...wanted, constraints: constraints.map(named), indexes: indexes.map(named) };
    }),
  };
}

function partsOf({ constraints, indexes }: SchemaTable): readonly Part[] {
  return [...constraints, ...indexes];
}

/** Whether `part` gets its name only now. */
function isNew(part: Part, parts: readonly Part[], names: Names): boolean {
  const namesake = parts.find((it) => it.name === names.partName(part.name));
  if (!part.derivedName) return namesake === undefined;
  if (namesake !== undefined && saysSame(namesake, part, names)) return false;
  return !parts.some((it) => saysSame(it, part, names));
}

/** A name, and within what it has to be the only one. */
function placeOf(table: SchemaTable, part: Part, name: string, names: Names): string {
  const inTable =
    "kind" in part &&
    (!names.keysAreIndexes || part.kind === "foreignKey" || part.kind === "check");
  if (inTable) return `constraint ${keyOf(names.tableName(table.name))} ${name}`;
  const { name: own } = table;
  return `index ${typeof own === "string" ? "" : own.schema} ${name}`;
}

/** As far as a name of Drizzle's may go on standing for it. */
function saysSame(now: Part, wanted: Part, names: Names): boolean {
  if (!("kind" in now) || !("kind" in wanted)) {
    return !("kind" in now) && !("kind" in wanted) && sameIndex(now, wanted);
  }
  if (now.kind !== wanted.kind || now.kind === "check" || wanted.kind === "check") return false;
  if (!sameNames(now.columns, wanted.columns)) return false;
  if (now.kind !== "foreignKey" || wanted.kind !== "foreignKey") return true;
  return sameEnd(now, wanted, names);
}

function sameIndex(now: Index, wanted: Index): boolean {
  const keys = ({ columns }: Index) =>
    columns.map(({ of }) => (typeof of === "string" ? of : of.sql));
  return Boolean(now.unique) === Boolean(wanted.unique) && sameNames(keys(now), keys(wanted));
}

function sameEnd(now: ForeignKey, wanted: ForeignKey, { tableName }: Names): boolean {
  return (
    keyOf(now.table) === keyOf(tableName(wanted.table)) &&
    sameNames(now.references, wanted.references)
  );
}

function sameNames(one: readonly string[], other: readonly string[]): boolean {
  return one.length === other.length && one.every((it, at) => it === other[at]);
}

function keyOf(name: ObjectName): string {
  return typeof name === "string" ? name : JSON.stringify([name.schema, name.name]);
}
