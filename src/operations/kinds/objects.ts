/** Changes of schemas, extensions, sequences, views and comments. */
import type { Extension, Namespace, ObjectName, TableName } from "../../model/schema.ts";
import type { Sequence, SequenceOptions } from "../../model/sequence.ts";
import type { View } from "../../model/view.ts";

export type NamespaceOperation =
  | {
      readonly kind: "createSchema";
      readonly namespace: Namespace;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: "dropSchema"; readonly name: string; readonly ifExists: boolean }
  | { readonly kind: "renameSchema"; readonly from: string; readonly to: string };

export type ExtensionOperation =
  | {
      readonly kind: "createExtension";
      readonly extension: Extension;
      readonly ifNotExists: boolean;
    }
  | { readonly kind: "dropExtension"; readonly name: string; readonly ifExists: boolean };

export type SequenceOperation =
  | { readonly kind: "createSequence"; readonly sequence: Sequence; readonly ifNotExists: boolean }
  | { readonly kind: "alterSequence"; readonly name: ObjectName; readonly to: SequenceOptions }
  | { readonly kind: "dropSequence"; readonly name: ObjectName; readonly ifExists: boolean }
  | { readonly kind: "renameSequence"; readonly from: ObjectName; readonly to: string };

export type ViewOperation =
  | { readonly kind: "createView"; readonly view: View; readonly orReplace: boolean }
  | {
      readonly kind: "dropView";
      readonly name: ObjectName;
      readonly materialized: boolean;
      readonly ifExists: boolean;
    }
  | {
      readonly kind: "renameView";
      readonly from: ObjectName;
      readonly to: string;
      readonly materialized: boolean;
    }
  | {
      readonly kind: "refreshView";
      readonly name: ObjectName;
      readonly concurrently: boolean;
    };

export interface CommentOperation {
  readonly kind: "comment";
  readonly on: CommentTarget;
  /** Null takes it away. */
  readonly text: string | null;
}

/** What can bear a comment. */
export type CommentTarget =
  | { readonly table: TableName }
  | { readonly table: TableName; readonly column: string }
  | { readonly table: TableName; readonly constraint: string }
  | { readonly table: TableName; readonly index: string }
  | { readonly table: TableName; readonly policy: string }
  | { readonly view: ObjectName; readonly materialized?: boolean }
  | { readonly enum: ObjectName }
  | { readonly sequence: ObjectName }
  | { readonly schema: string }
  | { readonly extension: string }
  | { readonly role: string };
