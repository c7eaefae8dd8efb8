/** https://www.postgresql.org/docs/current/arrays.html#ARRAYS-INPUT */
import { isLiteral } from "../values.ts";

/** `{1,"two",NULL}`. `write` makes of an element what its column would hold. */
export function arrayText(
  values: readonly unknown[],
  dimensions: number,
  write: (element: unknown) => unknown,
): string {
  const parts = values.map((value) =>
    dimensions > 1 && Array.isArray(value)
      ? arrayText(value, dimensions - 1, write)
      : elementText(value === null ? null : write(value)),
  );
  return `{${parts.join(",")}}`;
}

function elementText(value: unknown): string {
  if (value === null) return "NULL";
  if (["number", "bigint", "boolean"].includes(typeof value)) return String(value);
  return `"${textOf(value).replace(/["\\]/g, "\\$&")}"`;
}

function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString("hex")}`;
  const what = isLiteral(value) ? String(value) : "SQL or an object";
  throw new TypeError(`its default is an array that holds ${what}; write it as sql\`…\``);
}
