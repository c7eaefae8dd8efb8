/** The calls that make and change schemas, extensions, sequences, and comments. */
import type { ObjectName } from "../../model/schema.ts";
import type { CommentTarget } from "../kinds/objects.ts";
import { checkName, checkObject, given, invalid, oneOf, only } from "../resolve/names.ts";
import { resolveSequence, type SequenceInput, sequenceMembers } from "../sequences.ts";
import type { Recorder } from "./recorder.ts";

interface IfExists {
  readonly ifExists?: boolean;
}

interface IfNotExists {
  readonly ifNotExists?: boolean;
}

export interface NamespaceCalls {
  createSchema(name: string, options?: IfNotExists & { readonly comment?: string }): void;
  dropSchema(name: string, options?: IfExists): void;
  renameSchema(from: string, to: string): void;
}

export interface ExtensionCalls {
  createExtension(
    name: string,
    options?: IfNotExists & { readonly schema?: string; readonly version?: string },
  ): void;
  dropExtension(name: string, options?: IfExists): void;
}

export interface CreateSequenceOptions extends SequenceInput, IfNotExists {
  readonly type?: "smallint" | "integer" | "bigint";
  readonly comment?: string;
}

export interface SequenceCalls {
  createSequence(name: ObjectName, options?: CreateSequenceOptions): void;
  alterSequence(name: ObjectName, to: SequenceInput): void;
  dropSequence(name: ObjectName, options?: IfExists): void;
  renameSequence(from: ObjectName, to: string): void;
}

export interface CommentCalls {
  /** Say what something is for; null says nothing any more. Kept by PostgreSQL, and by SQLite not. */
  comment(on: CommentTarget, text: string | null): void;
}

export function namespaceCalls({ add }: Recorder): NamespaceCalls {
  const schema = (name: string) => checkName(name, "schema");
  return {
    createSchema: (name, options = {}) => {
      only(options, ["ifNotExists", "comment"], "createSchema");
      const { ifNotExists = false, ...rest } = options;
      add({ kind: "createSchema", namespace: { name: schema(name), ...given(rest) }, ifNotExists });
    },
    dropSchema: (name, options = {}) => {
      only(options, ["ifExists"], "dropSchema");
      add({ kind: "dropSchema", name: schema(name), ifExists: options.ifExists ?? false });
    },
    renameSchema: (from, to) => add({ kind: "renameSchema", from: schema(from), to: schema(to) }),
  };
}

export function extensionCalls({ add }: Recorder): ExtensionCalls {
  const extension = (name: string) => checkName(name, "extension");
  return {
    createExtension: (name, options = {}) => {
      only(options, ["ifNotExists", "schema", "version"], "createExtension");
      const { ifNotExists = false, ...rest } = options;
      const made = { name: extension(name), ...given(rest) };
      add({ kind: "createExtension", extension: made, ifNotExists });
    },
    dropExtension: (name, options = {}) => {
      only(options, ["ifExists"], "dropExtension");
      add({ kind: "dropExtension", name: extension(name), ifExists: options.ifExists ?? false });
    },
  };
}

export function sequenceCalls({ add }: Recorder): SequenceCalls {
  const sequence = (name: ObjectName) => checkObject(name, "sequence");
  return {
    createSequence: (name, options = {}) => {
      const operation = "createSequence";
      only(options, [...sequenceMembers, "type", "comment", "ifNotExists"], operation);
      const { type, comment, ifNotExists = false } = options;
      const made = {
        name: sequence(name),
        options: resolveSequence(options, operation),
        ...given({
          type: type && oneOf(type, ["smallint", "integer", "bigint"], operation),
          comment,
        }),
      };
      add({ kind: operation, sequence: made, ifNotExists });
    },
    alterSequence: (name, to) => {
      only(to, sequenceMembers, "alterSequence");
      const options = resolveSequence(to, "alterSequence");
      if (Object.keys(options).length === 0) invalid("alterSequence", "it changes nothing");
      add({ kind: "alterSequence", name: sequence(name), to: options });
    },
    dropSequence: (name, options = {}) => {
      only(options, ["ifExists"], "dropSequence");
      add({ kind: "dropSequence", name: sequence(name), ifExists: options.ifExists ?? false });
    },
    renameSequence: (from, to) =>
      add({ kind: "renameSequence", from: sequence(from), to: checkName(to, "sequence") }),
  };
}

const bearers = [
  "table",
  "column",
  "constraint",
  "index",
  "policy",
  "view",
  "materialized",
  "enum",
  "sequence",
  "schema",
  "extension",
  "role",
];

export function commentCalls({ add }: Recorder): CommentCalls {
  return {
    comment: (on, text) => {
      only(on, bearers, "comment");
      const { materialized: _materialized, ...names } = { materialized: false, ...on };
      for (const [what, name] of Object.entries(names)) checkObject(name, what);
      if (text !== null && typeof text !== "string") invalid("comment", "its text is no text");
      add({ kind: "comment", on, text });
    },
  };
}
