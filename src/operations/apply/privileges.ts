/** Privileges one by one: what is granted is a set, however it was written. */
import type { Grant, GrantTarget } from "../../model/security.ts";

/** One privilege, for one thing (or one column of it), of one role. */
export interface Privilege {
  readonly name: string;
  /** Of columns, one of them. */
  readonly on: GrantTarget;
  readonly role: string;
  readonly grantOption: boolean;
}

export const everything = "ALL";

/** What ALL stands for. MAINTAIN is not named: servers before PostgreSQL 17 have none. */
export function namesOf(on: GrantTarget): readonly string[] {
  if ("schema" in on) return ["CREATE", "USAGE"];
  if ("type" in on) return ["USAGE"];
  if ("sequence" in on) return ["SELECT", "UPDATE", "USAGE"];
  const ofColumns = ["INSERT", "REFERENCES", "SELECT", "UPDATE"];
  return on.columns === undefined
    ? [...ofColumns, "DELETE", "TRIGGER", "TRUNCATE"].sort()
    : ofColumns;
}

export function privilegesOf(grant: Grant): readonly Privilege[] {
  const { privileges, to, grantOption } = grant;
  return targetsOf(grant.on).flatMap((on) =>
    to.flatMap((role) =>
      privileges.map((it) => ({
        name: it === "ALL PRIVILEGES" ? everything : it,
        on,
        role,
        grantOption,
      })),
    ),
  );
}

function targetsOf(on: GrantTarget): readonly GrantTarget[] {
  if (!("table" in on) || on.columns === undefined) return [on];
  return on.columns.map((column) => ({ table: on.table, columns: [column] }));
}

/** True for privileges of the same role for the same thing. */
export function sameHolder(one: Privilege, other: Privilege): boolean {
  return one.role === other.role && keyOf(one.on) === keyOf(other.on);
}

export function keyOf(on: GrantTarget): string {
  if ("table" in on) return JSON.stringify(["table", on.table, on.columns ?? null]);
  return JSON.stringify(Object.entries(on));
}

/** `privileges` as grants: as few as there can be, always in the same order. */
export function grantsOf(privileges: readonly Privilege[]): readonly Grant[] {
  const single = privileges.map(({ name, on, role, grantOption }) => ({
    privileges: [name],
    on,
    to: [role],
    grantOption,
  }));
  return [joinColumns, joinPrivileges, joinRoles].reduce<readonly Grant[]>(
    (grants, join) => join(grants),
    sorted(single),
  );
}

function joinColumns(grants: readonly Grant[]): readonly Grant[] {
  const key = (it: Grant) =>
    JSON.stringify([it.privileges, it.to, it.grantOption, tableOf(it.on) ?? keyOf(it.on)]);
  return joined(grants, key, (one, other) => ({ ...one, on: withColumns(one.on, other.on) }));
}

/** The table of columns; null for whatever else. */
function tableOf(on: GrantTarget): unknown {
  return "table" in on && on.columns !== undefined ? { columnsOf: on.table } : null;
}

function withColumns(one: GrantTarget, other: GrantTarget): GrantTarget {
  if (!("table" in one) || !("table" in other)) return one;
  return { table: one.table, columns: [...(one.columns ?? []), ...(other.columns ?? [])] };
}

function joinPrivileges(grants: readonly Grant[]): readonly Grant[] {
  const key = (it: Grant) => JSON.stringify([keyOf(it.on), it.to, it.grantOption]);
  return joined(grants, key, (one, other) => ({
    ...one,
    privileges: [...one.privileges, ...other.privileges],
  }));
}

function joinRoles(grants: readonly Grant[]): readonly Grant[] {
  const key = (it: Grant) => JSON.stringify([keyOf(it.on), it.privileges, it.grantOption]);
  return joined(grants, key, (one, other) => ({ ...one, to: [...one.to, ...other.to] }));
}

function joined(
  grants: readonly Grant[],
  key: (grant: Grant) => string,
  join: (one: Grant, other: Grant) => Grant,
): readonly Grant[] {
  const groups = new Map<string, Grant>();
  for (const grant of grants) {
    const known = groups.get(key(grant));
    groups.set(key(grant), known === undefined ? grant : join(known, grant));
  }
  return [...groups.values()];
}

function sorted(grants: readonly Grant[]): readonly Grant[] {
  const text = (it: Grant) => JSON.stringify([keyOf(it.on), it.to, it.privileges, it.grantOption]);
  return grants.toSorted((a, b) => (text(a) < text(b) ? -1 : 1));
}
