/** The directives that change one table, by themselves or in a batch. */
import { type Call, type Code, string } from "../../autogenerate/render/code.ts";
import { columnOf } from "../../autogenerate/render/columns.ts";
import { options, withOptions } from "../../autogenerate/render/values.ts";
import type { ObjectName } from "../../model/schema.ts";
import type { Expression } from "../python/tree.ts";
import type { Arguments } from "./arguments.ts";
import { type Constraint, check, foreignKey, primaryKey, unique } from "./constraints.ts";
import { defaultOf } from "./defaults.ts";
import type { Line } from "./line.ts";
import { objectName, plainName } from "./line.ts";
import { readColumn } from "./read-column.ts";
import { resolve, type Scope, stringOrNull, Untranslated } from "./scope.ts";
import { spelled } from "./spelled.ts";
import { typeOf } from "./types.ts";
import { constraintsOf, indexesOf, writeColumn } from "./write-column.ts";

/** What a directive comes to: changes of its table, and what follows behind them. */
export interface Changes {
  readonly changes: readonly Call[];
  readonly after: readonly Line[];
  readonly remarks: readonly string[];
}

/** Takes its table from the arguments, or knows it from the batch that it is in. */
export type TableOf = (args: Arguments, parameter?: string) => ObjectName;

type Directive = (args: Arguments, tableOf: TableOf, scope: Scope) => ReadDirective;

interface ReadDirective extends Changes {
  readonly table: ObjectName;
}

export const changeDirectives: Readonly<Record<string, Directive>> = {
  add_column: addColumn,
  drop_column: (args, tableOf) => {
    const table = tableOf(args);
    const column = args.string("column_name");
    args.optionalFlag("if_exists");
    args.ignore("mssql_drop_default");
    args.end();
    return plain(table, { call: "dropColumn", args: [string(column)] });
  },
  alter_column: alterColumn,
  create_primary_key: (args, tableOf, scope) => {
    const own = nameOf(args, scope);
    const table = tableOf(args);
    const columns = args.strings("columns");
    args.end();
    return adding(table, primaryKey(columns, own));
  },
  create_unique_constraint: (args, tableOf, scope) => {
    const own = nameOf(args, scope);
    const table = tableOf(args);
    const columns = args.strings("columns");
    const waits = args.optionalFlag("deferrable")
      ? (args.optionalString("initially") ?? "immediate")
      : undefined;
    args.end();
    return adding(table, unique(columns, own, waits?.toLowerCase()));
  },
  create_check_constraint: (args, tableOf, scope) => {
    const own = nameOf(args, scope);
    const table = tableOf(args);
    const condition = args.need("condition");
    args.end();
    return adding(table, check(condition, own, scope));
  },
  create_foreign_key: createForeignKey,
  drop_constraint: (args, tableOf, scope) => {
    const own = nameOf(args, scope);
    const table = tableOf(args);
    args.take("type_");
    args.ignore("if_exists");
    args.end();
    if (own === undefined) throw new Untranslated("a constraint without a name is dropped");
    return plain(table, { call: "dropConstraint", args: [string(own)] });
  },
};

function plain(table: ObjectName, ...changes: readonly Call[]): ReadDirective {
  return { table, changes, after: [], remarks: [] };
}

function adding(table: ObjectName, constraint: Constraint): ReadDirective {
  const own = plainName(table);
  return plain(table, { call: "addConstraint", args: [constraint.write(own, [])] });
}

function nameOf(args: Arguments, scope: Scope): string | undefined {
  return stringOrNull(args.need("constraint_name"), scope) ?? undefined;
}

function addColumn(args: Arguments, tableOf: TableOf, scope: Scope): ReadDirective {
  const table = tableOf(args);
  const column = readColumn(args.need("column"), scope);
  const [before, after] = [
    args.optionalString("insert_before"),
    args.optionalString("insert_after"),
  ];
  args.ignore("if_not_exists");
  args.end();
  const place = {
    before: before === undefined ? undefined : string(before),
    after: after === undefined ? undefined : string(after),
  };
  const own = plainName(table);
  const added = { call: "addColumn", args: withOptions([writeColumn(column)], place) };
  const constraints = constraintsOf(column).map((it) => ({
    call: "addConstraint",
    args: [it.write(own, [column.name])],
  }));
  return {
    table,
    changes: [added, ...constraints],
    after: indexesOf(column, table),
    remarks: column.remarks,
  };
}

function alterColumn(args: Arguments, tableOf: TableOf, scope: Scope): ReadDirective {
  const table = tableOf(args);
  const column = args.string("column_name");
  const renamed = args.optionalString("new_column_name");
  const nullable = args.optionalFlag("nullable");
  const type = args.option("type_");
  const using = args.optionalString("postgresql_using");
  const existing = args.option("existing_type");
  const value = args.option("server_default");
  args.ignore("existing_server_default", "existing_nullable", "existing_comment");
  args.ignore("existing_autoincrement", "autoincrement");
  const comment = args.option("comment");
  args.end();
  const to = {
    type: type === null ? undefined : newType(column, type, scope),
    notNull: nullable === undefined ? undefined : String(!nullable),
    default: value === null ? undefined : newDefault(value, type ?? existing, scope),
    comment: comment === null ? undefined : commentOf(comment, scope),
    using: using === undefined ? undefined : { sql: using },
  };
  const isChanged = Object.values(to).some((each) => each !== undefined);
  const changed = { call: "alterColumn", args: [string(column), options(to)] };
  const rename = (name: string) => ({ call: "renameColumn", args: [string(column), string(name)] });
  return plain(
    table,
    ...(isChanged ? [changed] : []),
    ...(renamed === undefined || renamed === column ? [] : [rename(renamed)]),
  );
}

function newType(column: string, type: Expression, scope: Scope): Code {
  return { ...columnOf(column, spelled(typeOf(type, scope).type, scope), {}), member: "type" };
}

/** False says that it stays. */
function newDefault(it: Expression, type: Expression | null, scope: Scope): Code | undefined {
  const found = resolve(it, scope);
  if (found.kind === "constant" && found.value === false) return undefined;
  const known = type === null ? ({ kind: "text" } as const) : typeOf(type, scope).type;
  return defaultOf(found, known, scope) ?? "null";
}

function commentOf(it: Expression, scope: Scope): Code {
  const said = stringOrNull(it, scope);
  return said === null ? "null" : string(said);
}

function createForeignKey(args: Arguments, tableOf: TableOf, scope: Scope): ReadDirective {
  const own = nameOf(args, scope);
  const table = tableOf(args, "source_table");
  const referent = args.string("referent_table");
  const columns = args.strings("local_cols");
  const remote = args.strings("remote_cols");
  const schema = args.optionalString("referent_schema");
  const targets = remote.map((column) => ({
    table: referent,
    column,
    ...(schema !== undefined && { schema }),
  }));
  return adding(table, foreignKey({ columns, targets, own, args }));
}

/** Out of a batch the table and its schema are arguments. */
export const fromArguments: TableOf = (args, parameter = "table_name") => {
  const table = args.string(parameter);
  const schema = args.optionalString(parameter === "source_table" ? "source_schema" : "schema");
  return objectName(table, schema);
};
