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
  const used = new Set(calls.flatMap(namesIn));
  return { text, imports: exported.filter((it) => used.has(it)) };
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

function callOf(it: Operation): Code {
  switch (it.kind) {
    case "createTable":
    case "dropTable":
    case "renameTable":
    case "moveTable":
    case "alterTable":
      return tableCall(it);
    case "createIndex":
    case "dropIndex":
    case "renameIndex":
      return indexCall(it);
    case "createEnum":
    case "dropEnum":
    case "renameEnum":
    case "addEnumValue":
    case "renameEnumValue":
    case "alterEnum":
      return enumCall(it);
    case "createSchema":
    case "dropSchema":
    case "renameSchema":
      return namespaceCall(it);
    case "createExtension":
    case "dropExtension":
      return extensionCall(it);
    case "createSequence":
    case "alterSequence":
    case "dropSequence":
    case "renameSequence":
      return sequenceCall(it);
    case "createView":
    case "dropView":
    case "renameView":
    case "refreshView":
      return viewCall(it);
    case "comment":
      return commentCall(it);
    case "createRole":
    case "alterRole":
    case "dropRole":
    case "renameRole":
    case "grant":
    case "revoke":
      return roleCall(it);
    case "createPolicy":
    case "alterPolicy":
    case "dropPolicy":
    case "renamePolicy":
    case "rowSecurity":
      return policyCall(it);
    case "insert":
      return { call: "op.insert", args: [name(it.table), { list: it.rows.map(row) }] };
    case "execute":
      return { call: "op.execute", args: [{ sql: it.sql }] };
    case "run":
      // Work is code of the user's; no draft holds any.
      throw new TypeError(`op.run(${JSON.stringify(it.what)}) cannot be written out`);
  }
}

function row(it: Readonly<Record<string, Parameters<typeof value>[0]>>): Code {
  return { members: Object.entries(it).map(([key, cell]) => [key, value(cell)] as const) };
}
