/** From operations to the statements that carry them out. */
import { fail } from "../../errors.ts";
import type {
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
} from "../../operations/kinds/objects.ts";
import type { RoleOperation } from "../../operations/kinds/security.ts";
import type { Operation, Recorded } from "../../operations/operation.ts";
import type { Statement } from "../statement.ts";
import { commentOn } from "./comments.ts";
import { enumStatements } from "./enums.ts";
import { indexStatements } from "./indexes.ts";
import { insert } from "./insert.ts";
import { extensionStatements, namespaceStatements, sequenceStatements } from "./objects.ts";
import { policyStatements } from "./policies.ts";
import { roleStatements } from "./roles.ts";
import { splitComplete } from "./split.ts";
import { tableStatements } from "./tables.ts";
import { viewStatements } from "./views.ts";

/** What was compiled when it was checked is what runs later. */
const compiled = new WeakMap<Recorded, readonly Statement[]>();

/** The statements of `recorded`, each exactly one statement of the server. */
export function compile(recorded: Recorded): readonly Statement[] {
  const known = compiled.get(recorded);
  if (known !== undefined) return known;
  const statements = statementsOf(recorded.operation).map((sql) => ({ sql, from: recorded }));
  compiled.set(recorded, statements);
  return statements;
}

function statementsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "createTable":
    case "dropTable":
    case "renameTable":
    case "moveTable":
    case "alterTable":
      return tableStatements(operation);
    case "createIndex":
    case "dropIndex":
    case "renameIndex":
      return indexStatements(operation);
    case "createEnum":
    case "dropEnum":
    case "renameEnum":
    case "addEnumValue":
    case "renameEnumValue":
    case "alterEnum":
      return enumStatements(operation);
    case "createView":
    case "dropView":
    case "renameView":
    case "refreshView":
      return viewStatements(operation);
    case "createPolicy":
    case "alterPolicy":
    case "dropPolicy":
    case "renamePolicy":
    case "rowSecurity":
      return policyStatements(operation);
    case "comment":
      return [commentOn(operation.on, operation.text)];
    case "insert":
      return insert(operation.table, operation.rows);
    case "execute":
      return execute(operation.sql);
    case "run":
      return [];
    default:
      return aroundTables(operation);
  }
}

/** Where tables stand, what numbers their rows, and who may use them. */
function aroundTables(
  operation: NamespaceOperation | ExtensionOperation | SequenceOperation | RoleOperation,
): readonly string[] {
  switch (operation.kind) {
    case "createSchema":
    case "dropSchema":
    case "renameSchema":
      return namespaceStatements(operation);
    case "createExtension":
    case "dropExtension":
      return extensionStatements(operation);
    case "createSequence":
    case "alterSequence":
    case "dropSequence":
    case "renameSequence":
      return sequenceStatements(operation);
    case "createRole":
    case "alterRole":
    case "dropRole":
    case "renameRole":
    case "grant":
    case "revoke":
      return roleStatements(operation);
  }
}

function execute(sql: string): readonly string[] {
  const statements = splitComplete(sql);
  if (statements) return statements.map((statement) => statement.sql);
  return fail("OPERATION_INVALID", {
    operation: `op.execute(${JSON.stringify(sql.trim().slice(0, 60))})`,
    why: "a string, a comment or a parenthesis is not closed",
  });
}
