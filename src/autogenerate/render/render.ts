/** The body of a script: the calls that record its operations again, as they are. */
import type { Operation } from "../../operations/operation.ts";
import { type Code, print } from "./code.ts";
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
  const calls = drafted.map(({ operation }) => callOf(operation));
  const text = drafted
    .map(({ remarks }, at) => [...remarks.map(remark), statement(calls[at] ?? "")].join("\n"))
    .join("\n");
  return { text, imports: importsOf(calls) };
}

/** The names that `calls` need of drizzle-mig. */
export function importsOf(calls: readonly Code[]): readonly string[] {
  const used = new Set(calls.flatMap(namesIn));
  return exported.filter((it) => used.has(it));
}

function statement(call: Code): string {
  return `  ${print(call, "  ")};`;
}

function remark(line: string): string {
  return `  // ${line.replace(/\s+/g, " ").trim()}`.trimEnd();
}

const exported = ["check", "foreignKey", "primaryKey", "sql", "t", "unique"];

/** The names at the roots of calls, and `sql`. */
function namesIn(code: Code): readonly string[] {
  if (typeof code === "string") return [];
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

function callOf(operation: Operation): Code {
  return (writers[operation.kind] as (operation: Operation) => Code)(operation);
}

function row(it: Readonly<Record<string, Parameters<typeof value>[0]>>): Code {
  return { members: Object.entries(it).map(([key, cell]) => [key, value(cell)] as const) };
}
