/** What changes of a column, each with what it was: `varchar(20) -> varchar(50)`, `default 0 -> 1`. */
import type { Column } from "../../model/schema.ts";
import type { ColumnAlteration } from "../operation.ts";
import { oneLine, valueText } from "./definitions.ts";
import { typeText } from "./types.ts";

export function alterationTexts(was: Column, to: ColumnAlteration): readonly string[] {
  const changes = (member: keyof ColumnAlteration & keyof Column) =>
    to[member] !== undefined &&
    JSON.stringify(to[member] ?? undefined, bigints) !== JSON.stringify(was[member], bigints);
  return [
    to.type && changes("type") && `${typeText(was.type)} -> ${typeText(to.type)}`,
    to.notNull !== undefined && (to.notNull ? "nullable -> not null" : "not null -> nullable"),
    changes("default") &&
      `default ${valueText(was.default)} -> ${valueText(to.default ?? undefined)}`,
    changes("identity") && `identity ${identityText(was.identity)} -> ${identityText(to.identity)}`,
    to.autoIncrement !== undefined && (to.autoIncrement ? "+ auto increment" : "- auto increment"),
    to.generated !== undefined &&
      `generated as ${generatedText(was.generated)} -> ${generatedText(to.generated)}`,
    changes("collation") && "collation",
    changes("comment") && "comment",
  ].filter((it) => it !== false && it !== undefined);
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function identityText(it: Column["identity"] | null): string {
  if (!it) return "none";
  const named = it.name === undefined ? [] : [`sequence ${it.name}`];
  const numbers = Object.entries(it.options).map(([name, value]) => `${name} ${value}`);
  const options = [...named, ...numbers];
  const when = it.generated === "always" ? "always" : "by default";
  return options.length > 0 ? `${when} (${options.join(", ")})` : when;
}

function generatedText(it: Column["generated"] | null): string {
  return it ? oneLine(it.as.sql) : "none";
}
