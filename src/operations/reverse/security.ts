/** Roles, privileges and policies, put back as they were. */
import type { Policy } from "../../model/security.ts";
import { findTable } from "../apply/applier.ts";
import { findPolicy, findRole, usualRole } from "../apply/security.ts";
import type { PolicyAlteration, PolicyOperation, RoleOperation } from "../kinds/security.ts";
import { regrant } from "./grants.ts";
import { by, type Reversers } from "./reversal.ts";

export const roleReversers: Reversers<RoleOperation> = {
  createRole: ({ role }) => by([{ kind: "dropRole", name: role.name, ifExists: false }]),
  alterRole: (operation, before) => {
    const { options } = findRole(before, operation.name, operation);
    return by([{ ...operation, to: membersOf({ ...usualRole, ...options }, operation.to) }]);
  },
  dropRole: (operation, before) => {
    const role = findRole(before, operation.name, operation);
    const loses = [`the password of role ${role.name}, and which roles it is a member of`];
    return by([{ kind: "createRole", role }], loses);
  },
  renameRole: ({ from, to }) => by([{ kind: "renameRole", from: to, to: from }]),
  grant: (_, before, after) => by(regrant(before, after)),
  revoke: (_, before, after) => by(regrant(before, after)),
};

export const policyReversers: Reversers<PolicyOperation> = {
  createPolicy: ({ table, policy }) =>
    by([{ kind: "dropPolicy", table, name: policy.name, ifExists: false }]),
  alterPolicy: (operation, before) => {
    const { table, name, to } = operation;
    const policy = findPolicy(before, table, name, operation);
    if (restorable(policy, to)) return by([{ ...operation, to: membersOf(policy, to) }]);
    return by([
      { kind: "dropPolicy", table, name, ifExists: false },
      { kind: "createPolicy", table, policy },
    ]);
  },
  dropPolicy: (operation, before) => {
    const { table, name } = operation;
    const policy = findPolicy(before, table, name, operation);
    return by([{ kind: "createPolicy", table, policy }]);
  },
  renamePolicy: ({ table, from, to }) => by([{ kind: "renamePolicy", table, from: to, to: from }]),
  rowSecurity: (operation, before) => {
    const { rowSecurity } = findTable(before, operation.table, operation);
    return by([{ ...operation, ...membersOf(rowSecurity, operation) }]);
  },
};

/** ALTER POLICY takes no expression away. https://www.postgresql.org/docs/current/sql-alterpolicy.html */
function restorable(policy: Policy, to: PolicyAlteration): boolean {
  return (
    (!to.using || policy.using !== undefined) && (!to.withCheck || policy.withCheck !== undefined)
  );
}

/** The members of `all` that `some` has too. */
function membersOf<All extends object>(all: All, some: object): Partial<All> {
  const entries = Object.entries(all).filter(([name]) => name in some);
  return Object.fromEntries(entries) as Partial<All>;
}
