/** What rows that exist have against operations, and what big tables have. */
import type { Schema } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Spelling } from "../concerns/spelling.ts";
import { type Concern, concernsOf } from "../concerns.ts";
import type { Reader } from "../dialect.ts";
import { burdens } from "./burdens.ts";
import { changed, converted, unfit } from "./conversions.ts";
import { quote, string, table, value } from "./write.ts";

export async function concerns(
  operations: readonly Operation[],
  current: Schema,
  reader: Reader,
): Promise<readonly (readonly Concern[])[]> {
  const [row] = await reader.all("SHOW server_version_num");
  const canTell = Number(row?.server_version_num) >= 160000;
  const ofRows = await concernsOf(operations, current, reader, spelling(canTell));
  const ofSize = await burdens(operations, current, reader);
  return ofRows.map((concerns, at) => [...concerns, ...(ofSize[at] ?? [])]);
}

const spelling = (canTell: boolean): Spelling => ({
  quote,
  table,
  value: (it) => `(${value(it)})`,
  unfit: (column, from, to, enums) => unfit(column, from, to, { enums, canTell }),
  changed,
  converted: (column, from, to) => converted(column, from, to, canTell),
  holds: ({ column, array }, label) =>
    array
      ? `${string(label)} = ANY (${quote(column)}::text[])`
      : `${quote(column)}::text = ${string(label)}`,
});
