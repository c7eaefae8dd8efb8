/** Schemas, extensions, sequences, views and comments, put back as they were. */
import { displayName } from "../../model/schema.ts";
import { commentOf } from "../apply/comments.ts";
import { itemNamed } from "../apply/lists.ts";
import { localName, named, renamed } from "../apply/names.ts";
import { findNamespace } from "../apply/objects.ts";
import { allOptions, findSequence } from "../apply/sequences.ts";
import { findView } from "../apply/views.ts";
import type {
  CommentOperation,
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
  ViewOperation,
} from "../kinds/objects.ts";
import { grantsAgain } from "./grants.ts";
import { createIndex } from "./indexes.ts";
import { by, type Reversers } from "./reversal.ts";

type ObjectOperation =
  | NamespaceOperation
  | ExtensionOperation
  | SequenceOperation
  | CommentOperation;

export const objectReversers: Reversers<ObjectOperation> = {
  createSchema: ({ namespace }) =>
    by([{ kind: "dropSchema", name: namespace.name, ifExists: false }]),
  dropSchema: (operation, before) =>
    by([
      {
        kind: "createSchema",
        namespace: findNamespace(before, operation.name, operation),
        ifNotExists: false,
      },
      ...grantsAgain(before, { schema: operation.name }),
    ]),
  renameSchema: ({ from, to }) => by([{ kind: "renameSchema", from: to, to: from }]),
  createExtension: ({ extension }) =>
    by([{ kind: "dropExtension", name: extension.name, ifExists: false }]),
  dropExtension: ({ name }, before) => {
    const again = before.extensions
      .filter(named(name))
      .map((extension) => ({ kind: "createExtension", extension, ifNotExists: false }) as const);
    return by(again, [`what extension ${name} kept in its own tables`]);
  },
  createSequence: ({ sequence }) =>
    by([{ kind: "dropSequence", name: sequence.name, ifExists: false }]),
  alterSequence: (operation, before) => {
    const all = allOptions(findSequence(before, operation.name, operation));
    const changed = Object.entries(all).filter(([name]) => name in operation.to);
    return by([{ ...operation, to: Object.fromEntries(changed) }]);
  },
  dropSequence: (operation, before) => {
    const { name } = operation;
    const sequence = findSequence(before, name, operation);
    const again = { kind: "createSequence", sequence, ifNotExists: false } as const;
    const loses = [`the number that sequence ${displayName(name)} had reached`];
    return by([again, ...grantsAgain(before, { sequence: name })], loses);
  },
  renameSequence: ({ from, to }) =>
    by([{ kind: "renameSequence", from: renamed(from, to), to: localName(from) }]),
  comment: (operation, before) => by([{ ...operation, text: commentOf(before, operation) }]),
};

export const viewReversers: Reversers<ViewOperation> = {
  createView: ({ view }, before) => {
    const { name, materialized } = view;
    const drop = { kind: "dropView", name, materialized, ifExists: false } as const;
    // PostgreSQL replaces a view only by one that has its columns and more, so that the old one takes no new one's place.
    const old = itemNamed(before.views, name);
    if (old === undefined) return by([drop]);
    const again = { kind: "createView", view: old, orReplace: false } as const;
    return by([drop, again, ...grantsAgain(before, { table: name })]);
  },
  dropView: (operation, before) => {
    const { name } = operation;
    const { indexes = [], ...view } = findView(before, name, operation);
    return by([
      { kind: "createView", view, orReplace: false },
      ...indexes.map((index) => createIndex(name, index)),
      ...grantsAgain(before, { table: name }),
    ]);
  },
  renameView: ({ from, to, materialized }) =>
    by([{ kind: "renameView", from: renamed(from, to), to: localName(from), materialized }]),
  refreshView: () => by([]),
};
