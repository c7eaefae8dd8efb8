/** Tables and their changes: `op.addColumn("users", …)`, or a batch of several. */
import type { TableName } from "../../model/schema.ts";
import type {
  AddColumn,
  AlterTable,
  ColumnAlteration,
  TableChange,
  TableOperation,
} from "../../operations/kinds/tables.ts";
import { type Call, type Code, string } from "./code.ts";
import { column, columnOf, constraint, generated, identity } from "./columns.ts";
import { name, options, sql, text, value, withOptions } from "./values.ts";

export function tableCall(it: TableOperation): Call {
  switch (it.kind) {
    case "createTable":
      return { call: "op.createTable", args: createTable(it) };
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

function createTable({
  table,
  options: { ifNotExists },
}: Extract<TableOperation, { kind: "createTable" }>): readonly Code[] {
  const { strict, withoutRowid } = table;
  const last = options({ ifNotExists, comment: text(table.comment), strict, withoutRowid });
  const hasOptions = last.members.length > 0;
  const constraints = table.constraints.map(constraint);
  return [
    name(table.name),
    { list: table.columns.map(column) },
    ...(constraints.length > 0 || hasOptions ? [{ list: constraints }] : []),
    ...(hasOptions ? [last] : []),
  ];
}

function alterTable({ table, changes, recreate, copyFrom }: AlterTable): Call {
  const batch = options({ recreate: text(recreate), copyFrom: copyFrom && { sql: copyFrom } });
  const [only, ...more] = changes;
  if (only !== undefined && more.length === 0 && batch.members.length === 0) {
    const { call, args } = change(only);
    return { call: `op.${call}`, args: [name(table), ...args] };
  }
  const parameter = parameterName(table);
  const body = changes.map((it) => {
    const { call, args } = change(it);
    return { call: `${parameter}.${call}`, args };
  });
  const args = [name(table), { parameter, body }];
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

function change(it: TableChange): Call {
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
