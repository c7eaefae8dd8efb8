/** Indexes. */
import { type Code, string } from "../../autogenerate/render/code.ts";
import { name, strings, withOptions } from "../../autogenerate/render/values.ts";
import type { ObjectName } from "../../model/schema.ts";
import type { Expression } from "../python/tree.ts";
import { Arguments } from "./arguments.ts";
import { type Line, line, objectName } from "./line.ts";
import { resolve, type Scope, stringOf, stringsOf, Untranslated } from "./scope.ts";
import { plainSql, quoted, sqlOf } from "./sql.ts";

export function createIndex(args: Arguments, scope: Scope): readonly Line[] {
  const own = args.string("index_name");
  const table = args.string("table_name");
  const columns = resolve(args.need("columns"), scope);
  const on = objectName(table, args.optionalString("schema"));
  if (columns.kind !== "list") throw new Untranslated("columns that are not told here");
  return [writeIndex({ own, table: on, columns: columns.items, args, scope })];
}

/** `sa.Index("ix", "a", "b")` in a table. */
export function indexLine(it: Expression, table: ObjectName, scope: Scope): Line {
  const args = new Arguments(it.kind === "call" ? it.args : [], scope);
  const own = args.string("name");
  return writeIndex({ own, table, columns: args.rest(), args, scope });
}

interface WrittenIndex {
  readonly own: string;
  readonly table: ObjectName;
  readonly columns: readonly Expression[];
  readonly args: Arguments;
  readonly scope: Scope;
}

function writeIndex({ own, table, columns, args, scope }: WrittenIndex): Line {
  const classes = operatorClasses(args.option("postgresql_ops"), scope);
  const concurrently = args.optionalFlag("postgresql_concurrently") ?? false;
  const using = args.optionalString("postgresql_using");
  const options = {
    unique: args.optionalFlag("unique"),
    where: predicate(args, scope),
    method: using === undefined || using === "btree" ? undefined : string(using),
    include: includes(args, scope),
    nullsNotDistinct: args.optionalFlag("postgresql_nulls_not_distinct"),
    concurrently,
    ifNotExists: args.optionalFlag("if_not_exists"),
  };
  args.ignore("info", "quote");
  args.end();
  const list = columns.map((column) => indexColumn(column, classes, scope));
  const written = [string(own), name(table), { list }];
  const call = { call: "op.createIndex", args: withOptions(written, options) };
  return { ...line(call), alone: concurrently };
}

function predicate(args: Arguments, scope: Scope): Code | undefined {
  const [postgresql, sqlite] = [args.option("postgresql_where"), args.option("sqlite_where")];
  const found = postgresql ?? sqlite;
  if (found === null) return undefined;
  const sql = (it: Expression): Code => ({ sql: plainSql(it, scope) ?? sqlOf(it, scope) });
  if (postgresql === null || sqlite === null) return sql(found);
  const members = [
    ["postgresql", sql(postgresql)],
    ["sqlite", sql(sqlite)],
  ] as const;
  return { members };
}

function includes(args: Arguments, scope: Scope): Code | undefined {
  const found = args.option("postgresql_include");
  return found === null ? undefined : strings(stringsOf(found, scope));
}

function operatorClasses(it: Expression | null, scope: Scope): ReadonlyMap<string, string> {
  if (it === null) return new Map();
  const found = resolve(it, scope);
  if (found.kind !== "dict") throw new Untranslated("postgresql_ops that are not told here");
  return new Map(
    found.entries.map(([key, value]) => [stringOf(key, scope), stringOf(value, scope)]),
  );
}

const sorted = /^"?(\w+)"?\s+(ASC|DESC)$/i;

function indexColumn(it: Expression, classes: ReadonlyMap<string, string>, scope: Scope): Code {
  const found = resolve(it, scope);
  if (found.kind === "string") {
    const operatorClass = classes.get(found.value);
    if (operatorClass === undefined) return string(found.value);
    return {
      members: [
        ["on", string(found.value)],
        ["operatorClass", string(operatorClass)],
      ],
    };
  }
  const sql = plainSql(found, scope) ?? sqlOf(found, scope);
  const [, column, order] = sorted.exec(sql) ?? [];
  if (column === undefined || order === undefined) return { sql };
  return {
    members: [
      ["on", string(column)],
      ["order", string(order.toLowerCase())],
    ],
  };
}

export function dropIndex(args: Arguments, scope: Scope): readonly Line[] {
  const own = args.string("index_name");
  const said = args.take("table_name");
  const schema = args.optionalString("schema");
  const concurrently = args.optionalFlag("postgresql_concurrently") ?? false;
  const ifExists = args.optionalFlag("if_exists");
  args.ignore("postgresql_using", "postgresql_where", "postgresql_ops", "sqlite_where", "unique");
  args.end();
  const table = said === null ? scope.indexes.get(own) : stringOf(said, scope);
  if (table === undefined) return [line(dropUnknown(own, ifExists ?? false))];
  const written = [string(own), name(objectName(table, schema))];
  const call = { call: "op.dropIndex", args: withOptions(written, { concurrently, ifExists }) };
  return [{ ...line(call), alone: concurrently }];
}

/** Nobody says which table it is of: both databases find it by its name. */
function dropUnknown(own: string, ifExists: boolean): Code {
  const words = ["DROP INDEX", ...(ifExists ? ["IF EXISTS"] : []), quoted(own)];
  return { call: "op.execute", args: [{ sql: words.join(" ") }] };
}
