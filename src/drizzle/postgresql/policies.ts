/** Roles, and the policies of tables. */
import type { Policy, Role } from "../../model/security.ts";
import { byName } from "../order.ts";
import { type Declared, invalid } from "../place.ts";
import type { Reading, TableSource } from "../reading.ts";
import type { PgCore, PgPolicy, PgRole, PgTableConfig } from "./core.ts";

/** What a role may; a login or a password is nothing that Drizzle declares. */
export function readRole({ name, createDb, createRole, inherit }: PgRole): Role {
  const options = {
    ...(createDb !== undefined && { createDb }),
    ...(createRole !== undefined && { createRole }),
    ...(inherit !== undefined && { inherit }),
  };
  return { name, options };
}

/** The policies of a table: its own, and those that are exported and linked to it. */
export function readPolicies(
  { place, config }: TableSource<PgTableConfig>,
  exported: readonly Declared<PgPolicy>[],
  reading: Reading<PgCore>,
): readonly Policy[] {
  const linked = exported.map((it) => it.value).filter((it) => it._linkedTable === place.value);
  const all = [...new Set([...config.policies, ...linked])];
  return byName(all.map((policy) => readPolicy(policy, reading)));
}

/** A subquery may stand in a policy, so columns keep their tables. */
function readPolicy(policy: PgPolicy, { speller }: Reading<PgCore>): Policy {
  const { name, using, withCheck } = policy;
  return {
    name,
    as: policy.as ?? "permissive",
    for: policy.for ?? "all",
    to: rolesOf(policy),
    ...(using !== undefined && { using: speller.spell(using, "qualified") }),
    ...(withCheck !== undefined && { withCheck: speller.spell(withCheck, "qualified") }),
  };
}

function rolesOf({ to = "public" }: PgPolicy): readonly string[] {
  const names = [to].flat().map((role) => (typeof role === "string" ? role : role.name));
  return [...new Set(names)].sort();
}

/** Refuse an exported policy that no table of the schema has: it would be left out without a word. */
export function refuseLonePolicies(
  exported: readonly Declared<PgPolicy>[],
  sources: readonly TableSource<PgTableConfig>[],
): void {
  const tables = sources.map((source) => source.place.value);
  const owned = new Set(sources.flatMap((source) => source.config.policies));
  for (const policy of exported) {
    const { name, _linkedTable: table } = policy.value;
    if (owned.has(policy.value) || (table && tables.includes(table))) continue;
    invalid(
      policy,
      table
        ? `policy ${name} is linked to a table that the schema does not export; export the table too, or write the policy in a revision`
        : `policy ${name} belongs to no table; name it in a table, or link it to one`,
    );
  }
}
