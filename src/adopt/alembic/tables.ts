/** `op.create_table` and what else is about whole tables. */
import { type Code, string } from "../../autogenerate/render/code.ts";
import { name, text, value, withOptions } from "../../autogenerate/render/values.ts";
import type { Literal } from "../../model/schema.ts";
import type { Expression } from "../python/tree.ts";
import type { Arguments } from "./arguments.ts";
import { type Constraint, constraintOf, isConstraint, primaryKey } from "./constraints.ts";
import { indexLine } from "./indexes.ts";
import { type Line, line, objectName } from "./line.ts";
import { type ReadColumn, readColumn } from "./read-column.ts";
import { nameOf, resolve, type Scope, stringOf, Untranslated } from "./scope.ts";
import { tableNamed } from "./sql.ts";
import { canBeNumbered, constraintsOf, indexesOf, writeColumn } from "./write-column.ts";

/** What stands in the parentheses of a table. */
interface Parts {
  readonly columns: readonly ReadColumn[];
  readonly constraints: readonly Constraint[];
  readonly indexes: readonly Expression[];
}

export function createTable(args: Arguments, scope: Scope): readonly Line[] {
  const own = args.string("table_name");
  const { columns, constraints, indexes } = partsOf(args.rest(), scope);
  const table = objectName(own, args.optionalString("schema"));
  const autoIncrement = args.optionalFlag("sqlite_autoincrement") ?? false;
  const hasRowid = args.optionalFlag("sqlite_with_rowid") ?? true;
  const options = {
    ifNotExists: args.optionalFlag("if_not_exists"),
    comment: text(args.optionalString("comment")),
    withoutRowid: !hasRowid,
  };
  args.ignore("info", "keep_existing", "extend_existing");
  args.end();
  const key = keyOf(columns, constraints);
  const written = columns.map((column) => {
    const isKey = key.columns.includes(column.name);
    const isNumbered = isKey && key.columns.length === 1 && canBeNumbered(column);
    return writeColumn(column, { isKey, isNumbered, autoIncrement: isNumbered && autoIncrement });
  });
  const names = columns.map((column) => column.name);
  const rest = [...constraints.filter((it) => it !== key), ...columns.flatMap(constraintsOf)];
  const all = [...(key.columns.length > 0 ? [key] : []), ...rest];
  const list: Code = { list: all.map((it) => it.write(own, names)) };
  const base = [name(table), { list: written }, list];
  const withLast = withOptions(base, options);
  const short = all.length === 0 && withLast.length === base.length;
  const call = { call: "op.createTable", args: short ? base.slice(0, 2) : withLast };
  return [
    ...enumsOf(columns),
    line(
      call,
      columns.flatMap(({ remarks }) => remarks),
    ),
    ...indexes.map((it) => indexLine(it, table, scope)),
    ...columns.flatMap((column) => indexesOf(column, table)),
  ];
}

function partsOf(items: readonly Expression[], scope: Scope): Parts {
  const columns: ReadColumn[] = [];
  const constraints: Constraint[] = [];
  const indexes: Expression[] = [];
  for (const item of items) {
    const found = resolve(item, scope);
    const callee = nameOf(found, scope);
    if (callee === "Column") columns.push(readColumn(found, scope));
    else if (callee === "Index") indexes.push(found);
    else if (isConstraint(callee)) constraints.push(constraintOf(callee, found, scope));
    else throw new Untranslated(`${callee ?? "something"} in a table`);
  }
  return { columns, constraints, indexes };
}

/** The primary key, said by a constraint or by the columns themselves. */
function keyOf(columns: readonly ReadColumn[], constraints: readonly Constraint[]): Constraint {
  const said = constraints.find(({ kind }) => kind === "primaryKey");
  const own = columns.filter(({ isKey }) => isKey).map((column) => column.name);
  return said ?? primaryKey(own, undefined);
}

/** SQLAlchemy makes the enums of a table before the table. */
function enumsOf(columns: readonly ReadColumn[]): readonly Line[] {
  return columns.flatMap(({ creates }) => {
    if (creates === null) return [];
    const values = { list: creates.values.map(string) };
    const code = { call: "op.createEnum", args: [name(creates.name), values] };
    return [{ ...line(code), creates }];
  });
}

export function dropTable(args: Arguments): readonly Line[] {
  const own = args.string("table_name");
  const table = name(objectName(own, args.optionalString("schema")));
  const ifExists = args.optionalFlag("if_exists");
  args.end();
  return [line({ call: "op.dropTable", args: withOptions([table], { ifExists }) })];
}

export function renameTable(args: Arguments): readonly Line[] {
  const from = args.string("old_table_name");
  const to = args.string("new_table_name");
  const table = name(objectName(from, args.optionalString("schema")));
  args.end();
  return [line({ call: "op.renameTable", args: [table, string(to)] })];
}

export function commentTable(args: Arguments, isDrop: boolean): readonly Line[] {
  const table = args.string("table_name");
  const said = isDrop ? null : args.string("comment");
  const on = name(objectName(table, args.optionalString("schema")));
  args.ignore("existing_comment");
  args.end();
  const comment = said === null ? "null" : string(said);
  return [line({ call: "op.comment", args: [{ members: [["table", on]] }, comment] })];
}

/** `op.bulk_insert(users, [{"id": 1}])`. */
export function bulkInsert(args: Arguments, scope: Scope): readonly Line[] {
  const table = resolve(args.need("table"), scope);
  const rows = resolve(args.need("rows"), scope);
  args.ignore("multiinsert");
  args.end();
  if (tableNamed(table, scope) === null || table.kind !== "call" || rows.kind !== "list")
    throw new Untranslated("rows that are not told here");
  const [first] = table.args;
  const schema = table.args.find((it) => it.name === "schema");
  const into = objectName(
    first ? stringOf(first.value, scope) : "",
    schema && stringOf(schema.value, scope),
  );
  const list = rows.items.map((row) => rowOf(row, scope));
  return [line({ call: "op.insert", args: [name(into), { list }] })];
}

function rowOf(it: Expression, scope: Scope): Code {
  const found = resolve(it, scope);
  if (found.kind !== "dict") throw new Untranslated("a row that is no dict");
  const members = found.entries.map(([key, cell]) => {
    return [stringOf(key, scope), value(literalOf(cell, scope))] as const;
  });
  return { members };
}

function literalOf(it: Expression, scope: Scope): Literal {
  const found = resolve(it, scope);
  if (found.kind === "constant") return found.value;
  if (found.kind === "number" && /^\d+(?:\.\d+)?$/.test(found.text)) return Number(found.text);
  if (found.kind === "unary" && found.operator === "-") {
    const of = literalOf(found.of, scope);
    if (typeof of === "number") return -of;
  }
  return stringOf(found, scope);
}
