/** The lines of enums, schemas, extensions, sequences, views and comments. */
import { displayName } from "../../model/schema.ts";
import type { EnumOperation } from "../kinds/enums.ts";
import type {
  CommentOperation,
  CommentTarget,
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
  ViewOperation,
} from "../kinds/objects.ts";
import { type Describers, members } from "./line.ts";

type ObjectOperation =
  | EnumOperation
  | NamespaceOperation
  | ExtensionOperation
  | SequenceOperation
  | ViewOperation
  | CommentOperation;

export const objectDescribers: Describers<ObjectOperation> = {
  createEnum: (it) => `+ enum ${displayName(it.enum.name)}`,
  dropEnum: ({ name }) => `- enum ${displayName(name)}`,
  renameEnum: ({ from, to }) => `~ enum ${displayName(from)}, now ${to}`,
  addEnumValue: ({ name, value, place }) =>
    `~ enum ${displayName(name)}: + value ${value}${place ? ` ${placeText(place)}` : ""}`,
  renameEnumValue: ({ name, from, to }) => `~ enum ${displayName(name)}: value ${from}, now ${to}`,
  alterEnum: ({ name, values }) => `~ enum ${displayName(name)}: values ${values.join(", ")}`,
  createSchema: ({ namespace }) => `+ schema ${namespace.name}`,
  dropSchema: ({ name }) => `- schema ${name}`,
  renameSchema: ({ from, to }) => `~ schema ${from}, now ${to}`,
  createExtension: ({ extension }) => `+ extension ${extension.name}`,
  dropExtension: ({ name }) => `- extension ${name}`,
  createSequence: ({ sequence }) => `+ sequence ${displayName(sequence.name)}`,
  alterSequence: ({ name, to }) => `~ sequence ${displayName(name)}: ${members(to)}`,
  dropSequence: ({ name }) => `- sequence ${displayName(name)}`,
  renameSequence: ({ from, to }) => `~ sequence ${displayName(from)}, now ${to}`,
  createView: ({ view, orReplace }) =>
    `+ ${viewText(view)} ${displayName(view.name)}${orReplace ? ", in place of the old one" : ""}`,
  dropView: (it) => `- ${viewText(it)} ${displayName(it.name)}`,
  renameView: (it) => `~ ${viewText(it)} ${displayName(it.from)}, now ${it.to}`,
  refreshView: ({ name }) => `> refresh materialized view ${displayName(name)}`,
  comment: ({ on, text }) => `${text === null ? "-" : "~"} comment on ${targetText(on)}`,
};

function viewText({ materialized }: { readonly materialized: boolean }): string {
  return materialized ? "materialized view" : "view";
}

function placeText(place: { readonly before: string } | { readonly after: string }): string {
  return "before" in place ? `before ${place.before}` : `after ${place.after}`;
}

function targetText(on: CommentTarget): string {
  if ("table" in on) return tablePartText(on);
  if ("view" in on)
    return `${viewText({ materialized: on.materialized ?? false })} ${displayName(on.view)}`;
  const [[what, name] = ["", ""]] = Object.entries(on);
  return `${what} ${displayName(name)}`;
}

function tablePartText(on: Extract<CommentTarget, { readonly table: unknown }>): string {
  const table = displayName(on.table);
  if ("column" in on) return `column ${table}.${on.column}`;
  const { table: _table, ...part } = on;
  const [[what, name] = ["", ""]] = Object.entries<string>(part);
  return what === "" ? `table ${table}` : `${what} ${name} on ${table}`;
}
