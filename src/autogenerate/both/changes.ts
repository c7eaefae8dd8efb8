/** Changes of a table that both databases have: side by side, in one batch. */
import type { Rules } from "../../model/rules.ts";
import type { AddColumn, AlterTable, TableChange } from "../../operations/kinds/tables.ts";
import { same } from "../compare/pair.ts";
import type { Call } from "../render/code.ts";
import {
  batchAlterTable,
  batchOptions,
  change,
  inBatch,
  onTable,
  parameterName,
} from "../render/tables.ts";
import { type Aligned, align } from "./align.ts";
import { bodyOf, type Part } from "./apart.ts";
import { type Both, each } from "./both.ts";
import { mergeCalls } from "./calls.ts";
import { portableType } from "./portable.ts";
import { mergeColumns, mergeConstraints } from "./tables.ts";

/** One call for both; null where they have nothing in common. */
export function mergeChanges(both: Both<AlterTable>, rules: Both<Rules>): Call | null {
  const { table } = both.postgresql;
  const options = each(both, batchOptions);
  if (!same(table, both.sqlite.table) || !same(options.postgresql, options.sqlite)) return null;
  const changes = align(
    each(both, (it) => it.changes),
    {
      key: keyOf,
      merge: (pair) => mergeChange(pair, rules),
    },
  );
  if (!changes.some(({ of }) => of === "both")) return null;
  const [only, ...more] = changes;
  if (only?.of === "both" && more.length === 0 && options.postgresql.members.length === 0)
    return onTable(table, only.merged);
  const parameter = parameterName(table);
  const parts = changes.map((it) => partOf(parameter, it));
  return batchAlterTable(table, bodyOf(parts, parameter), options.postgresql);
}

function keyOf(it: TableChange): string {
  switch (it.kind) {
    case "addColumn":
      return `${it.kind} ${it.column.name}`;
    case "addConstraint":
      return `${it.kind} ${it.constraint.kind} ${it.constraint.name}`;
    case "renameColumn":
    case "renameConstraint":
      return `${it.kind} ${it.from}`;
    default:
      return `${it.kind} ${it.name}`;
  }
}

function mergeChange({ postgresql, sqlite }: Both<TableChange>, rules: Both<Rules>): Call | null {
  if (postgresql.kind === "addColumn" && sqlite.kind === "addColumn")
    return mergeAdditions({ postgresql, sqlite }, rules);
  if (postgresql.kind === "addConstraint" && sqlite.kind === "addConstraint") {
    const constraints = { postgresql: postgresql.constraint, sqlite: sqlite.constraint };
    return { call: postgresql.kind, args: [mergeConstraints(constraints)] };
  }
  return mergeCalls(each(portable({ postgresql, sqlite }, rules), change));
}

/** Both add the column; what stands behind it has to go together. */
function mergeAdditions(both: Both<AddColumn>, rules: Both<Rules>): Call | null {
  const column = mergeColumns(
    each(both, (it) => it.column),
    false,
    rules,
  );
  const said = each(
    both,
    (it): Call => ({ call: it.kind, args: [column, ...change(it).args.slice(1)] }),
  );
  return mergeCalls(said);
}

/** A new type of both in the same words. */
function portable(
  { postgresql, sqlite }: Both<TableChange>,
  rules: Both<Rules>,
): Both<TableChange> {
  if (postgresql.kind !== "alterColumn" || sqlite.kind !== "alterColumn")
    return { postgresql, sqlite };
  const [one, other] = [postgresql.to.type, sqlite.to.type];
  const type = one && other && portableType({ postgresql: one, sqlite: other }, rules);
  if (!type) return { postgresql, sqlite };
  return {
    postgresql: { ...postgresql, to: { ...postgresql.to, type } },
    sqlite: { ...sqlite, to: { ...sqlite.to, type } },
  };
}

function partOf(parameter: string, it: Aligned<TableChange, Call>): Part {
  const call = it.of === "both" ? it.merged : change(it.item);
  return { of: it.of, lines: [inBatch(parameter, call)] };
}
