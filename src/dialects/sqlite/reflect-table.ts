/** A table from its text and those of its indexes. */
import type { Constraint, SchemaTable } from "../../model/schema.ts";
import type { Note } from "../reflection.ts";
import type { SchemaObject } from "./catalogue.ts";
import { type ColumnText, type ConstraintText, type TableText, textOf } from "./ddl/table.ts";
import { isWord, sameName } from "./ddl/tokens.ts";
import { derivedNames } from "./derived-names.ts";
import { columnOf } from "./reflect-column.ts";
import { constraintOf, oddityOf, type Tables } from "./reflect-constraint.ts";
import { indexOf } from "./reflect-index.ts";
import { tokensIn } from "./reflect-text.ts";

/** A table that was read. */
export interface ReadTable {
  readonly name: string;
  readonly text: TableText;
  /** The columns of its primary key. */
  readonly key: readonly string[];
}

/** The columns of the primary key of `text`, as they are named there. */
export function primaryKeyOf(text: TableText): readonly string[] {
  return belonging(text).find(({ constraint }) => constraint.kind === "primaryKey")?.columns ?? [];
}

interface Belonging {
  readonly constraint: ConstraintText;
  readonly columns: readonly string[];
  readonly of: ColumnText | null;
}

/** All constraints of a table, those of its columns first, with the columns that they are about. */
function belonging({ columns, constraints }: TableText): readonly Belonging[] {
  const own = (name: string) => columns.find((it) => sameName(it.name, name))?.name ?? name;
  return [
    ...columns.flatMap((column) =>
      column.constraints.map((it) => ({ constraint: it, columns: [column.name], of: column })),
    ),
    ...constraints.map((it) => ({ constraint: it, columns: it.columns.map(own), of: null })),
  ];
}

export function tableOf(
  { name, text, key }: ReadTable,
  indexes: readonly SchemaObject[],
  tables: Tables,
): { readonly table: SchemaTable; readonly notes: readonly Note[] } {
  const names = new Map([...derivedNames(name, text)].map(([it, constraint]) => [constraint, it]));
  const all = belonging(text);
  const constraints = all.flatMap(({ constraint, columns }): Constraint[] => {
    const named =
      constraint.name === null
        ? { name: names.get(constraint) ?? "", derivedName: true }
        : { name: constraint.name };
    const found = constraintOf(text, constraint, columns, named, tables);
    return found ? [found] : [];
  });
  const columnNames = text.columns.map((column) => column.name);
  const isRowid = (column: ColumnText) => isAlias(text, column, key);
  const table: SchemaTable = {
    name,
    columns: text.columns.map((it) =>
      columnOf(text, it, { inKey: key.includes(it.name), isRowid: isRowid(it) }),
    ),
    constraints: constraints.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind)),
    indexes: indexes.map((it) => indexOf(it.name, it.sql ?? "", columnNames)),
    policies: [],
    rowSecurity: { enabled: false, forced: false },
    ...(text.strict && { strict: true }),
    ...(text.withoutRowid && { withoutRowid: true }),
  };
  return { table, notes: notesOf(name, text, all) };
}

const kinds: readonly Constraint["kind"][] = ["primaryKey", "unique", "foreignKey", "check"];

/** An `integer` that is the whole key, unless it is written DESC behind the column. */
function isAlias(text: TableText, column: ColumnText, key: readonly string[]): boolean {
  const type = column.type ? textOf(text, column.type) : "";
  if (text.withoutRowid || key.length !== 1 || key[0] !== column.name) return false;
  const own = column.constraints.find(({ kind }) => kind === "primaryKey");
  const descends = own && tokensIn(text, own.span).some((token) => isWord(token, "DESC"));
  return /^integer$/i.test(type) && !descends;
}

function notesOf(name: string, text: TableText, all: readonly Belonging[]): readonly Note[] {
  return all.flatMap(({ constraint, of }): Note[] => {
    const odd = oddityOf(text, constraint);
    const part = constraint.name ?? of?.name;
    return odd === null
      ? []
      : [{ object: part === undefined ? name : `${name}.${part}`, what: `has ${odd}` }];
  });
}
