/** What rows that exist have against operations. */
import type { Schema } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Spelling } from "../concerns/spelling.ts";
import { type Concern, concernsOf } from "../concerns.ts";
import type { Reader } from "../dialect.ts";
import { fits } from "./fits.ts";
import { affinity, typeText } from "./types.ts";
import { quote, tableName, valueText } from "./write.ts";

export function concerns(
  operations: readonly Operation[],
  current: Schema,
  reader: Reader,
): Promise<readonly (readonly Concern[])[]> {
  return concernsOf(operations, current, reader, spelling);
}

const spelling: Spelling = {
  quote,
  table: (name) => quote(tableName(name)),
  value: (value) => `(${valueText(value)})`,
  unfit: (column, from, to) => {
    const [old, next] = [affinity(typeText(from)), affinity(typeText(to))];
    return old === next ? null : { where: `NOT (${fits(column, next, false)})` };
  },
  // A rebuild refuses what it would change.
  changed: () => null,
  converted: (column, _from, to) => {
    const type = affinity(typeText(to));
    return type === "BLOB" ? column : `CAST(${column} AS ${type})`;
  },
  holds: () => null,
};
