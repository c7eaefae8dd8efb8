/** A table from its text and those of its indexes. */
import type { Column, Constraint, SchemaTable } from "../../model/schema.ts";
import type { Note } from "../reflection.ts";
import type { SchemaObject } from "./catalogue.ts";
import { type ColumnText, type ConstraintText, type TableParts, textOf } from "./ddl/table.ts";
import { isWord, sameName } from "./ddl/tokens.ts";
import { derivedNames } from "./derived-names.ts";
import { columnOf, type Place } from "./reflect-column.ts";
import { constraintOf, mayBeOdd, oddityOf, type Tables } from "./reflect-constraint.ts";
import { indexOf } from "./reflect-index.ts";
import { tokensIn } from "./reflect-text.ts";

/** A table whose text is understood. */
export interface ReadTable {
  readonly name: string;
  readonly sql: string;
  readonly text: TableParts;
}

/** The columns of the primary key of `text`, as they are named there. */
export function primaryKeyOf(text: TableParts): readonly string[] {
  return belonging(text).find(({ constraint }) => constraint.kind === "primaryKey")?.columns ?? [];
}

interface Belonging {
  readonly constraint: ConstraintText;
  readonly columns: readonly string[];
}

const kinds: readonly ConstraintText["kind"][] = ["primaryKey", "unique", "foreignKey", "check"];

/** The constraints that a Schema lists, those of columns first, with the columns that they are about. */
function belonging({ columns, constraints }: TableParts): readonly Belonging[] {
  const own = (name: string) => columns.find((it) => sameName(it.name, name))?.name ?? name;
  const found: Belonging[] = [];
  for (const { name, constraints } of columns) {
    for (const constraint of constraints) {
      if (kinds.includes(constraint.kind)) found.push({ constraint, columns: [name] });
    }
  }
  for (const it of constraints) found.push({ constraint: it, columns: it.columns.map(own) });
  return found;
}

/** What columns were read as, in each of their places: the tables of a database have most of them in common. */
export type KnownColumns = Map<ColumnText, Column[]>;

export function tableOf(
  { name, text }: ReadTable,
  indexes: readonly SchemaObject[],
  tables: Tables,
  known: KnownColumns,
): SchemaTable {
  const all = belonging(text);
  const key = all.find(({ constraint }) => constraint.kind === "primaryKey")?.columns ?? [];
  const columnNames = text.columns.map((column) => column.name);
  return {
    name,
    columns: text.columns.map((it) =>
      knownColumn(known, text, it, {
        inKey: key.includes(it.name),
        isRowid: isAlias(text, it, key),
      }),
    ),
    constraints: constraintsOf({ name, text }, all, tables),
    indexes: indexes.map((it) => indexOf(it.name, it.sql ?? "", columnNames)),
    policies: [],
    rowSecurity: { enabled: false, forced: false },
    ...(text.strict && { strict: true }),
    ...(text.withoutRowid && { withoutRowid: true }),
  };
}

function knownColumn(
  known: KnownColumns,
  text: TableParts,
  column: ColumnText,
  place: Place,
): Column {
  const { strict, withoutRowid } = text;
  const at =
    Number(strict) + 2 * Number(withoutRowid) + 4 * Number(place.inKey) + 8 * Number(place.isRowid);
  const places = known.get(column) ?? [];
  if (places.length === 0) known.set(column, places);
  const found = places[at] ?? columnOf(text, column, place);
  places[at] = found;
  return found;
}

function constraintsOf(
  { name, text }: Omit<ReadTable, "sql">,
  all: readonly Belonging[],
  tables: Tables,
): readonly Constraint[] {
  const names = new Map<ConstraintText, string>();
  for (const [it, constraint] of derivedNames(name, text)) names.set(constraint, it);
  const constraints = all.flatMap(({ constraint, columns }) => {
    const named =
      constraint.name === null
        ? { name: names.get(constraint) ?? "", derivedName: true }
        : { name: constraint.name };
    return constraintOf(constraint, columns, named, tables) ?? [];
  });
  return constraints.sort((a, b) => kinds.indexOf(a.kind) - kinds.indexOf(b.kind));
}

/** An `integer` that is the whole key, unless it is written DESC behind the column. */
function isAlias(text: TableParts, column: ColumnText, key: readonly string[]): boolean {
  if (text.withoutRowid || key.length !== 1 || key[0] !== column.name) return false;
  const type = column.type ? textOf(column.source, column.type) : "";
  const own = column.constraints.find(({ kind }) => kind === "primaryKey");
  const descends = own && tokensIn(own.source, own.span).some((token) => isWord(token, "DESC"));
  return /^integer$/i.test(type) && !descends;
}

/** What of the table a Schema cannot say. */
export function notesOf({ name, sql, text }: ReadTable): readonly Note[] {
  if (!mayBeOdd(sql)) return [];
  const parts = [
    ...text.columns.flatMap((of) => of.constraints.map((constraint) => ({ constraint, of }))),
    ...text.constraints.map((constraint) => ({ constraint, of: null })),
  ];
  return parts.flatMap(({ constraint, of }): Note[] => {
    const odd = oddityOf(constraint);
    const part = constraint.name ?? of?.name;
    return odd === null
      ? []
      : [{ object: part === undefined ? name : `${name}.${part}`, what: `has ${odd}` }];
  });
}
