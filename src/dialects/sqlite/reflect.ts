/** A live database as data, from the texts that SQLite keeps. */
import type { SchemaTable } from "../../model/schema.ts";
import { logName } from "../bookkeeping.ts";
import type { Reader } from "../dialect.ts";
import { excluder } from "../exclude.ts";
import type { Note, Reflected, ReflectScope } from "../reflection.ts";
import { type Catalogue, readCatalogue, type SchemaObject } from "./catalogue.ts";
import { parseTable } from "./ddl/parse.ts";
import { type KnownPieces, noPieces, readPieces } from "./ddl/pieces.ts";
import { foldName } from "./ddl/tokens.ts";
import { type Tables, tablesFrom } from "./reflect-constraint.ts";
import { viewOf } from "./reflect-index.ts";
import { type KnownColumns, notesOf, primaryKeyOf, tableOf } from "./reflect-table.ts";

/** What is in the database of `reader`. Left out is what is SQLite's, a virtual table's, or mig's own. */
export async function reflect(reader: Reader, scope: ReflectScope): Promise<Reflected> {
  const catalogue = (await readCatalogue(reader)).filter(({ temporary }) => !temporary);
  const kept = await keep(reader, catalogue, scope);
  const tables = kept.filter(({ type }) => type === "table");
  const virtual = tables.filter(isVirtual);
  const parents = tablesFrom(tables, keyOf);
  const indexes = byTable(kept.filter(isIndex));
  const known: Known = { pieces: noPieces(), columns: new Map() };
  const made = tables
    .filter((it) => !isVirtual(it))
    .map((it) => readTable(it, indexes.get(foldName(it.name)) ?? [], parents, known));
  const views = kept.filter(({ type }) => type === "view");
  return {
    schema: {
      namespaces: [],
      extensions: [],
      roles: [],
      enums: [],
      sequences: [],
      tables: made.flatMap(({ table }) => (table ? [inOrder(table)] : [])).sort(byName),
      views: views.map(({ name, sql }) => viewOf(name, sql ?? "")),
      grants: [],
    },
    notes: [
      ...virtual.map(({ name }) => ({ object: name, what: "is a virtual table" })),
      ...made.flatMap(({ table, notes }) => (table ? [] : notes)),
      ...made.flatMap(({ table, notes }) => (table ? notes : [])),
      ...kept.filter(({ type }) => type === "trigger").map(triggerNote),
    ],
  };
}

/** What was read so far, by its text. */
interface Known {
  readonly pieces: KnownPieces;
  readonly columns: KnownColumns;
}

/** A table, or none where its text is not understood; one after the other, as texts in pieces take much room. */
function readTable(
  { name, sql }: SchemaObject,
  indexes: Catalogue,
  parents: Tables,
  known: Known,
): { readonly table: SchemaTable | null; readonly notes: readonly Note[] } {
  const text = readPieces(sql ?? "", known.pieces) ?? parseTable(sql ?? "");
  if (text instanceof Error) {
    const what = `is a table whose text is not understood: ${text.message}`;
    return { table: null, notes: [{ object: name, what }] };
  }
  const read = { name, sql: sql ?? "", text };
  return { table: tableOf(read, indexes, parents, known.columns), notes: notesOf(read) };
}

/** What a key without columns refers to. */
function keyOf({ sql }: SchemaObject): readonly string[] {
  const text = parseTable(sql ?? "");
  return text instanceof Error ? [] : primaryKeyOf(text);
}

function byTable(objects: Catalogue): ReadonlyMap<string, Catalogue> {
  const groups = new Map<string, SchemaObject[]>();
  for (const object of objects) {
    const group = groups.get(foldName(object.table));
    if (group) group.push(object);
    else groups.set(foldName(object.table), [object]);
  }
  return groups;
}

/** SQLite writes the beginning of the text itself, whatever it was given. */
function isVirtual({ sql }: SchemaObject): boolean {
  return sql?.startsWith("CREATE VIRTUAL TABLE ") ?? false;
}

/** The indexes of constraints have no text. */
function isIndex({ type, sql }: SchemaObject): boolean {
  return type === "index" && sql !== null;
}

function triggerNote({ name, table }: SchemaObject): Note {
  return { object: `${table}.${name}`, what: "is a trigger" };
}

function inOrder(table: SchemaTable): SchemaTable {
  return { ...table, indexes: table.indexes.toSorted(byName) };
}

function byName(a: { readonly name: unknown }, b: { readonly name: unknown }): number {
  if (a.name === b.name) return 0;
  return String(a.name) < String(b.name) ? -1 : 1;
}

async function keep(
  reader: Reader,
  catalogue: Catalogue,
  { versionTable, exclude = [] }: ReflectScope,
): Promise<Catalogue> {
  const excluded = excluder(exclude);
  const shadows = await shadowsOf(reader, catalogue);
  const own = new Set([versionTable.name, logName(versionTable.name)].map(foldName));
  const isLeftOut = (name: string) =>
    /^sqlite_/i.test(name) || own.has(foldName(name)) || shadows.has(name) || excluded(null, name);
  return catalogue.filter(
    ({ name, table, sql }) => sql !== null && !isLeftOut(table) && !isLeftOut(name),
  );
}

/** The tables in which virtual tables keep what they hold. */
async function shadowsOf(reader: Reader, catalogue: Catalogue): Promise<ReadonlySet<string>> {
  if (!catalogue.some(isVirtual)) return new Set();
  const rows = await reader.all(
    "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow'",
  );
  return new Set(rows.map(({ name }) => String(name)));
}
