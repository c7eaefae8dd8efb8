/**
 * What a rename makes of the texts of a schema: a database puts the new name into checks, predicates, computed columns,
 * policies and views, of which a schema knows the text only.
 */
import {
  type Constraint,
  type Expression,
  type Index,
  isExpression,
  type ObjectName,
  type Schema,
  type SchemaTable,
} from "../../model/schema.ts";
import type { Policy } from "../../model/security.ts";
import type { View } from "../../model/view.ts";
import { itemNamed, mapped } from "../../operations/apply/lists.ts";
import { defaultSchema, localName, renamed, schemaOf } from "../../operations/apply/names.ts";
import type { Operation } from "../../operations/operation.ts";
import { mentions, pathOf, pathsOf } from "../compare/mentions.ts";
import { withSequence, withType, withValue } from "./respell-casts.ts";

interface Renamed {
  readonly from: string;
  readonly to: string;
}

/** `schema`, which is as it is after `operation`, with the new names in its texts. */
export function respelled(schema: Schema, operation: Operation): Schema {
  switch (operation.kind) {
    case "renameTable": {
      const { from, to } = operation;
      const name = { from: localName(from), to };
      return inTexts(schema, renamed(from, to), [name], speaksOf([operation]));
    }
    case "alterTable": {
      const columns = operation.changes.filter((it) => it.kind === "renameColumn");
      if (columns.length === 0) return schema;
      return inTexts(schema, operation.table, columns, speaksOf([operation]));
    }
    case "renameEnumValue":
      return everywhere(schema, (sql) => withValue(sql, operation.name, operation));
    case "renameEnum":
      return everywhere(schema, (sql) => withType(sql, operation.from, operation.to));
    case "renameSequence":
      return everywhere(schema, (sql) => withSequence(sql, operation.from, operation.to));
    default:
      return schema;
  }
}

function everywhere(schema: Schema, speak: (sql: string) => string): Schema {
  const say: Speak = (it) => ({ ...it, sql: speak(it.sql) });
  return {
    ...schema,
    tables: schema.tables.map((table) => {
      const { columns, ...rest } = inTable(table, say);
      return {
        ...rest,
        columns: columns.map((it) =>
          isExpression(it.default) ? { ...it, default: say(it.default) } : it,
        ),
      };
    }),
    views: schema.views.map((it) => ({ ...it, definition: say(it.definition) })),
  };
}

/** Whether a view may speak of what `operations` rename. */
export function readersOf(operations: readonly Operation[]): (view: View) => boolean {
  const reads = speaksOf(operations);
  return ({ definition }) => reads(definition);
}

/** Whether a query, or a condition with one, may speak of what `operations` rename. */
export function speaksOf(operations: readonly Operation[]): (expression: Expression) => boolean {
  const renames = operations.flatMap((operation): readonly Reading[] => {
    if (operation.kind === "renameTable") return [{ table: operation.from }];
    if (operation.kind !== "alterTable") return [];
    const columns = operation.changes.flatMap((it) => (it.kind === "renameColumn" ? it.from : []));
    return columns.map((column) => ({ table: operation.table, column }));
  });
  return ({ sql }) => {
    const paths = pathsOf(sql);
    return renames.some(
      ({ table, column }) =>
        isRead(table, paths) && (column === undefined || mentions(sql, [column])),
    );
  };
}

interface Reading {
  readonly table: ObjectName;
  readonly column?: string;
}

/** A table of the default schema is named alone, any other with its schema. */
function isRead(table: ObjectName, paths: ReadonlySet<string>): boolean {
  const [schema, local] = [schemaOf(table), localName(table)];
  if (paths.has(pathOf(schema ?? defaultSchema, local))) return true;
  return schema === undefined && paths.has(local.toLowerCase());
}

function inTexts(
  schema: Schema,
  table: ObjectName,
  names: readonly Renamed[],
  readsIt: (expression: Expression) => boolean,
): Schema {
  const speak: Speak = (expression) => ({
    ...expression,
    sql: names.reduce(inText, expression.sql),
  });
  const speakIfRead: Speak = (it) => (readsIt(it) ? speak(it) : it);
  const own = itemNamed(schema.tables, table);
  return {
    ...schema,
    tables: mapped(schema.tables, (it) =>
      it === own ? inTable(it, speak) : inPolicies(it, speakIfRead),
    ),
    views: mapped(schema.views, (it) =>
      readsIt(it.definition) ? { ...it, definition: speak(it.definition) } : it,
    ),
  };
}

type Speak = (expression: Expression) => Expression;

function inTable(table: SchemaTable, speak: Speak): SchemaTable {
  return {
    ...table,
    columns: table.columns.map((it) =>
      it.generated ? { ...it, generated: { ...it.generated, as: speak(it.generated.as) } } : it,
    ),
    constraints: table.constraints.map(
      (it): Constraint => (it.kind === "check" ? { ...it, expression: speak(it.expression) } : it),
    ),
    indexes: table.indexes.map((it) => inIndex(it, speak)),
    policies: inPolicies(table, speak).policies,
  };
}

/** A policy may read other tables. */
function inPolicies(table: SchemaTable, speak: Speak): SchemaTable {
  if (table.policies.length === 0) return table;
  return { ...table, policies: table.policies.map((it) => inPolicy(it, speak)) };
}

function inIndex(index: Index, speak: Speak): Index {
  const { columns, where } = index;
  return {
    ...index,
    columns: columns.map((it) => (typeof it.of === "string" ? it : { ...it, of: speak(it.of) })),
    ...(where && { where: speak(where) }),
  };
}

function inPolicy(policy: Policy, speak: Speak): Policy {
  const { using, withCheck } = policy;
  return {
    ...policy,
    ...(using && { using: speak(using) }),
    ...(withCheck && { withCheck: speak(withCheck) }),
  };
}

const words = /'(?:[^']|'')*'|"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*/gu;

/** Strings stay as they are, and so do functions and types. */
function inText(sql: string, { from, to }: Renamed): string {
  return sql.replace(words, (word, at: number) => {
    if (word.startsWith("'") || /^\s*\(/.test(sql.slice(at + word.length))) return word;
    if (/(?:::|\bAS)\s*$/i.test(sql.slice(0, at))) return word;
    const name = word.startsWith('"')
      ? word.slice(1, -1).replaceAll('""', '"')
      : word.toLowerCase();
    return name === from ? `"${to.replaceAll('"', '""')}"` : word;
  });
}
