/** From an index as it is written to the index of one database. */
import type { Index, IndexColumn } from "../../model/schema.ts";
import type { IndexColumnInput, IndexOptions } from "../calls/indexes.ts";
import { isSqlLike } from "../sql.ts";
import {
  checkName,
  checkNames,
  checkObject,
  checkParameters,
  describeValue,
  given,
  invalid,
  oneOf,
  only,
} from "./names.ts";
import type { Values } from "./values.ts";

export function resolveIndex(
  name: string,
  columns: readonly IndexColumnInput[],
  options: IndexOptions,
  values: Values,
): Index {
  const operation = `index ${checkName(name, "index")}`;
  if (!Array.isArray(columns) || columns.length === 0) invalid(operation, "it names no columns");
  const { unique, where, method, include, nullsNotDistinct, with: parameters, comment } = options;
  const predicate = where === undefined ? null : values.sql(where, operation);
  return {
    name,
    columns: columns.map((column) => resolveIndexColumn(column, values, operation)),
    ...(predicate !== null && { where: { sql: predicate } }),
    ...(unique && { unique }),
    ...(nullsNotDistinct && { nullsNotDistinct }),
    ...given({
      method: method === undefined ? undefined : checkName(method, "method"),
      include: include && checkNames(include, "column", operation),
      with: parameters && checkParameters(parameters, operation),
      comment,
    }),
  };
}

function resolveIndexColumn(
  input: IndexColumnInput,
  values: Values,
  operation: string,
): IndexColumn {
  if (typeof input === "string") return { of: checkName(input, "column") };
  if (isSqlLike(input)) return { of: values.expression(input, operation) };
  if (typeof input !== "object" || input === null) {
    return invalid(operation, `${describeValue(input)} is no column`);
  }
  const { on, order, nulls, operatorClass, collation, ...rest } = input;
  only(rest, ["on", "order", "nulls", "operatorClass", "collation"], operation);
  const sorting =
    collation === undefined ? null : values.choose(collation, `${operation}, collation`);
  return {
    of: typeof on === "string" ? checkName(on, "column") : values.expression(on, operation),
    ...(sorting !== null && { collation: checkObject(sorting, "collation") }),
    ...given({
      order: order && oneOf(order, ["asc", "desc"], operation),
      nulls: nulls && oneOf(nulls, ["first", "last"], operation),
      operatorClass,
    }),
  };
}
