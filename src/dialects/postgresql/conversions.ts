/** Which values do not become ones of another type, and which become others. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Enum } from "../../model/schema.ts";
import { itemNamed } from "../../operations/apply/lists.ts";
import type { Unfit } from "../concerns/spelling.ts";
import { stored } from "./normalise-table.ts";
import { convertsByItself, family } from "./rules.ts";
import { typeText } from "./types.ts";
import { string } from "./write.ts";

/**
 * How to find values of `column` that the new type refuses. From PostgreSQL 16 on the server tells of each (`canTell`), before
 * only by failing. https://www.postgresql.org/docs/16/functions-info.html#FUNCTIONS-INFO-VALIDITY
 */
export function unfit(
  column: string,
  from: ColumnType,
  to: ColumnType,
  { enums, canTell }: { readonly enums: readonly Enum[]; readonly canTell: boolean },
): Unfit | null {
  const [source, target] = [family(from), family(to)];
  if (target === "text") return condition(tooLong(column, to));
  if (source === "number" && target === "number") return condition(outOfRange(column, to));
  const isCast = [source, target].includes("boolean") && [source, target].includes("number");
  if (isCast || convertsByItself(from, to)) return null;
  // The values that an enum will have by then, not those that it has.
  const values = to.kind === "enum" ? itemNamed(enums, to.name)?.values : undefined;
  if (values !== undefined)
    return condition(`${column}::text NOT IN (${values.map(string).join(", ")})`);
  const type = typeText(stored(to));
  if (canTell) return condition(`NOT pg_input_is_valid(${column}::text, ${string(type)})`);
  return { attempt: `${column}::text::${type}` };
}

function condition(where: string | null): Unfit | null {
  return where === null ? null : { where };
}

function tooLong(column: string, to: ColumnType): string | null {
  const length = to.kind === "varchar" || to.kind === "char" ? to.length : undefined;
  // Blanks at the end are cut off without a word.
  return length === undefined ? null : `length(rtrim(${column}::text)) > ${length}`;
}

const limits: Partial<Record<ColumnType["kind"], string>> = {
  smallint: "-32768 AND 32767",
  integer: "-2147483648 AND 2147483647",
  bigint: "-9223372036854775808 AND 9223372036854775807",
};

function outOfRange(column: string, to: ColumnType): string | null {
  const range = limits[stored(to).kind];
  if (range !== undefined) return `round(${column}::numeric) NOT BETWEEN ${range}`;
  if (to.kind !== "numeric" || to.precision === undefined) return null;
  const { precision, scale = 0 } = to;
  return `abs(round(${column}::numeric, ${scale})) >= 1e${precision - scale}`;
}

/** The condition under which the new type holds less than the value says: it is rounded, or loses its time of day. */
export function changed(column: string, from: ColumnType, to: ColumnType): string | null {
  const [source, target] = [family(from), family(to)];
  const [old, next] = [typeText(stored(from)), typeText(stored(to))];
  const loses =
    (source === "number" && target === "number" && to.kind !== "doublePrecision") ||
    (source === "timestamp" && target !== "text" && old !== next);
  // A value that the type refuses is told of already, and would end the question.
  const wrong = source === "number" ? outOfRange(column, to) : null;
  const fits = wrong === null ? "" : `NOT (${wrong}) AND `;
  if (!loses || (widens[old]?.includes(next) ?? false)) return null;
  return source === "timestamp" && target === "time"
    ? `${column} IS NOT NULL`
    : `CASE WHEN ${fits}${column} IS NOT NULL THEN ${column}::${next}::${old} <> ${column} ELSE false END`;
}

/** A value as one of the new type; null where to ask for it could fail. */
export function converted(
  column: string,
  from: ColumnType,
  to: ColumnType,
  canTell: boolean,
): string | null {
  const [source, target, type] = [family(from), family(to), typeText(stored(to))];
  if (target === "text") return `${column}::${type}`;
  if (source === "boolean" && target === "number") return `${column}::integer::${type}`;
  if (source === "number" && target === "boolean") return `${column} <> 0`;
  if (source === "number" && target === "number") {
    const wrong = outOfRange(column, to);
    return wrong === null
      ? `${column}::${type}`
      : `CASE WHEN NOT (${wrong}) THEN ${column}::${type} END`;
  }
  if (!canTell || convertsByItself(from, to)) return null;
  return `CASE WHEN pg_input_is_valid(${column}::text, ${string(type)}) THEN ${column}::text::${type} END`;
}

/** Where nothing can be lost. */
const widens: Readonly<Record<string, readonly string[]>> = {
  smallint: ["integer", "bigint", "numeric", "real"],
  integer: ["bigint", "numeric"],
  bigint: ["numeric"],
  real: ["numeric"],
};
