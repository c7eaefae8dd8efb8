/** What rows that exist have against an operation. Values that a new type would change are told by the rebuild itself. */
import type { Operation } from "../../operations/operation.ts";
import { type Concern, concernsOf } from "../concerns.ts";
import type { Reader } from "../dialect.ts";
import { quote, tableName } from "./write.ts";

export function concerns(operation: Operation, reader: Reader): Promise<readonly Concern[]> {
  const table = (name: Parameters<typeof tableName>[0]) => quote(tableName(name));
  return concernsOf(operation, reader, { quote, table, unfit: () => null });
}
