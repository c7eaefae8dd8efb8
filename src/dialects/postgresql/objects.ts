/** Schemas, extensions and sequences. */
import type {
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
} from "../../operations/kinds/objects.ts";
import { comments } from "./comments.ts";
import { sequenceText } from "./identity.ts";
import { qualified, quote, string, words } from "./write.ts";

export function namespaceStatements(operation: NamespaceOperation): readonly string[] {
  switch (operation.kind) {
    case "createSchema": {
      const { name, comment } = operation.namespace;
      const made = words("CREATE SCHEMA", operation.ifNotExists && "IF NOT EXISTS", quote(name));
      return [made, ...comments([{ schema: name }, comment])];
    }
    case "dropSchema":
      return [words("DROP SCHEMA", operation.ifExists && "IF EXISTS", quote(operation.name))];
    case "renameSchema":
      return [`ALTER SCHEMA ${quote(operation.from)} RENAME TO ${quote(operation.to)}`];
  }
}

export function extensionStatements(operation: ExtensionOperation): readonly string[] {
  switch (operation.kind) {
    case "createExtension": {
      const { name, schema, version, comment } = operation.extension;
      const made = words(
        "CREATE EXTENSION",
        operation.ifNotExists && "IF NOT EXISTS",
        quote(name),
        schema && `SCHEMA ${quote(schema)}`,
        version && `VERSION ${string(version)}`,
      );
      return [made, ...comments([{ extension: name }, comment])];
    }
    case "dropExtension":
      return [words("DROP EXTENSION", operation.ifExists && "IF EXISTS", quote(operation.name))];
  }
}

export function sequenceStatements(operation: SequenceOperation): readonly string[] {
  switch (operation.kind) {
    case "createSequence": {
      const { name, type, options, comment } = operation.sequence;
      const made = words(
        "CREATE SEQUENCE",
        operation.ifNotExists && "IF NOT EXISTS",
        qualified(name),
        type && `AS ${type}`,
        sequenceText(options),
      );
      return [made, ...comments([{ sequence: name }, comment])];
    }
    case "alterSequence":
      return [`ALTER SEQUENCE ${qualified(operation.name)} ${sequenceText(operation.to)}`];
    case "dropSequence":
      return [words("DROP SEQUENCE", operation.ifExists && "IF EXISTS", qualified(operation.name))];
    case "renameSequence":
      return [`ALTER SEQUENCE ${qualified(operation.from)} RENAME TO ${quote(operation.to)}`];
  }
}
