/** One table against the one wanted: what is to change. `plan-table.ts` says when. */
import type { Rules } from "../../model/rules.ts";
import type { Index, ObjectName, SchemaTable } from "../../model/schema.ts";
import { type ColumnChanges, compareColumns } from "./columns.ts";
import { type ConstraintChanges, compareConstraints } from "./constraints.ts";
import { type Disturbance, disturbanceOf, disturbs, disturbsIndex } from "./disturbance.ts";
import { compareIndexes, type IndexChanges } from "./indexes.ts";
import { withoutTwins } from "./twins.ts";

export interface Comparison {
  readonly current: SchemaTable;
  readonly desired: SchemaTable;
  readonly columns: ColumnChanges;
  readonly constraints: ConstraintChanges;
  readonly indexes: IndexChanges;
  readonly disturbance: Disturbance;
}

export interface CompareOptions {
  readonly rules: Rules;
  /** The enums that are made anew. */
  readonly newEnums: readonly ObjectName[];
  /** Whether an index that nobody wants may go. */
  readonly mayGo: (index: Index) => boolean;
}

export function compareTable(
  current: SchemaTable,
  desired: SchemaTable,
  { rules, newEnums, mayGo }: CompareOptions,
): Comparison {
  const columns = compareColumns(current.columns, desired.columns, rules, newEnums);
  const disturbance = disturbanceOf(columns, newEnums, rules);
  const [from, to] = rules.uniqueIndexIsConstraint
    ? withoutTwins(current, desired)
    : [current, desired];
  const indexes = compareIndexes(from.indexes, to.indexes, (it) => disturbsIndex(disturbance, it));
  return {
    current,
    desired,
    columns,
    constraints: compareConstraints(from.constraints, to.constraints, (it) =>
      disturbs(disturbance, it),
    ),
    indexes: withoutUnmanaged(indexes, disturbance, mayGo),
    disturbance,
  };
}

/** What may not go stays; what would go along with a column that is only made anew is made anew, too. */
function withoutUnmanaged(
  { added, removed, renamed }: IndexChanges,
  disturbance: Disturbance,
  mayGo: (index: Index) => boolean,
): IndexChanges {
  const names = new Set(added.map(({ name }) => name));
  const stays = removed.filter((it) => !names.has(it.name) && !mayGo(it));
  const anew = stays.filter((it) => disturbsIndex(disturbance, it));
  return {
    added: [...added, ...anew],
    removed: removed.filter((it) => !stays.includes(it) || anew.includes(it)),
    renamed,
  };
}
