/** Tables, with what only PostgreSQL has. */
import type { Column, Constraint, SchemaTable } from "../../model/schema.ts";
import { sameColumns } from "../keys.ts";
import { byName } from "../order.ts";
import type { Declared } from "../place.ts";
import type { Reading, TableSource } from "../reading.ts";
import { readColumns, readConstraints } from "../tables.ts";
import type { PgCore, PgPolicy, PgTableConfig } from "./core.ts";
import { readPgIndexes } from "./indexes.ts";
import { readPolicies } from "./policies.ts";
import { readIdentity } from "./sequences.ts";

export function readTable(
  source: TableSource<PgTableConfig>,
  exported: readonly Declared<PgPolicy>[],
  reading: Reading<PgCore>,
): SchemaTable {
  const constraints = withoutRepeats(readConstraints(source, reading));
  const policies = readPolicies(source, exported, reading);
  return {
    name: reading.speller.objectName(source.place.value),
    columns: withKey(withIdentity(readColumns(source, reading), source), constraints),
    constraints,
    indexes: byName(readPgIndexes(source, reading)),
    policies,
    // As drizzle-kit has it: a policy without row security would protect nothing.
    rowSecurity: { enabled: source.config.enableRLS || policies.length > 0, forced: false },
  };
}

function withIdentity(
  columns: readonly Column[],
  { config }: TableSource<PgTableConfig>,
): readonly Column[] {
  return columns.map((column, at) => {
    const source = config.columns[at];
    const identity = source && readIdentity(source);
    return identity ? { ...column, identity } : column;
  });
}

/** The columns of a key are NOT NULL, whether or not the schema says so. */
function withKey(
  columns: readonly Column[],
  constraints: readonly Constraint[],
): readonly Column[] {
  const key = constraints.find((it) => it.kind === "primaryKey")?.columns ?? [];
  return columns.map((column) =>
    key.includes(column.name) ? { ...column, notNull: true } : column,
  );
}

/**
 * CREATE TABLE leaves out, without a word, a unique of the columns of the key or of another unique; so it is none here, where
 * it would be missing for ever.
 */
function withoutRepeats(constraints: readonly Constraint[]): readonly Constraint[] {
  return constraints.filter((it, at) => {
    if (it.kind !== "unique") return true;
    return !constraints.some((other, place) => {
      if (other.kind === "primaryKey") return sameColumns(other, it);
      const isAlike = other.kind === "unique" && sameColumns(other, it) && place !== at;
      if (!isAlike || other.nullsNotDistinct !== it.nullsNotDistinct) return false;
      // The one that the schema names stays, else the first.
      const [mine, its] = [it.derivedName ?? false, other.derivedName ?? false];
      return mine === its ? place < at : mine;
    });
  });
}
