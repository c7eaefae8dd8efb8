/** What sqlite_schema says: every object and the text that made it. */
import { fail } from "../../errors.ts";
import type { Reader } from "../dialect.ts";
import type { Row } from "../statement.ts";
import { isVirtual } from "./ddl/parse.ts";
import { foldName, mentions, sameName } from "./ddl/tokens.ts";

/** A row of sqlite_schema. */
export interface SchemaObject {
  readonly type: "table" | "index" | "view" | "trigger";
  readonly name: string;
  /** The table that an index or a trigger belongs to. */
  readonly table: string;
  /** Null for the indexes that constraints make. */
  readonly sql: string | null;
  readonly temporary: boolean;
}

/** All objects, in the order of their making. */
export type Catalogue = readonly SchemaObject[];

/** A foreign key of another table, or of the same, that refers to a table. */
export interface Reference {
  readonly child: string;
  /** The column referred to; null for the primary key. */
  readonly to: string | null;
}

/** The objects of the database that `reader` shows, the temporary ones of its session last. */
export async function readCatalogue(reader: Reader): Promise<Catalogue> {
  const objects = await reader.all(objectsOf("sqlite_schema"));
  const temporary = await reader.all(objectsOf("sqlite_temp_schema"));
  return [
    ...objects.map((row) => objectFrom(row, false)),
    ...temporary.map((row) => objectFrom(row, true)),
  ];
}

/** As they stand in the table, which takes no sorting. */
function objectsOf(schema: string): string {
  return `SELECT type, name, tbl_name, sql FROM ${schema} ORDER BY rowid`;
}

function objectFrom(row: Row, temporary: boolean): SchemaObject {
  return {
    type: row.type as SchemaObject["type"],
    name: String(row.name),
    table: String(row.tbl_name),
    sql: row.sql === null ? null : String(row.sql),
    temporary,
  };
}

/** The foreign keys that refer to `table`. */
export async function readReferences(reader: Reader, table: string): Promise<readonly Reference[]> {
  const rows = await reader.all(
    `SELECT schema.name AS child, key."to" FROM sqlite_schema AS schema, pragma_foreign_key_list(schema.name) AS key
WHERE schema.type = 'table' AND key."table" = ? COLLATE NOCASE`,
    [table],
  );
  return rows.map((row) => ({
    child: String(row.child),
    to: row.to === null ? null : String(row.to),
  }));
}

/** Whether the database is a file: one in memory is a scratch, whose statements may go to another engine. */
export async function isFile(reader: Reader): Promise<boolean> {
  const [row] = await reader.all("SELECT file FROM pragma_database_list WHERE name = 'main'");
  return Boolean(row?.file);
}

/** A table has a text; only the indexes of constraints have none. */
export type TableObject = SchemaObject & { readonly sql: string };

function hasText(object: SchemaObject): object is TableObject {
  return object.sql !== null;
}

/** The table named `name`, which `operation` is about. */
export function findTable(catalogue: Catalogue, name: string, operation: string): TableObject {
  const found = catalogue.find(
    (it) => it.type === "table" && !it.temporary && sameName(it.name, name),
  );
  if (!found || !hasText(found)) return fail("TABLE_MISSING", { table: name, operation });
  if (isVirtual(found.sql)) {
    fail("OPERATION_INVALID", {
      operation,
      why: `"${name}" is a virtual table, which SQLite cannot alter`,
    });
  }
  return found;
}

/** Indexes and triggers of `table` that have a text: they go with the table and have to be put back. */
export function belongings(catalogue: Catalogue, table: string): Catalogue {
  return catalogue.filter(
    ({ type, table: owner, sql }) =>
      (type === "index" || type === "trigger") && sql !== null && sameName(owner, table),
  );
}

/** The views and triggers that mention `table`, themselves or by way of a view, and the triggers on it. */
export function dependents(catalogue: Catalogue, table: string): Catalogue {
  const views = withViewsOf(catalogue, foldName(table));
  return catalogue.filter(
    (it) =>
      (it.type === "view" && views.has(foldName(it.name))) ||
      (it.type === "trigger" &&
        (views.has(foldName(it.table)) || intersects(mentionsOf(it), views))),
  );
}

/**
 * The same, and all triggers of a table of which one is among them: triggers fire in the order in which they were made, so
 * when one is made again, all of its table are, in that order.
 */
export function dependentsInOrder(catalogue: Catalogue, table: string): Catalogue {
  const some = new Set(dependents(catalogue, table));
  const triggers = [...some].filter(({ type }) => type === "trigger");
  const owners = new Set(triggers.map((trigger) => foldName(trigger.table)));
  return catalogue.filter(
    (it) => some.has(it) || (it.type === "trigger" && owners.has(foldName(it.table))),
  );
}

function withViewsOf(catalogue: Catalogue, table: string): ReadonlySet<string> {
  const names = new Set([table]);
  const views = catalogue.filter(({ type }) => type === "view");
  for (let size = 0; size !== names.size; ) {
    size = names.size;
    for (const view of views) {
      if (intersects(mentionsOf(view), names)) names.add(foldName(view.name));
    }
  }
  return names;
}

/** The tables and views that `texts` mention, and those that the views among them mention. */
export function mentionedBy(catalogue: Catalogue, texts: readonly string[]): Catalogue {
  const relations = catalogue.filter(({ type }) => type === "table" || type === "view");
  const names = new Set(texts.flatMap((text) => [...mentions(text)]));
  for (let size = 0; size !== names.size; ) {
    size = names.size;
    for (const view of relations) {
      if (view.type !== "view" || !names.has(foldName(view.name))) continue;
      for (const name of mentionsOf(view)) names.add(name);
    }
  }
  return relations.filter(({ name }) => names.has(foldName(name)));
}

const mentioned = new WeakMap<SchemaObject, ReadonlySet<string>>();

/** The names in an object's text, which is read once. */
function mentionsOf(object: SchemaObject): ReadonlySet<string> {
  const known = mentioned.get(object) ?? mentions(object.sql ?? "");
  mentioned.set(object, known);
  return known;
}

function intersects(some: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  for (const name of some) if (others.has(name)) return true;
  return false;
}
