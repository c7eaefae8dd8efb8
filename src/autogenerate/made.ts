/** What a history made, so that a draft drops nothing that somebody else put into the database. */
import type { ObjectName } from "../model/schema.ts";
import type { Operation } from "../operations/operation.ts";
import { keyOf } from "./compare/pair.ts";
import type { Extra } from "./diff.ts";

type Kind = Extra["kind"];

/** Something that an operation made, or renamed from what it made before. */
interface Making {
  readonly kind: Kind;
  readonly name: ObjectName;
  readonly from?: ObjectName;
}

/** Whether something was made by `operations`, all of a history in order. */
export function madeBy(operations: readonly Operation[]): (extra: Extra) => boolean {
  const made = new Set<string>();
  for (const { kind, name, from } of operations.flatMap(makings)) {
    if (from === undefined || made.delete(key(kind, from))) made.add(key(kind, name));
  }
  return ({ kind, name, table }) =>
    made.has(key(kind, kind === "index" && table !== undefined ? besides(table, name) : name));
}

function key(kind: Kind, name: ObjectName): string {
  return `${kind} ${keyOf(name)}`;
}

function makings(operation: Operation): readonly Making[] {
  switch (operation.kind) {
    case "createTable":
      return [{ kind: "table", name: operation.table.name }];
    case "renameTable":
      return [rename("table", operation)];
    case "moveTable": {
      const name = { schema: operation.to, name: lastName(operation.table) };
      return [{ kind: "table", name, from: operation.table }];
    }
    case "createIndex":
      return [{ kind: "index", name: besides(operation.table, operation.index.name) }];
    case "renameIndex":
      return [rename("index", { ...operation, from: besides(operation.table, operation.from) })];
    case "createEnum":
      return [{ kind: "enum", name: operation.enum.name }];
    case "renameEnum":
      return [rename("enum", operation)];
    case "createSequence":
      return [{ kind: "sequence", name: operation.sequence.name }];
    case "renameSequence":
      return [rename("sequence", operation)];
    case "createView":
      return [{ kind: "view", name: operation.view.name }];
    case "renameView":
      return [rename("view", operation)];
    case "createSchema":
      return [{ kind: "schema", name: operation.namespace.name }];
    case "renameSchema":
      return [rename("schema", operation)];
    case "execute":
      return written(operation.sql);
    default:
      return [];
  }
}

function rename(kind: Kind, { from, to }: { from: ObjectName; to: string }): Making {
  const name = typeof from === "string" ? to : { schema: from.schema, name: to };
  return { kind, name, from };
}

/** An index lives in the schema of its table. */
function besides(table: ObjectName, index: ObjectName): ObjectName {
  const name = typeof index === "string" ? index : index.name;
  return typeof table === "string" ? name : { schema: table.schema, name };
}

function lastName(name: ObjectName): string {
  return typeof name === "string" ? name : name.name;
}

const kinds: Readonly<Record<string, Kind>> = {
  TABLE: "table",
  INDEX: "index",
  TYPE: "enum",
  SEQUENCE: "sequence",
  VIEW: "view",
  SCHEMA: "schema",
};

const creation =
  /\bCREATE\s+(?:OR\s+REPLACE\s+)?(?:UNIQUE\s+|MATERIALIZED\s+|UNLOGGED\s+)?(TABLE|INDEX|TYPE|SEQUENCE|VIEW|SCHEMA)\s+(?:CONCURRENTLY\s+)?(?:IF\s+NOT\s+EXISTS\s+)?((?:[\p{L}\p{N}_$]+|"(?:[^"]|"")+")(?:\s*\.\s*(?:[\p{L}\p{N}_$]+|"(?:[^"]|"")+"))?)/giu;

/** What SQL that was written by hand creates. It may find too much, in a string: then a draft proposes a drop to be read. */
function written(sql: string): readonly Making[] {
  return [...sql.matchAll(creation)].flatMap(([, what = "", text = ""]) => {
    const kind = kinds[what.toUpperCase()];
    const parts = text.match(/"(?:[^"]|"")+"|[\p{L}\p{N}_$]+/gu)?.map(unquoted) ?? [];
    const [first = "", second] = parts;
    if (kind === undefined) return [];
    if (second === undefined) return [{ kind, name: first }];
    // `public.users` is plain `users` where that is the default schema.
    return [
      { kind, name: { schema: first, name: second } },
      { kind, name: second },
    ];
  });
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1).replaceAll('""', '"') : word;
}
