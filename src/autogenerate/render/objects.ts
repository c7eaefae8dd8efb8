/** Indexes, enums, schemas, extensions, sequences, views and comments. */
import type { IndexColumn } from "../../model/schema.ts";
import type { EnumOperation } from "../../operations/kinds/enums.ts";
import type { IndexOperation } from "../../operations/kinds/indexes.ts";
import type {
  CommentOperation,
  CommentTarget,
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
  ViewOperation,
} from "../../operations/kinds/objects.ts";
import { type Call, type Code, string } from "./code.ts";
import { sequence } from "./columns.ts";
import { name, options, parameters, sql, strings, text, value, withOptions } from "./values.ts";

export function indexCall(it: IndexOperation): Call {
  const { kind } = it;
  switch (it.kind) {
    case "createIndex":
      return { call: `op.${kind}`, args: createIndex(it) };
    case "dropIndex": {
      const { concurrently, ifExists } = it;
      const args = withOptions([string(it.name), name(it.table)], { concurrently, ifExists });
      return { call: `op.${kind}`, args };
    }
    case "renameIndex":
      return { call: `op.${kind}`, args: [name(it.table), string(it.from), string(it.to)] };
  }
}

function createIndex(it: Extract<IndexOperation, { kind: "createIndex" }>): readonly Code[] {
  const { index, concurrently, ifNotExists, only } = it;
  const columns = { list: index.columns.map(indexColumn) };
  return withOptions([string(index.name), name(it.table), columns], {
    unique: index.unique,
    where: sql(index.where),
    method: text(index.method),
    include: index.include && strings(index.include),
    nullsNotDistinct: index.nullsNotDistinct,
    with: index.with && parameters(index.with),
    comment: text(index.comment),
    concurrently,
    ifNotExists,
    only,
  });
}

function indexColumn({ of, order, nulls, operatorClass, collation }: IndexColumn): Code {
  const on = value(of);
  const more = options({
    order: text(order),
    nulls: text(nulls),
    operatorClass: text(operatorClass),
    collation: collation && name(collation),
  });
  return more.members.length === 0 ? on : { members: [["on", on], ...more.members] };
}

export function enumCall(it: EnumOperation): Call {
  const call = `op.${it.kind}`;
  switch (it.kind) {
    case "createEnum": {
      const args = [name(it.enum.name), strings(it.enum.values)];
      return { call, args: withOptions(args, { comment: text(it.enum.comment) }) };
    }
    case "dropEnum":
      return { call, args: withOptions([name(it.name)], { ifExists: it.ifExists }) };
    case "renameEnum":
      return { call, args: [name(it.from), string(it.to)] };
    case "addEnumValue": {
      const { ifNotExists, place } = it;
      const [where, beside] = Object.entries(place ?? {})[0] ?? [];
      const at = where !== undefined && beside !== undefined && { [where]: string(beside) };
      return { call, args: withOptions([name(it.name), string(it.value)], { ...at, ifNotExists }) };
    }
    case "renameEnumValue":
      return { call, args: [name(it.name), string(it.from), string(it.to)] };
    case "alterEnum":
      return { call, args: [name(it.name), strings(it.values), alterEnum(it)] };
  }
}

function alterEnum({ columns, map }: Extract<EnumOperation, { kind: "alterEnum" }>): Code {
  const uses = columns.map(({ table, column, array, default: initial }) =>
    options({
      table: name(table),
      column: string(column),
      array,
      default: initial === undefined ? undefined : value(initial),
    }),
  );
  const mapped = Object.entries(map).map(([from, to]) => [from, string(to)] as const);
  return options({
    columns: { list: uses },
    map: mapped.length > 0 ? { members: mapped } : undefined,
  });
}

export function namespaceCall(it: NamespaceOperation): Call {
  const call = `op.${it.kind}`;
  switch (it.kind) {
    case "createSchema": {
      const { ifNotExists, namespace } = it;
      const details = { ifNotExists, comment: text(namespace.comment) };
      return { call, args: withOptions([string(namespace.name)], details) };
    }
    case "dropSchema":
      return { call, args: withOptions([string(it.name)], { ifExists: it.ifExists }) };
    case "renameSchema":
      return { call, args: [string(it.from), string(it.to)] };
  }
}

export function extensionCall(it: ExtensionOperation): Call {
  const call = `op.${it.kind}`;
  switch (it.kind) {
    case "createExtension": {
      const { ifNotExists, extension } = it;
      const { schema, version } = extension;
      const details = { ifNotExists, schema: text(schema), version: text(version) };
      return { call, args: withOptions([string(extension.name)], details) };
    }
    case "dropExtension":
      return { call, args: withOptions([string(it.name)], { ifExists: it.ifExists }) };
  }
}

export function sequenceCall(it: SequenceOperation): Call {
  const call = `op.${it.kind}`;
  switch (it.kind) {
    case "createSequence": {
      const { type, options: numbers, comment } = it.sequence;
      const details = {
        type: text(type),
        ...sequence(numbers),
        comment: text(comment),
        ifNotExists: it.ifNotExists,
      };
      return { call, args: withOptions([name(it.sequence.name)], details) };
    }
    case "alterSequence":
      return { call, args: [name(it.name), options(sequence(it.to))] };
    case "dropSequence":
      return { call, args: withOptions([name(it.name)], { ifExists: it.ifExists }) };
    case "renameSequence":
      return { call, args: [name(it.from), string(it.to)] };
  }
}

export function viewCall(it: ViewOperation): Call {
  const call = `op.${it.kind}`;
  switch (it.kind) {
    case "createView":
      return { call, args: createView(it) };
    case "dropView": {
      const { materialized, ifExists } = it;
      return { call, args: withOptions([name(it.name)], { materialized, ifExists }) };
    }
    case "renameView": {
      const { materialized } = it;
      return { call, args: withOptions([name(it.from), string(it.to)], { materialized }) };
    }
    case "refreshView":
      return { call, args: withOptions([name(it.name)], { concurrently: it.concurrently }) };
  }
}

function createView(it: Extract<ViewOperation, { kind: "createView" }>): readonly Code[] {
  const { view, orReplace } = it;
  return withOptions([name(view.name), { sql: view.definition.sql }], {
    columns: view.columns && strings(view.columns),
    materialized: view.materialized,
    with: view.with && parameters(view.with),
    using: text(view.using),
    tablespace: text(view.tablespace),
    withNoData: view.withNoData,
    comment: text(view.comment),
    orReplace,
  });
}

export function commentCall({ on, text: said }: CommentOperation): Call {
  return { call: "op.comment", args: [bearer(on), said === null ? "null" : string(said)] };
}

function bearer(on: CommentTarget): Code {
  const members = Object.entries(on).map(([what, it]: [string, CommentBearer]) => {
    return [what, typeof it === "boolean" ? String(it) : name(it)] as const;
  });
  return { members };
}

type CommentBearer = Parameters<typeof name>[0] | boolean;
