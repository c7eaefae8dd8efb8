/** A schema after its roles, privileges and policies were changed. */
import { displayName, type Schema, type TableName } from "../../model/schema.ts";
import type { Policy, Role, RoleOptions } from "../../model/security.ts";
import type { PolicyOperation, RoleOperation } from "../kinds/security.ts";
import type { Operation } from "../operation.ts";
import { type Appliers, find, findTable, mismatch, updateTable } from "./applier.ts";
import { granted, revoked } from "./grants.ts";
import { replaced, without } from "./lists.ts";
import { named } from "./names.ts";
import { mapNames } from "./references.ts";

export const roleAppliers: Appliers<RoleOperation> = {
  createRole: (schema, operation) => {
    refuseRole(schema, operation.role.name, operation);
    const made = { ...operation.role, options: plainRole(operation.role.options) };
    return { ...schema, roles: [...schema.roles, made] };
  },
  alterRole: (schema, operation) => {
    const role = findRole(schema, operation.name, operation);
    const altered = { ...role, options: plainRole({ ...role.options, ...operation.to }) };
    return { ...schema, roles: replaced(schema.roles, role, altered) };
  },
  dropRole: (schema, operation) => {
    const { name, ifExists } = operation;
    if (ifExists && !schema.roles.some(named(name))) return schema;
    return { ...schema, roles: without(schema.roles, findRole(schema, name, operation)) };
  },
  renameRole: (schema, operation) => {
    const { from, to } = operation;
    findRole(schema, from, operation);
    refuseRole(schema, to, operation);
    return mapNames(schema, { role: (name) => (name === from ? to : name) });
  },
  grant: (schema, { grant }) => ({ ...schema, grants: granted(schema.grants, grant) }),
  revoke: (schema, { grant }) => ({ ...schema, grants: revoked(schema.grants, grant) }),
};

export const policyAppliers: Appliers<PolicyOperation> = {
  createPolicy: (schema, operation) =>
    updateTable(schema, operation.table, operation, (table) => {
      refusePolicy(table.policies, operation.policy.name, operation);
      return { ...table, policies: [...table.policies, operation.policy] };
    }),
  alterPolicy: (schema, operation) =>
    changePolicy(schema, operation.table, operation.name, operation, (it) => ({
      ...it,
      ...operation.to,
    })),
  dropPolicy: (schema, operation) => {
    const { table: on, name, ifExists } = operation;
    const { policies } = findTable(schema, on, operation);
    if (ifExists && !policies.some(named(name))) return schema;
    return updateTable(schema, on, operation, (table) => ({
      ...table,
      policies: without(policies, findPolicy(schema, on, name, operation)),
    }));
  },
  renamePolicy: (schema, operation) => {
    const { table, from, to } = operation;
    refusePolicy(findTable(schema, table, operation).policies, to, operation);
    return changePolicy(schema, table, from, operation, (it) => ({ ...it, name: to }));
  },
  rowSecurity: (schema, operation) =>
    updateTable(schema, operation.table, operation, (table) => {
      const { enabled = table.rowSecurity.enabled, forced = table.rowSecurity.forced } = operation;
      return { ...table, rowSecurity: { enabled, forced } };
    }),
};

export function findRole(schema: Schema, name: string, operation: Operation): Role {
  return find(schema.roles, named(name), operation, `role "${name}"`);
}

function refuseRole(schema: Schema, name: string, operation: Operation): void {
  if (schema.roles.some(named(name))) mismatch(operation, `there is a role "${name}" already`);
}

/** https://www.postgresql.org/docs/current/sql-createrole.html */
export const usualRole: Required<RoleOptions> = {
  login: false,
  createDb: false,
  createRole: false,
  inherit: true,
  bypassRowSecurity: false,
};

/** `options` without those that are as the server sets them. */
function plainRole(options: RoleOptions): RoleOptions {
  const usual = new Map<string, unknown>(Object.entries(usualRole));
  const entries = Object.entries(options).filter(([name, value]) => usual.get(name) !== value);
  return Object.fromEntries(entries);
}

export function findPolicy(
  schema: Schema,
  on: TableName,
  name: string,
  operation: Operation,
): Policy {
  const { policies } = findTable(schema, on, operation);
  return find(policies, named(name), operation, `policy "${name}" on "${displayName(on)}"`);
}

function refusePolicy(policies: readonly Policy[], name: string, operation: Operation): void {
  if (policies.some(named(name))) mismatch(operation, `there is a policy "${name}" already`);
}

function changePolicy(
  schema: Schema,
  on: TableName,
  name: string,
  operation: Operation,
  change: (policy: Policy) => Policy,
): Schema {
  const policy = findPolicy(schema, on, name, operation);
  return updateTable(schema, on, operation, (table) => ({
    ...table,
    policies: replaced(table.policies, policy, change(policy)),
  }));
}
