/** The body of a script: the calls that record its operations again, as they are. */
import type { Operation } from "../../operations/operation.ts";
import { type Code, type Line, line } from "./code.ts";
import {
  commentCall,
  enumCall,
  extensionCall,
  indexCall,
  namespaceCall,
  sequenceCall,
  viewCall,
} from "./objects.ts";
import { policyCall, roleCall } from "./security.ts";
import { tableCall } from "./tables.ts";
import { name, value } from "./values.ts";

/** An operation and what a reader has to know of it. */
export interface Drafted {
  readonly operation: Operation;
  /** Lines of a comment above the call. */
  readonly remarks: readonly string[];
}

/** The text of a body, and the names that it needs of drizzle-mig. */
export interface Rendered {
  readonly text: string;
  readonly imports: readonly string[];
}

export function render(drafted: readonly Drafted[]): Rendered {
  return renderLines(drafted.flatMap(linesOf));
}

/** The call of an operation, and the comments above it. */
export function linesOf({ operation, remarks }: Drafted): readonly Line[] {
  return [...remarks.map((remark) => ({ remark })), callOf(operation)];
}

export function renderLines(lines: readonly Line[]): Rendered {
  const used = new Set(lines.flatMap(namesIn));
  return {
    text: lines.map((it) => line(it, "  ")).join("\n"),
    imports: exported.filter((it) => used.has(it)),
  };
}

const exported = ["check", "foreignKey", "primaryKey", "sql", "t", "unique"];

/** The names at the roots of calls, and `sql`. */
function namesIn(code: Line): readonly string[] {
  if (typeof code === "string" || "remark" in code) return [];
  if ("sql" in code) return ["sql"];
  if ("list" in code) return code.list.flatMap(namesIn);
  if ("members" in code) return code.members.flatMap(([, it]) => namesIn(it));
  if ("parameter" in code) return code.body.flatMap(namesIn);
  return [code.call.split(".")[0] ?? "", ...code.args.flatMap(namesIn)];
}

type Kind = Operation["kind"];

type Writer<Of extends Kind> = (operation: Extract<Operation, { kind: Of }>) => Code;

const writers: { readonly [Of in Kind]: Writer<Of> } = {
  createTable: tableCall,
  dropTable: tableCall,
  renameTable: tableCall,
  moveTable: tableCall,
  alterTable: tableCall,
  createIndex: indexCall,
  dropIndex: indexCall,
  renameIndex: indexCall,
  createEnum: enumCall,
  dropEnum: enumCall,
  renameEnum: enumCall,
  addEnumValue: enumCall,
  renameEnumValue: enumCall,
  alterEnum: enumCall,
  createSchema: namespaceCall,
  dropSchema: namespaceCall,
  renameSchema: namespaceCall,
  createExtension: extensionCall,
  dropExtension: extensionCall,
  createSequence: sequenceCall,
  alterSequence: sequenceCall,
  dropSequence: sequenceCall,
  renameSequence: sequenceCall,
  createView: viewCall,
  dropView: viewCall,
  renameView: viewCall,
  refreshView: viewCall,
  comment: commentCall,
  createRole: roleCall,
  alterRole: roleCall,
  dropRole: roleCall,
  renameRole: roleCall,
  grant: roleCall,
  revoke: roleCall,
  createPolicy: policyCall,
  alterPolicy: policyCall,
  dropPolicy: policyCall,
  renamePolicy: policyCall,
  rowSecurity: policyCall,
  insert: ({ table, rows }) => ({
    call: "op.insert",
    args: [name(table), { list: rows.map(row) }],
  }),
  execute: ({ sql }) => ({ call: "op.execute", args: [{ sql }] }),
  run: ({ what }) => {
    // Work is code of the user's; no draft holds any.
    throw new TypeError(`op.run(${JSON.stringify(what)}) cannot be written out`);
  },
};

export function callOf(operation: Operation): Code {
  return (writers[operation.kind] as (operation: Operation) => Code)(operation);
}

function row(it: Readonly<Record<string, Parameters<typeof value>[0]>>): Code {
  return { members: Object.entries(it).map(([key, cell]) => [key, value(cell)] as const) };
}
