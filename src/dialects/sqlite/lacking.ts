/** What SQLite does not have: refused when it is recorded, so that nothing of a run has happened yet. */
import { fail } from "../../errors.ts";
import type { EnumOperation } from "../../operations/kinds/enums.ts";
import type {
  CommentOperation,
  ExtensionOperation,
  NamespaceOperation,
  SequenceOperation,
  ViewOperation,
} from "../../operations/kinds/objects.ts";
import type { PolicyOperation, RoleOperation } from "../../operations/kinds/security.ts";
import type { TableOperation } from "../../operations/kinds/tables.ts";
import type { Plans } from "./plan.ts";

const elsewhere = 'put it in `op.on("postgresql", (op) => …)`';

/** Refuse what SQLite has no `what` for. */
export function lacking(what: string, instead = elsewhere): never {
  return fail("UNSUPPORTED", { what, dialect: "SQLite", instead });
}

const no = (what: string, instead?: string) => () => lacking(what, instead);

const changesText = no(
  "enums whose values could be changed",
  `${elsewhere}; the columns are text here: change it with op.execute and UPDATE`,
);

type Refused =
  | Extract<TableOperation, { kind: "moveTable" }>
  | NamespaceOperation
  | ExtensionOperation
  | SequenceOperation
  | Extract<ViewOperation, { kind: "refreshView" }>
  | RoleOperation
  | PolicyOperation
  | Extract<EnumOperation, { kind: "renameEnumValue" | "alterEnum" }>;

/** Operations for which SQLite has neither a statement nor anything else that would do. */
export const refused: Plans<Refused> = {
  moveTable: no("schemas"),
  createSchema: no("schemas"),
  dropSchema: no("schemas"),
  renameSchema: no("schemas"),
  createExtension: no("extensions"),
  dropExtension: no("extensions"),
  createSequence: no("sequences"),
  alterSequence: no("sequences"),
  dropSequence: no("sequences"),
  renameSequence: no("sequences"),
  refreshView: no("materialized views"),
  createRole: no("roles"),
  alterRole: no("roles"),
  dropRole: no("roles"),
  renameRole: no("roles"),
  grant: no("privileges"),
  revoke: no("privileges"),
  createPolicy: no("policies"),
  alterPolicy: no("policies"),
  dropPolicy: no("policies"),
  renamePolicy: no("policies"),
  rowSecurity: no("row-level security"),
  renameEnumValue: changesText,
  alterEnum: changesText,
};

type Needless =
  | CommentOperation
  | Exclude<EnumOperation, { kind: "renameEnumValue" | "alterEnum" }>;

const nothing = () => [];

/** Operations that change nothing here: comments are not kept, and an enum is whatever text its columns take. */
export const needless: Plans<Needless> = {
  comment: nothing,
  createEnum: nothing,
  dropEnum: nothing,
  renameEnum: nothing,
  addEnumValue: nothing,
};
