/** Columns and constraints: `t.text("name", { notNull: true })`. */
import type { ColumnType } from "../../model/column-type.ts";
import type { Column, Constraint, Generated } from "../../model/schema.ts";
import type { Identity, SequenceOptions } from "../../model/sequence.ts";
import { type Call, type Code, string } from "./code.ts";
import { name, options, sql, strings, text, value, withOptions } from "./values.ts";

export function column(it: Column): Call {
  return columnOf(it.name, it.type, {
    notNull: it.notNull,
    default: it.default === undefined ? undefined : value(it.default),
    identity: it.identity && identity(it.identity),
    autoIncrement: it.autoIncrement,
    generated: it.generated && generated(it.generated),
    collation: it.collation === undefined ? undefined : name(it.collation),
    comment: text(it.comment),
  });
}

type Details = Parameters<typeof options>[0];

/** `type` as the call that makes a column of it. */
export function columnOf(of: string, type: ColumnType, details: Details): Call {
  const given = (more: Details = {}): readonly Code[] =>
    withOptions([string(of)], { ...more, ...details });
  switch (type.kind) {
    case "varchar":
    case "char":
      return { call: `t.${type.kind}`, args: given({ length: number(type.length) }) };
    case "numeric":
      return {
        call: "t.numeric",
        args: given({ precision: number(type.precision), scale: number(type.scale) }),
      };
    case "time":
    case "timestamp":
      return {
        call: `t.${type.kind}`,
        args: given({ precision: number(type.precision), timezone: type.timezone }),
      };
    case "array":
      return columnOf(of, type.of, {
        array: type.dimensions === 1 ? true : String(type.dimensions),
        ...details,
      });
    case "enum":
      return { call: "t.enum", args: withOptions([string(of), name(type.name)], details) };
    case "raw":
      return { call: "t.raw", args: withOptions([string(of), raw(type)], details) };
    default:
      return { call: `t.${type.kind}`, args: given() };
  }
}

function raw(type: Extract<ColumnType, { kind: "raw" }>): Code {
  return options({ postgresql: string(type.postgresql), sqlite: string(type.sqlite) });
}

function number(it: number | undefined): Code | undefined {
  return it === undefined ? undefined : String(it);
}

export function identity({ generated, name, options: numbers }: Identity): Code {
  if (Object.keys(numbers).length === 0 && name === undefined) return string(generated);
  return options({ generated: string(generated), name: text(name), ...sequence(numbers) });
}

/** Whole numbers, as bigints where a number would not hold them. */
export function sequence(numbers: SequenceOptions): Readonly<Record<string, Code | boolean>> {
  const entries = Object.entries(numbers).map(([key, it]) => [
    key,
    typeof it !== "string" ? String(it) : whole(it),
  ]);
  return Object.fromEntries(entries);
}

function whole(digits: string): string {
  return Number.isSafeInteger(Number(digits)) ? digits : `${digits}n`;
}

export function generated({ as, stored }: Generated): Code {
  return stored ? { sql: as.sql } : options({ as: { sql: as.sql }, stored: "false" });
}

export function constraint(it: Constraint): Call {
  const common = { comment: text(it.comment) };
  switch (it.kind) {
    case "primaryKey":
    case "unique":
      return {
        call: it.kind,
        args: withOptions([string(it.name), strings(it.columns)], {
          include: it.include && strings(it.include),
          nullsNotDistinct: it.kind === "unique" && it.nullsNotDistinct,
          deferrable: text(it.deferrable),
          ...common,
        }),
      };
    case "foreignKey": {
      const ends = [strings(it.columns), name(it.table), strings(it.references)];
      return {
        call: "foreignKey",
        args: withOptions([string(it.name), ...ends], {
          onDelete: text(it.onDelete),
          onUpdate: text(it.onUpdate),
          deferrable: text(it.deferrable),
          notValid: it.notValid,
          ...common,
        }),
      };
    }
    case "check":
      return {
        call: "check",
        args: withOptions([string(it.name), sql(it.expression) ?? ""], {
          notValid: it.notValid,
          ...common,
        }),
      };
  }
}
