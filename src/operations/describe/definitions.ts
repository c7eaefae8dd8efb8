/** What stands behind the name of a column, a constraint or an index, short enough for a line. */
import {
  type Column,
  type Constraint,
  displayName,
  type Index,
  isExpression,
} from "../../model/schema.ts";
import { typeText } from "./types.ts";

/** `varchar(50), not null, default 'x'`. */
export function columnText({
  type,
  notNull,
  default: initial,
  identity,
  autoIncrement,
  generated,
}: Column): string {
  return listed([
    typeText(type),
    notNull && "not null",
    initial !== undefined && `default ${valueText(initial)}`,
    identity && `identity ${identity.generated === "always" ? "always" : "by default"}`,
    autoIncrement && "auto increment",
    generated && `generated as ${oneLine(generated.as.sql)}`,
  ]);
}

export function valueText(value: Column["default"]): string {
  if (value === undefined || value === null) return "none";
  if (isExpression(value)) return oneLine(value.sql);
  return typeof value === "string" ? JSON.stringify(value) : String(value);
}

export function constraintText(it: Constraint): string {
  switch (it.kind) {
    case "primaryKey":
      return `primary key (${it.columns.join(", ")})`;
    case "unique":
      return `unique ${it.nullsNotDistinct ? "nulls not distinct " : ""}(${it.columns.join(", ")})`;
    case "check":
      return `check (${oneLine(it.expression.sql)})`;
    case "foreignKey": {
      const to = `${displayName(it.table)} (${it.references.join(", ")})`;
      const { onDelete, onUpdate } = it;
      const rules = listed([
        onDelete && `on delete ${onDelete}`,
        onUpdate && `on update ${onUpdate}`,
      ]);
      return `(${it.columns.join(", ")}) references ${to}${rules && ` ${rules}`}`;
    }
  }
}

export function indexText({ columns, unique, where, method, with: parameters }: Index): string {
  const on = columns.map(({ of, order, nulls }) => {
    const what = isExpression(of) ? oneLine(of.sql) : of;
    return `${what}${order === "desc" ? " desc" : ""}${nulls ? ` nulls ${nulls}` : ""}`;
  });
  const using = method && method !== "btree" ? `${method} ` : "";
  const options = Object.entries(parameters ?? {}).map(([name, value]) => `${name} = ${value}`);
  return listed([
    `${unique ? "unique " : ""}${using}(${on.join(", ")})`,
    where && `where ${oneLine(where.sql)}`,
    options.length > 0 && `with ${options.join(", ")}`,
  ]);
}

function listed(parts: readonly (string | false | undefined)[]): string {
  return parts.filter(Boolean).join(", ");
}

export function oneLine(sql: string): string {
  const text = sql.replace(/\s+/g, " ").trim();
  return text.length > 100 ? `${text.slice(0, 99)}…` : text;
}
