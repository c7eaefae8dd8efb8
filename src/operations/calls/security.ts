/** The calls that say who may do what (PostgreSQL). */
import type { TableName } from "../../model/schema.ts";
import type { Grant, GrantTarget, Policy, RoleOptions } from "../../model/security.ts";
import type { SqlInput } from "../columns.ts";
import {
  checkName,
  checkNames,
  checkObject,
  given,
  invalid,
  oneOf,
  only,
} from "../resolve/names.ts";
import type { Values } from "../resolve/values.ts";
import type { Recorder } from "./recorder.ts";

const roleMembers = ["login", "createDb", "createRole", "inherit", "bypassRowSecurity"] as const;
const commands = ["all", "select", "insert", "update", "delete"] as const;

export interface GrantOptions {
  /** They may grant it on. */
  readonly grantOption?: boolean;
}

export interface RoleCalls {
  createRole(name: string, options?: RoleOptions & { readonly comment?: string }): void;
  alterRole(name: string, to: RoleOptions): void;
  dropRole(name: string, options?: { readonly ifExists?: boolean }): void;
  renameRole(from: string, to: string): void;
  grant(
    privileges: readonly string[],
    on: GrantTarget,
    to: readonly string[],
    options?: GrantOptions,
  ): void;
  revoke(
    privileges: readonly string[],
    on: GrantTarget,
    from: readonly string[],
    options?: GrantOptions,
  ): void;
}

export interface PolicyOptions {
  readonly as?: Policy["as"];
  readonly for?: Policy["for"];
  /** Roles, or `public` (all of them, and the default), `current_user`, `session_user`, `current_role`. */
  readonly to?: readonly string[];
  readonly using?: SqlInput;
  readonly withCheck?: SqlInput;
  readonly comment?: string;
}

export interface PolicyCalls {
  createPolicy(name: string, table: TableName, options?: PolicyOptions): void;
  alterPolicy(
    name: string,
    table: TableName,
    to: Pick<PolicyOptions, "to" | "using" | "withCheck">,
  ): void;
  dropPolicy(name: string, table: TableName, options?: { readonly ifExists?: boolean }): void;
  renamePolicy(table: TableName, from: string, to: string): void;
  /** Whether policies decide which rows are seen, and whether for the owner of the table too. */
  rowSecurity(
    table: TableName,
    to: { readonly enabled?: boolean; readonly forced?: boolean },
  ): void;
}

export function roleCalls({ add }: Recorder): RoleCalls {
  const role = (name: string) => checkName(name, "role");
  return {
    createRole: (name, options = {}) => {
      only(options, [...roleMembers, "comment"], "createRole");
      const { comment, ...rest } = options;
      add({
        kind: "createRole",
        role: { name: role(name), options: given(rest), ...given({ comment }) },
      });
    },
    alterRole: (name, to) => {
      only(to, roleMembers, "alterRole");
      if (Object.keys(given(to)).length === 0) invalid("alterRole", "it changes nothing");
      add({ kind: "alterRole", name: role(name), to: given(to) });
    },
    dropRole: (name, options = {}) => {
      only(options, ["ifExists"], "dropRole");
      add({ kind: "dropRole", name: role(name), ifExists: options.ifExists ?? false });
    },
    renameRole: (from, to) => add({ kind: "renameRole", from: role(from), to: role(to) }),
    grant: (privileges, on, to, options) =>
      add({ kind: "grant", grant: resolveGrant("grant", privileges, on, to, options) }),
    revoke: (privileges, on, from, options) =>
      add({ kind: "revoke", grant: resolveGrant("revoke", privileges, on, from, options) }),
  };
}

function resolveGrant(
  operation: string,
  privileges: readonly string[],
  on: GrantTarget,
  to: readonly string[],
  options: GrantOptions = {},
): Grant {
  only(options, ["grantOption"], operation);
  only(on, ["table", "columns", "sequence", "type", "schema"], operation);
  const words = checkNames(privileges, "privilege", operation).map((it) => it.toUpperCase());
  const odd = words.find((word) => !/^[A-Z ]+$/.test(word));
  if (odd !== undefined) invalid(operation, `${JSON.stringify(odd)} is no privilege`);
  const { columns, ...names } = { columns: undefined, ...on };
  if (columns !== undefined) checkNames(columns, "column", operation);
  for (const [what, name] of Object.entries(names)) checkObject(name, what);
  const roles = checkNames(to, "role", operation);
  return { privileges: words, on, to: roles, grantOption: options.grantOption ?? false };
}

export function policyCalls({ add, values }: Recorder): PolicyCalls {
  const on = (table: TableName) => checkObject(table, "table");
  const policy = (name: string) => checkName(name, "policy");
  return {
    createPolicy: (name, table, options = {}) => {
      const made = resolvePolicy(policy(name), options, values);
      add({ kind: "createPolicy", table: on(table), policy: made });
    },
    alterPolicy: (name, table, to) => {
      only(to, ["to", "using", "withCheck"], "alterPolicy");
      if (Object.keys(given(to)).length === 0) invalid("alterPolicy", "it changes nothing");
      const roles = to.to && { to: checkNames(to.to, "role", "alterPolicy") };
      const change = { ...conditions(to, values), ...roles };
      add({ kind: "alterPolicy", table: on(table), name: policy(name), to: change });
    },
    dropPolicy: (name, table, options = {}) => {
      only(options, ["ifExists"], "dropPolicy");
      const { ifExists = false } = options;
      add({ kind: "dropPolicy", table: on(table), name: policy(name), ifExists });
    },
    renamePolicy: (table, from, to) =>
      add({ kind: "renamePolicy", table: on(table), from: policy(from), to: policy(to) }),
    rowSecurity: (table, to) => {
      only(to, ["enabled", "forced"], "rowSecurity");
      if (Object.keys(given(to)).length === 0) invalid("rowSecurity", "it changes nothing");
      add({ kind: "rowSecurity", table: on(table), ...given(to) });
    },
  };
}

function resolvePolicy(name: string, options: PolicyOptions, values: Values): Policy {
  const operation = `policy ${name}`;
  only(options, ["as", "for", "to", "using", "withCheck", "comment"], operation);
  const { as = "permissive", for: command = "all", to = ["public"], comment } = options;
  return {
    name,
    as: oneOf(as, ["permissive", "restrictive"], operation),
    for: oneOf(command, commands, operation),
    to: checkNames(to, "role", operation),
    ...conditions(options, values),
    ...given({ comment }),
  };
}

function conditions({ using, withCheck }: PolicyOptions, values: Values) {
  return given({
    using: using === undefined ? undefined : values.expression(using, "using"),
    withCheck: withCheck === undefined ? undefined : values.expression(withCheck, "withCheck"),
  });
}
