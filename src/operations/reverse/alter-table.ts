/** The changes of a table, undone: the last one first, in one alterTable. */
import type { Schema } from "../../model/schema.ts";
import { findTable } from "../apply/applier.ts";
import { applyChange } from "../apply/changes.ts";
import { named } from "../apply/names.ts";
import { apply } from "../apply.ts";
import type { AlterTable } from "../kinds/tables.ts";
import type { Operation } from "../operation.ts";
import { reverseChange } from "./changes.ts";
import { regrant } from "./grants.ts";
import { createIndex } from "./indexes.ts";
import { by, type Reversal } from "./reversal.ts";

export function reverseAlterTable(operation: AlterTable, before: Schema, after: Schema): Reversal {
  const { table: on } = operation;
  const undone = steps(operation, before).map(({ change, was, is }) =>
    reverseChange(change, was, is, operation),
  );
  const changes = undone.toReversed().flatMap((it) => it.changes);
  const loses = undone.flatMap((it) => it.loses);
  const back: readonly Operation[] =
    changes.length === 0 ? [] : [{ kind: "alterTable", table: on, changes }];
  const reached = back.reduce(apply, after);
  return by(
    [...back, ...indexesAgain(operation, before, reached), ...regrant(before, reached)],
    loses,
  );
}

/** Each change, with the table before and after it. */
function steps(operation: AlterTable, before: Schema) {
  let schema = before;
  return operation.changes.map((change) => {
    const was = findTable(schema, operation.table, operation);
    schema = applyChange(schema, operation.table, change, operation);
    return { change, was, is: findTable(schema, operation.table, operation) };
  });
}

/** The indexes that went along with a column. They are of `before`, in whose names the table is again. */
function indexesAgain(
  operation: AlterTable,
  before: Schema,
  reached: Schema,
): readonly Operation[] {
  const indexes = (schema: Schema) => findTable(schema, operation.table, operation).indexes;
  const gone = indexes(before).filter((it) => !indexes(reached).some(named(it.name)));
  return gone.map((index) => createIndex(operation.table, index));
}
