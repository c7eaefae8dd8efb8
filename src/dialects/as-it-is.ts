/**
 * A quick look at tables: of a thousand almost all are as the schema says, and those need not be put into the words of the
 * database and compared part by part. It says yes only where that comparison would find nothing; a no decides nothing.
 */
import type {
  Column,
  Constraint,
  Index,
  IndexColumn,
  ObjectName,
  SchemaTable,
} from "../model/schema.ts";

/** How a database has what a schema says. */
export interface Manner {
  readonly sameColumn: (now: Column, wanted: Column, inKey: boolean) => boolean;
  readonly sameCheck: (now: string, wanted: string) => boolean;
  /** What a table of the schema is called. */
  readonly tableName: (name: ObjectName) => ObjectName;
  /** What a constraint or an index is called. */
  readonly partName: (name: string) => string;
}

/** True for a table that is surely what is `wanted`. */
export function isAsItIs(now: SchemaTable, wanted: SchemaTable, manner: Manner): boolean {
  if (now.strict || now.withoutRowid || wanted.strict || wanted.withoutRowid) return false;
  if (now.policies.length + wanted.policies.length > 0) return false;
  if (now.rowSecurity.enabled !== wanted.rowSecurity.enabled) return false;
  const key = wanted.constraints.find(({ kind }) => kind === "primaryKey");
  const keyed = key?.kind === "primaryKey" ? key.columns : [];
  return (
    each(now.columns, wanted.columns, (a, b) => manner.sameColumn(a, b, keyed.includes(b.name))) &&
    each(now.indexes, wanted.indexes, (a, b) => isIndex(a, b, manner)) &&
    areConstraints(now.constraints, wanted.constraints, manner)
  );
}

function each<It>(now: readonly It[], wanted: readonly It[], same: (a: It, b: It) => boolean) {
  return (
    now.length === wanted.length &&
    now.every((it, at) => {
      const other = wanted[at];
      return other !== undefined && same(it, other);
    })
  );
}

/** False where something is said that this quick look knows nothing of. */
export function saysOnly(thing: object, members: ReadonlySet<string>): boolean {
  for (const member in thing) if (!members.has(member)) return false;
  return true;
}

const indexMembers = new Set<string>([
  "name",
  "derivedName",
  "columns",
  "unique",
  "comment",
] satisfies readonly (keyof Index)[]);
const indexColumnMembers = new Set<string>([
  "of",
  "order",
] satisfies readonly (keyof IndexColumn)[]);

function isIndex(now: Index, wanted: Index, { partName }: Manner): boolean {
  return (
    now.name === partName(wanted.name) &&
    Boolean(now.unique) === Boolean(wanted.unique) &&
    saysOnly(now, indexMembers) &&
    saysOnly(wanted, indexMembers) &&
    each(now.columns, wanted.columns, isIndexColumn)
  );
}

function isIndexColumn(now: IndexColumn, wanted: IndexColumn): boolean {
  return (
    typeof now.of === "string" &&
    now.of === wanted.of &&
    now.order === wanted.order &&
    saysOnly(now, indexColumnMembers) &&
    saysOnly(wanted, indexColumnMembers)
  );
}

/** Each of one list is one of the other; their order says nothing. */
function areConstraints(
  now: readonly Constraint[],
  wanted: readonly Constraint[],
  manner: Manner,
): boolean {
  if (now.length !== wanted.length) return false;
  const free = new Set(now);
  return wanted.every((it) => {
    for (const other of free) if (isConstraint(other, it, manner)) return free.delete(other);
    return false;
  });
}

function isConstraint(now: Constraint, wanted: Constraint, manner: Manner): boolean {
  const isNamed = now.derivedName || wanted.derivedName;
  return (
    now.kind === wanted.kind &&
    (isNamed || now.name === manner.partName(wanted.name)) &&
    demandsSame(now, wanted, manner)
  );
}

function demandsSame(now: Constraint, wanted: Constraint, manner: Manner): boolean {
  if (now.kind === "check" || wanted.kind === "check") {
    if (now.kind !== "check" || wanted.kind !== "check") return false;
    return manner.sameCheck(now.expression.sql, wanted.expression.sql);
  }
  if (!each(now.columns, wanted.columns, isSame)) return false;
  if (now.kind === "unique" && wanted.kind === "unique") {
    return Boolean(now.nullsNotDistinct) === Boolean(wanted.nullsNotDistinct);
  }
  if (now.kind !== "foreignKey" || wanted.kind !== "foreignKey") return now.kind === wanted.kind;
  return (
    isName(now.table, manner.tableName(wanted.table)) &&
    each(now.references, wanted.references, isSame) &&
    (now.onDelete ?? "no action") === (wanted.onDelete ?? "no action") &&
    (now.onUpdate ?? "no action") === (wanted.onUpdate ?? "no action")
  );
}

function isSame(a: string, b: string): boolean {
  return a === b;
}

function isName(a: ObjectName, b: ObjectName): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.schema === b.schema && a.name === b.name;
}
