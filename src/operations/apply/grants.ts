/** What is granted after more was granted, or some of it was revoked. */
import type { ObjectName } from "../../model/schema.ts";
import type { Grant, GrantTarget } from "../../model/security.ts";
import { sameName } from "./names.ts";
import {
  everything,
  grantsOf,
  keyOf,
  namesOf,
  type Privilege,
  privilegesOf,
  sameHolder,
} from "./privileges.ts";

export function granted(grants: readonly Grant[], grant: Grant): readonly Grant[] {
  const all = privilegesOf(grant).reduce(withPrivilege, grants.flatMap(privilegesOf));
  return grantsOf(all);
}

export function revoked(grants: readonly Grant[], grant: Grant): readonly Grant[] {
  const less = grant.grantOption ? withoutOption : withoutPrivilege;
  return grantsOf(privilegesOf(grant).reduce(less, grants.flatMap(privilegesOf)));
}

/** The privileges of `grants`, without those that others of them include. */
export function distinctPrivileges(grants: readonly Grant[]): readonly Privilege[] {
  return grants.flatMap(privilegesOf).reduce(withPrivilege, [] as readonly Privilege[]);
}

/** True if who has `one` has `other` as well. */
export function includes(one: Privilege, other: Privilege): boolean {
  if (!sameHolder(one, other) || (other.grantOption && !one.grantOption)) return false;
  return one.name === other.name || one.name === everything;
}

function withPrivilege(held: readonly Privilege[], more: Privilege): readonly Privilege[] {
  if (held.some((it) => includes(it, more))) return held;
  return [...held.filter((it) => !includes(more, it)), more];
}

function withoutPrivilege(held: readonly Privilege[], less: Privilege): readonly Privilege[] {
  return held.flatMap((it) => {
    if (!reaches(less, it)) return [it];
    if (less.name === everything || it.name === less.name) return [];
    return it.name === everything ? rest(it, less.name) : [it];
  });
}

function withoutOption(held: readonly Privilege[], less: Privilege): readonly Privilege[] {
  return held.flatMap((it) => {
    if (!reaches(less, it) || !it.grantOption) return [it];
    const lost = { ...it, grantOption: false };
    if (less.name === everything || it.name === less.name) return [lost];
    return it.name === everything ? [...rest(it, less.name), { ...lost, name: less.name }] : [it];
  });
}

/** What of ALL is left without `name`. */
function rest(all: Privilege, name: string): readonly Privilege[] {
  return namesOf(all.on)
    .filter((it) => it !== name)
    .map((it) => ({ ...all, name: it }));
}

/** A revoke from a table takes the privileges of its columns too. https://www.postgresql.org/docs/current/sql-revoke.html */
function reaches(less: Privilege, held: Privilege): boolean {
  return (
    sameHolder(less, held) || (less.role === held.role && keyOf(less.on) === keyOf(whole(held.on)))
  );
}

function whole(on: GrantTarget): GrantTarget {
  return "table" in on ? { table: on.table } : on;
}

/** The grants for `target`, and for its columns. */
export function grantsFor(grants: readonly Grant[], target: GrantTarget): readonly Grant[] {
  return grants.filter((it) => keyOf(whole(it.on)) === keyOf(target));
}

/** Without the privileges for something that went: a table's include those of its columns. */
export function grantsWithout(grants: readonly Grant[], gone: GrantTarget): readonly Grant[] {
  return grants.filter((it) => keyOf(whole(it.on)) !== keyOf(gone));
}

export function grantsWithoutColumn(
  grants: readonly Grant[],
  table: ObjectName,
  column: string,
): readonly Grant[] {
  return grants.flatMap((grant) => {
    const { on } = grant;
    if (!("table" in on) || on.columns === undefined || !sameName(on.table, table)) return [grant];
    const columns = on.columns.filter((it) => it !== column);
    return columns.length === 0 ? [] : [{ ...grant, on: { ...on, columns } }];
  });
}
