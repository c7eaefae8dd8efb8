/** What rows that exist have against an operation. */
import type { Operation } from "../../operations/operation.ts";
import { type Alteration, type Concern, concernsOf } from "../concerns.ts";
import type { Reader } from "../dialect.ts";
import { typeText } from "./types.ts";
import { quote, string, table } from "./write.ts";

export async function concerns(operation: Operation, reader: Reader): Promise<readonly Concern[]> {
  const [row] = await reader.all("SHOW server_version_num");
  const canTell = Number(row?.server_version_num) >= 160000;
  return concernsOf(operation, reader, { quote, table, unfit: canTell ? unfit : () => null });
}

/** https://www.postgresql.org/docs/16/functions-info.html#FUNCTIONS-INFO-VALIDITY */
function unfit({ name, to }: Alteration): string | null {
  if (to.type === undefined) return null;
  const column = quote(name);
  return `${column} IS NOT NULL AND NOT pg_input_is_valid(${column}::text, ${string(typeText(to.type))})`;
}
