/** Tables and their changes: `op.addColumn("users", …)`, or a batch of several. */
import type { TableName } from "../../model/schema.ts";
import type {
  AddColumn,
  AlterTable,
  ColumnAlteration,
  TableChange,
  TableOperation,
} from "../../operations/kinds/tables.ts";
import { type Call, type Code, type Line, type Members, string } from "./code.ts";
import { column, columnOf, constraint, generated, identity } from "./columns.ts";
import { name, options, sql, text, value, withOptions } from "./values.ts";

export function tableCall(it: TableOperation): Call {
  switch (it.kind) {
    case "createTable":
      return createTable(partsOf(it));
    case "dropTable":
      return {
        call: "op.dropTable",
        args: withOptions([name(it.table)], { ifExists: it.ifExists }),
      };
    case "renameTable":
      return { call: "op.renameTable", args: [name(it.from), string(it.to)] };
    case "moveTable":
      return { call: "op.moveTable", args: [name(it.table), string(it.to)] };
    case "alterTable":
      return alterTable(it);
  }
}

/** The pieces of a call of createTable. */
export interface TableParts {
  readonly name: Code;
  readonly columns: readonly Code[];
  readonly constraints: readonly Code[];
  readonly options: Members;
}

type CreateTable = Extract<TableOperation, { kind: "createTable" }>;

function partsOf({ table, options: { ifNotExists } }: CreateTable): TableParts {
  return {
    name: name(table.name),
    columns: table.columns.map(column),
    constraints: table.constraints.map(constraint),
    options: tableOptions(table, ifNotExists),
  };
}

export function tableOptions(
  { comment, strict, withoutRowid }: CreateTable["table"],
  ifNotExists: boolean,
): Members {
  return options({ ifNotExists, comment: text(comment), strict, withoutRowid });
}

export function createTable({ name, columns, constraints, options: last }: TableParts): Call {
  const hasOptions = last.members.length > 0;
  const args = [
    name,
    { list: columns },
    ...(constraints.length > 0 || hasOptions ? [{ list: constraints }] : []),
    ...(hasOptions ? [last] : []),
  ];
  return { call: "op.createTable", args };
}

function alterTable(operation: AlterTable): Call {
  const { table, changes } = operation;
  const batch = batchOptions(operation);
  const [only, ...more] = changes.map(change);
  if (only !== undefined && more.length === 0 && batch.members.length === 0)
    return onTable(table, only);
  const parameter = parameterName(table);
  return batchAlterTable(
    table,
    changes.map((it) => inBatch(parameter, change(it))),
    batch,
  );
}

export function batchOptions({ recreate, copyFrom }: AlterTable): Members {
  return options({ recreate: text(recreate), copyFrom: copyFrom && { sql: copyFrom } });
}

/** A change by itself: `op.addColumn("users", …)`. */
export function onTable(table: TableName, { call, args }: Call): Call {
  return { call: `op.${call}`, args: [name(table), ...args] };
}

/** A change among others: `users.addColumn(…)`. */
export function inBatch(parameter: string, { call, args }: Call): Call {
  return { call: `${parameter}.${call}`, args };
}

export function batchAlterTable(table: TableName, body: readonly Line[], batch: Members): Call {
  const args = [name(table), { parameter: parameterName(table), body }];
  return { call: "op.batchAlterTable", args: batch.members.length > 0 ? [...args, batch] : args };
}

/** The parameter of a batch: the table's own name where it can stand as one. */
export function parameterName(table: TableName): string {
  const own = typeof table === "string" ? table : table.name;
  return /^[a-z][a-z_]{2,}$/.test(own) && !taken.has(own) ? own : "table";
}

/** Words of the language, and the names that a revision imports. */
const taken = new Set(
  `sql check unique primaryKey foreignKey async await break case catch class const continue debugger default delete do else
  enum export extends false finally for function if implements import in instanceof interface let new null package private
  protected public return static super switch this throw true try typeof var void while with yield eval arguments revision
  upgrade downgrade transaction`.split(/\s+/),
);

/** `addColumn(…)`, which is of `op` or of a batch. */
export function change(it: TableChange): Call {
  switch (it.kind) {
    case "addColumn":
      return { call: it.kind, args: addColumn(it) };
    case "dropColumn":
    case "dropConstraint":
    case "validateConstraint":
      return { call: it.kind, args: [string(it.name)] };
    case "renameColumn":
    case "renameConstraint":
      return { call: it.kind, args: [string(it.from), string(it.to)] };
    case "alterColumn":
      return { call: it.kind, args: [string(it.name), alteration(it.name, it.to)] };
    case "addConstraint":
      return { call: it.kind, args: [constraint(it.constraint)] };
  }
}

function addColumn({ column: added, backfill, place }: AddColumn): readonly Code[] {
  const [where, beside] = Object.entries(place ?? {})[0] ?? [];
  return withOptions([column(added)], {
    backfill: sql(backfill),
    ...(where !== undefined && beside !== undefined && { [where]: string(beside) }),
  });
}

/** What is false or null here says something: it takes away. */
function alteration(of: string, to: ColumnAlteration): Code {
  return options({
    type: to.type && { ...columnOf(of, to.type, {}), member: "type" },
    notNull: to.notNull === undefined ? undefined : String(to.notNull),
    default: to.default === undefined ? undefined : value(to.default),
    identity: to.identity && identity(to.identity),
    autoIncrement: to.autoIncrement === undefined ? undefined : String(to.autoIncrement),
    generated: to.generated && generated(to.generated),
    collation:
      to.collation === undefined || to.collation === null ? to.collation : name(to.collation),
    comment: to.comment === undefined || to.comment === null ? to.comment : string(to.comment),
    using: sql(to.using),
    backfill: sql(to.backfill),
  });
}
