/** Privileges, put back as they were. */
import type { Schema } from "../../model/schema.ts";
import type { Grant, GrantTarget } from "../../model/security.ts";
import { distinctPrivileges, grantsFor, includes, revoked } from "../apply/grants.ts";
import { grantsOf, type Privilege } from "../apply/privileges.ts";
import type { Operation } from "../operation.ts";

/** The operations that turn what is granted in `after` into what was in `before`. */
export function regrant(before: Schema, after: Schema): readonly Operation[] {
  const had = distinctPrivileges(before.grants);
  const revokes = excess(had, distinctPrivileges(after.grants));
  // A revoke may take more than it is for: ALL includes what was there, and a table's privileges those of its columns.
  const left = distinctPrivileges(revokes.reduce(revoked, after.grants));
  const lack = had.filter((it) => !left.some((now) => includes(now, it)));
  return [
    ...revokes.map((grant) => ({ kind: "revoke", grant }) as const),
    ...grantsOf(lack).map((grant) => ({ kind: "grant", grant }) as const),
  ];
}

/** What has to be revoked of `has` so that no more than `had` is left. */
function excess(had: readonly Privilege[], has: readonly Privilege[]): readonly Grant[] {
  const more = has.filter((it) => !had.some((old) => includes(old, it)));
  const optional = more.filter((it) => isOnlyOption(it, had));
  const whole = more.filter((it) => !optional.includes(it));
  return [...grantsOf(optional), ...grantsOf(whole.map((it) => ({ ...it, grantOption: false })))];
}

/** True where the privilege was there and could only not be granted on. */
function isOnlyOption(privilege: Privilege, had: readonly Privilege[]): boolean {
  const bare = { ...privilege, grantOption: false };
  return privilege.grantOption && had.some((old) => includes(old, bare));
}

/** The operations that grant what was granted for `target`, and for its columns. */
export function grantsAgain(before: Schema, target: GrantTarget): readonly Operation[] {
  return grantsFor(before.grants, target).map((grant) => ({ kind: "grant", grant }));
}
