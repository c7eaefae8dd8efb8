/** The lines of roles, privileges, policies and row-level security. */
import { displayName } from "../../model/schema.ts";
import type { Grant, GrantTarget } from "../../model/security.ts";
import type { PolicyOperation, RoleOperation } from "../kinds/security.ts";
import { type Describers, members, words } from "./line.ts";

export const securityDescribers: Describers<RoleOperation | PolicyOperation> = {
  createRole: ({ role }) => `+ role ${role.name}`,
  alterRole: ({ name, to }) => `~ role ${name}: ${members(to)}`,
  dropRole: ({ name }) => `- role ${name}`,
  renameRole: ({ from, to }) => `~ role ${from}, now ${to}`,
  grant: ({ grant }) =>
    `+ grant ${grantText(grant)} to ${grant.to.join(", ")}${grant.grantOption ? ", with grant option" : ""}`,
  revoke: ({ grant }) =>
    `- grant ${grant.grantOption ? "option for " : ""}${grantText(grant)} from ${grant.to.join(", ")}`,
  createPolicy: ({ policy, table }) => `+ policy ${policy.name} on ${displayName(table)}`,
  alterPolicy: ({ name, table, to }) =>
    `~ policy ${name} on ${displayName(table)}: ${Object.keys(to).map(words).join(", ") || "nothing"}`,
  dropPolicy: ({ name, table }) => `- policy ${name} on ${displayName(table)}`,
  renamePolicy: ({ from, to, table }) => `~ policy ${from} on ${displayName(table)}, now ${to}`,
  rowSecurity: (it) => `~ row security of ${displayName(it.table)}: ${switched(it)}`,
};

function switched({ enabled, forced }: Extract<PolicyOperation, { kind: "rowSecurity" }>): string {
  const parts = [
    enabled !== undefined && (enabled ? "enabled" : "disabled"),
    forced !== undefined && (forced ? "forced" : "not forced"),
  ];
  return parts.filter(Boolean).join(", ") || "nothing";
}

function grantText({ privileges, on }: Grant): string {
  return `${privileges.join(", ")} on ${displayTarget(on)}`;
}

/** What a privilege is for, as people write it: `table posts (title)`. */
export function displayTarget(on: GrantTarget): string {
  if ("table" in on)
    return `table ${displayName(on.table)}${on.columns ? ` (${on.columns.join(", ")})` : ""}`;
  if ("sequence" in on) return `sequence ${displayName(on.sequence)}`;
  return "type" in on ? `type ${displayName(on.type)}` : `schema ${on.schema}`;
}
