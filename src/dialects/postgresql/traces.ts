/** The traces of the statements that mig writes. */
import type { TableName } from "../../model/schema.ts";
import type { EnumOperation } from "../../operations/kinds/enums.ts";
import type { ViewOperation } from "../../operations/kinds/objects.ts";
import type { TableOperation } from "../../operations/kinds/tables.ts";
import type { Operation, TableChange } from "../../operations/operation.ts";
import { alterations } from "./alter.ts";
import { conversion as columnConversion } from "./alter-column.ts";
import { type AlterEnum, conversion as enumConversion, formerEnum } from "./alter-enum.ts";
import {
  exists,
  hasColumn,
  hasColumnOfEnum,
  hasConstraint,
  hasLabel,
  hasType,
} from "./catalogue.ts";
import { appears, disappears, moves, type Trace } from "./trace.ts";
import { ofAround } from "./traces-around.ts";
import { beside } from "./write.ts";

/** The trace of `sql`, which is one of the statements of `operation`. */
export function traceOf(operation: Operation, sql: string): Trace {
  switch (operation.kind) {
    case "createTable":
    case "dropTable":
    case "renameTable":
    case "moveTable":
    case "alterTable":
      return ofTable(operation, sql);
    case "createIndex":
      return appears(exists(beside(operation.table, operation.index.name)));
    case "dropIndex":
      return disappears(exists(beside(operation.table, operation.name)));
    case "renameIndex": {
      const at = (name: string) => exists(beside(operation.table, name));
      return moves(at(operation.from), at(operation.to));
    }
    case "createEnum":
    case "dropEnum":
    case "renameEnum":
    case "addEnumValue":
    case "renameEnumValue":
    case "alterEnum":
      return ofEnum(operation, sql);
    case "createView":
    case "dropView":
    case "renameView":
    case "refreshView":
      return ofView(operation);
    case "insert":
    case "execute":
    case "run":
      return "unclear";
    default:
      return ofAround(operation);
  }
}

function ofTable(operation: TableOperation, sql: string): Trace {
  switch (operation.kind) {
    case "createTable":
      return appears(exists(operation.table.name));
    case "dropTable":
      return disappears(exists(operation.table));
    case "renameTable":
      return moves(exists(operation.from), exists(beside(operation.from, operation.to)));
    case "moveTable": {
      const { table, to } = operation;
      const name = typeof table === "string" ? table : table.name;
      return moves(exists(table), exists({ schema: to, name }));
    }
    case "alterTable": {
      const { table, changes } = operation;
      const change = changes.find((it) => alterations(table, it).includes(sql));
      return change ? ofChange(table, change, sql) : "unclear";
    }
  }
}

function ofChange(on: TableName, change: TableChange, sql: string): Trace {
  switch (change.kind) {
    case "addColumn":
      // What follows gives it values and demands: all that can be said twice.
      return sql === alterations(on, change)[0]
        ? appears(hasColumn(on, change.column.name))
        : "again";
    case "dropColumn":
      return disappears(hasColumn(on, change.name));
    case "renameColumn":
      return moves(hasColumn(on, change.from), hasColumn(on, change.to));
    case "alterColumn":
      return sql === columnConversion(on, change.name, change.to) ? "unclear" : "again";
    case "addConstraint":
      return appears(hasConstraint(on, change.constraint.name));
    case "dropConstraint":
      return disappears(hasConstraint(on, change.name));
    case "renameConstraint":
      return moves(hasConstraint(on, change.from), hasConstraint(on, change.to));
    case "validateConstraint":
      return "again";
  }
}

function ofEnum(operation: EnumOperation, sql: string): Trace {
  switch (operation.kind) {
    case "createEnum":
      return appears(hasType(operation.enum.name));
    case "dropEnum":
      return disappears(hasType(operation.name));
    case "renameEnum":
      return moves(hasType(operation.from), hasType(beside(operation.from, operation.to)));
    case "addEnumValue":
      return appears(hasLabel(operation.name, operation.value));
    case "renameEnumValue": {
      const { name, from, to } = operation;
      return moves(hasLabel(name, from), hasLabel(name, to));
    }
    case "alterEnum":
      return ofNewEnum(operation, sql);
  }
}

function ofNewEnum(operation: AlterEnum, sql: string): Trace {
  const { name, columns } = operation;
  const former = hasType(formerEnum(name));
  if (/^ALTER TYPE\b/.test(sql)) return moves(hasType(name), former);
  if (/^CREATE TYPE\b/.test(sql)) return appears(hasType(name));
  if (/^DROP TYPE\b/.test(sql)) return disappears(former);
  const use = columns.find((it) => enumConversion(operation, it) === sql);
  return use ? appears(hasColumnOfEnum(use.table, use.column, name)) : "again";
}

function ofView(operation: ViewOperation): Trace {
  switch (operation.kind) {
    case "createView":
      return appears(exists(operation.view.name));
    case "dropView":
      return disappears(exists(operation.name));
    case "renameView":
      return moves(exists(operation.from), exists(beside(operation.from, operation.to)));
    case "refreshView":
      return "again";
  }
}
