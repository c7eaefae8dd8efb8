/** Roles, policies and row-level security against those wanted. Roles are never dropped: others may need them. */
import type { SchemaTable, TableName } from "../../model/schema.ts";
import type { Policy, Role } from "../../model/security.ts";
import type { PolicyOperation, RoleOperation } from "../../operations/kinds/security.ts";
import { pair, same, sameName } from "./pair.ts";

export function compareRoles(
  current: readonly Role[],
  desired: readonly Role[],
): readonly RoleOperation[] {
  const { added, kept } = pair(current, desired, (role) => role.name);
  return [
    ...added.map((role) => ({ kind: "createRole", role }) as const),
    ...kept.flatMap(([from, { name, options: wanted }]) => {
      const there = Object.entries(from.options);
      const to = Object.fromEntries(
        Object.entries(wanted).filter(([right, has]) => {
          const [, had = right === "inherit"] = there.find(([name]) => name === right) ?? [];
          return had !== has;
        }),
      );
      return Object.keys(to).length === 0 ? [] : [{ kind: "alterRole", name, to } as const];
    }),
  ];
}

export interface PolicyName {
  readonly table: TableName;
  readonly name: string;
}

export function isPolicy(one: PolicyName, other: PolicyName): boolean {
  return one.name === other.name && sameName(one.table, other.table);
}

export function dropPolicy(table: TableName, name: string): PolicyOperation {
  return { kind: "dropPolicy", table, name, ifExists: false };
}

export interface PolicyChanges {
  readonly drops: readonly PolicyOperation[];
  readonly rest: readonly PolicyOperation[];
}

/** `held` are columns that change: a policy that may read one of them goes away meanwhile. */
export function comparePolicies(
  current: SchemaTable,
  desired: SchemaTable,
  held: (policy: Policy) => boolean,
): PolicyChanges {
  if (current.policies.length + desired.policies.length === 0) {
    return { drops: [], rest: rowSecurity(current, desired) };
  }
  const table = desired.name;
  const { added, removed, kept } = pair(current.policies, desired.policies, (it) => it.name);
  const anew = kept.filter(([from, to]) => held(from) || mustBeAnew(from, to));
  const altered = kept.filter((it) => !anew.includes(it));
  return {
    drops: [...removed, ...anew.map(([from]) => from)].map(({ name }) => dropPolicy(table, name)),
    rest: [
      ...rowSecurity(current, desired),
      ...altered.flatMap(([from, to]) => alterPolicy(desired, from, to)),
      ...[...anew.map(([from, to]) => carry(from, to)), ...added].map(
        (policy) => ({ kind: "createPolicy", table, policy }) as const,
      ),
    ],
  };
}

function rowSecurity(current: SchemaTable, { name, rowSecurity: to }: SchemaTable) {
  if (current.rowSecurity.enabled === to.enabled) return [];
  return [{ kind: "rowSecurity", table: name, enabled: to.enabled } as const];
}

/** ALTER POLICY changes roles and conditions, and takes none away. */
function mustBeAnew(from: Policy, to: Policy): boolean {
  if (from.as !== to.as || from.for !== to.for) return true;
  return Boolean(from.using && !to.using) || Boolean(from.withCheck && !to.withCheck);
}

function alterPolicy(
  { name: table }: SchemaTable,
  from: Policy,
  wanted: Policy,
): readonly PolicyOperation[] {
  const to = {
    ...(!same([...from.to].sort(), [...wanted.to].sort()) && { to: wanted.to }),
    ...(wanted.using && !same(from.using, wanted.using) && { using: wanted.using }),
    ...(wanted.withCheck &&
      !same(from.withCheck, wanted.withCheck) && { withCheck: wanted.withCheck }),
  };
  if (Object.keys(to).length === 0) return [];
  return [{ kind: "alterPolicy", table, name: wanted.name, to }];
}

function carry({ comment }: Policy, to: Policy): Policy {
  return { ...(comment !== undefined && { comment }), ...to };
}
