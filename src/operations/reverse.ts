/** The operations that undo an operation. */
import type { Schema } from "../model/schema.ts";
import { apply } from "./apply.ts";
import type { Operation } from "./operation.ts";
import { dataReversers } from "./reverse/data.ts";
import { enumReversers } from "./reverse/enums.ts";
import { indexReversers } from "./reverse/indexes.ts";
import { objectReversers, viewReversers } from "./reverse/objects.ts";
import { by, type Reversal, type Reversers } from "./reverse/reversal.ts";
import { policyReversers, roleReversers } from "./reverse/security.ts";
import { tableReversers } from "./reverse/tables.ts";

export type { Reversal } from "./reverse/reversal.ts";

const reversers: Reversers<Operation> = {
  ...tableReversers,
  ...indexReversers,
  ...enumReversers,
  ...objectReversers,
  ...viewReversers,
  ...roleReversers,
  ...policyReversers,
  ...dataReversers,
};

/**
 * What brings the schema back to `before`, once `operation` has run there. `before` says what went away and what was there
 * already, so that an operation with `ifNotExists` that found its thing has nothing to undo. Who knows what it made of the
 * schema, gives it.
 */
export function reverse(
  operation: Operation,
  before: Schema,
  after: Schema = apply(before, operation),
): Reversal {
  if (after === before && !(operation.kind in dataReversers)) return by([]);
  const reverser = reversers[operation.kind] as (
    operation: Operation,
    before: Schema,
    after: Schema,
  ) => Reversal;
  return reverser(operation, before, after);
}
