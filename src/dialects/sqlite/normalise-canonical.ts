/** A wanted table in the forms that `reflect` uses: what SQLite does not keep, and what goes without saying, is not said. */
import {
  type Column,
  type Constraint,
  type Expression,
  type Index,
  type IndexColumn,
  isExpression,
  type Literal,
  type PrimaryKey,
  type SchemaTable,
} from "../../model/schema.ts";
import { meaningful } from "./ddl/meaningful.ts";
import { withoutTable } from "./normalise-text.ts";
import { defaultText } from "./reflect-column.ts";
import { indexColumn } from "./reflect-index.ts";
import { typeFrom } from "./type-from.ts";
import { typeText } from "./types.ts";

export function canonicalTable({ comment: _, ...table }: SchemaTable): SchemaTable {
  const key = table.constraints.find((it): it is PrimaryKey => it.kind === "primaryKey");
  return {
    ...table,
    columns: table.columns.map((it) => columnOf(it, table, key?.columns ?? [])),
    constraints: table.constraints.map(constraintOf),
    indexes: table.indexes.map((it) => indexOf(it, table)),
  };
}

function columnOf(column: Column, table: SchemaTable, key: readonly string[]): Column {
  const { comment, identity, notNull, autoIncrement, collation, default: value, ...rest } = column;
  const type = typeFrom(typeText(column.type, table.strict));
  const inKey = key.includes(column.name);
  const isRowid = inKey && key.length === 1 && type.kind === "integer" && !table.withoutRowid;
  const neverNull = isRowid || (inKey && (table.strict || table.withoutRowid));
  const isUsual = typeof collation === "string" && /^binary$/i.test(collation);
  return {
    ...rest,
    type,
    ...((notNull || neverNull) && { notNull: true }),
    ...(value !== undefined && value !== null && { default: defaultOf(value) }),
    ...(autoIncrement && { autoIncrement }),
    ...(collation !== undefined && !isUsual && { collation }),
  };
}

function defaultOf(value: Literal | Expression): Literal | Expression {
  if (!isExpression(value)) return value;
  const tokens = meaningful(value.sql);
  return tokens.length === 1 ? { sql: defaultText(value.sql, tokens) } : value;
}

function constraintOf(constraint: Constraint): Constraint {
  switch (constraint.kind) {
    case "primaryKey":
    case "unique": {
      const { comment: _, ...rest } = constraint;
      return rest;
    }
    case "check": {
      const { comment: _, notValid: _notValid, ...rest } = constraint;
      return rest;
    }
    case "foreignKey": {
      const { comment: _, notValid: _notValid, onDelete, onUpdate, ...rest } = constraint;
      return {
        ...rest,
        ...(onDelete && onDelete !== "no action" && { onDelete }),
        ...(onUpdate && onUpdate !== "no action" && { onUpdate }),
      };
    }
  }
}

function indexOf(index: Index, table: SchemaTable): Index {
  const { comment: _, unique, method: _method, ...rest } = index;
  const names = table.columns.map(({ name }) => name);
  return {
    ...rest,
    columns: index.columns.map((it) => columnOfIndex(it, String(table.name), names)),
    ...(unique && { unique }),
  };
}

/** Drizzle has no word for the order here: it stands in the expression, sql`${posts.at} desc`. */
function columnOfIndex(
  { of, order, collation, ...rest }: IndexColumn,
  table: string,
  names: readonly string[],
): IndexColumn {
  const said = {
    ...(order === "desc" && { order }),
    ...(collation !== undefined && { collation }),
  };
  if (typeof of === "string") return { of, ...rest, ...said };
  const tokens = withoutTable(meaningful(of.sql), table);
  const read = indexColumn(of.sql, tokens, names);
  return { ...rest, ...read, ...said };
}
