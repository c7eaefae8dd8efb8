/** The traces of what stands around tables: schemas, sequences, roles, policies. */
import type {
  CommentOperation,
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
} from "../../operations/kinds/objects.ts";
import type { PolicyOperation, RoleOperation } from "../../operations/kinds/security.ts";
import { exists, hasNamed, hasPolicy } from "./catalogue.ts";
import { appears, disappears, moves, type Trace } from "./trace.ts";
import { beside } from "./write.ts";

export type OperationAround =
  | NamespaceOperation
  | ExtensionOperation
  | SequenceOperation
  | CommentOperation
  | RoleOperation
  | PolicyOperation;

const schema = (name: string) => hasNamed("pg_namespace.nspname", name);
const extension = (name: string) => hasNamed("pg_extension.extname", name);
const role = (name: string) => hasNamed("pg_roles.rolname", name);

export function ofAround(operation: OperationAround): Trace {
  switch (operation.kind) {
    case "createSchema":
      return appears(schema(operation.namespace.name));
    case "dropSchema":
      return disappears(schema(operation.name));
    case "renameSchema":
      return moves(schema(operation.from), schema(operation.to));
    case "createExtension":
      return appears(extension(operation.extension.name));
    case "dropExtension":
      return disappears(extension(operation.name));
    case "createSequence":
      return appears(exists(operation.sequence.name));
    case "dropSequence":
      return disappears(exists(operation.name));
    case "renameSequence":
      return moves(exists(operation.from), exists(beside(operation.from, operation.to)));
    case "createRole":
      return appears(role(operation.role.name));
    case "dropRole":
      return disappears(role(operation.name));
    case "renameRole":
      return moves(role(operation.from), role(operation.to));
    case "createPolicy":
    case "dropPolicy":
    case "renamePolicy":
      return ofPolicy(operation);
    case "comment":
    case "alterSequence":
    case "alterRole":
    case "alterPolicy":
    case "rowSecurity":
    case "grant":
    case "revoke":
      return "again";
  }
}

function ofPolicy(
  operation: Extract<PolicyOperation, { kind: "createPolicy" | "dropPolicy" | "renamePolicy" }>,
): Trace {
  const policy = (name: string) => hasPolicy(operation.table, name);
  switch (operation.kind) {
    case "createPolicy":
      return appears(policy(operation.policy.name));
    case "dropPolicy":
      return disappears(policy(operation.name));
    case "renamePolicy":
      return moves(policy(operation.from), policy(operation.to));
  }
}
