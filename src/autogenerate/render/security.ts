/** Roles, privileges, policies and row-level security. */
import type { Grant, GrantTarget, Policy, RoleOptions } from "../../model/security.ts";
import type { PolicyOperation, RoleOperation } from "../../operations/kinds/security.ts";
import { type Call, type Code, string } from "./code.ts";
import { name, options, sql, strings, text, withOptions } from "./values.ts";

export function roleCall(it: RoleOperation): Call {
  const call = `op.${it.kind}`;
  switch (it.kind) {
    case "createRole": {
      const { name: role, options: rights, comment } = it.role;
      const details = { ...flags(rights), comment: text(comment) };
      return { call, args: withOptions([string(role)], details) };
    }
    case "alterRole":
      return { call, args: [string(it.name), options(flags(it.to))] };
    case "dropRole":
      return { call, args: withOptions([string(it.name)], { ifExists: it.ifExists }) };
    case "renameRole":
      return { call, args: [string(it.from), string(it.to)] };
    case "grant":
    case "revoke":
      return { call, args: grant(it.grant) };
  }
}

/** False says something of a role. */
function flags(rights: RoleOptions): Readonly<Record<string, Code>> {
  return Object.fromEntries(Object.entries(rights).map(([right, has]) => [right, String(has)]));
}

function grant({ privileges, on, to, grantOption }: Grant): readonly Code[] {
  return withOptions([strings(privileges), target(on), strings(to)], { grantOption });
}

function target(on: GrantTarget): Code {
  if ("table" in on) {
    return options({ table: name(on.table), columns: on.columns && strings(on.columns) });
  }
  if ("sequence" in on) return options({ sequence: name(on.sequence) });
  return options("type" in on ? { type: name(on.type) } : { schema: string(on.schema) });
}

export function policyCall(it: PolicyOperation): Call {
  const call = `op.${it.kind}`;
  switch (it.kind) {
    case "createPolicy":
      return { call, args: createPolicy(it.policy, name(it.table)) };
    case "alterPolicy": {
      const { to, using, withCheck } = it.to;
      const change = { to: to && strings(to), using: sql(using), withCheck: sql(withCheck) };
      return { call, args: [string(it.name), name(it.table), options(change)] };
    }
    case "dropPolicy": {
      const args = [string(it.name), name(it.table)];
      return { call, args: withOptions(args, { ifExists: it.ifExists }) };
    }
    case "renamePolicy":
      return { call, args: [name(it.table), string(it.from), string(it.to)] };
    case "rowSecurity":
      return {
        call,
        args: [name(it.table), options({ ...said(it, "enabled"), ...said(it, "forced") })],
      };
  }
}

function said(
  it: { readonly enabled?: boolean; readonly forced?: boolean },
  what: "enabled" | "forced",
): Readonly<Record<string, Code>> {
  const flag = it[what];
  return flag === undefined ? {} : { [what]: String(flag) };
}

/** What is as `createPolicy` would have it anyway is left out. */
function createPolicy(policy: Policy, table: Code): readonly Code[] {
  const everyone = policy.to.length === 1 && policy.to[0] === "public";
  return withOptions([string(policy.name), table], {
    as: policy.as === "permissive" ? undefined : string(policy.as),
    for: policy.for === "all" ? undefined : string(policy.for),
    to: everyone ? undefined : strings(policy.to),
    using: sql(policy.using),
    withCheck: sql(policy.withCheck),
    comment: text(policy.comment),
  });
}
