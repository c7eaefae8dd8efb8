/** Options of both databases as one object, with `{ postgresql: …, sqlite: … }` for what differs. */
import type { DialectName } from "../../model/schema.ts";
import { same } from "../compare/pair.ts";
import type { Code, Members } from "../render/code.ts";
import type { Both } from "./both.ts";

/**
 * How a member may differ. `value`: by dialect, null where one has none. `said`: by dialect where both say it, as null would
 * take away. A dialect: that one may say it by itself, as the other reads over it. `generated`: as a value, within. Others may not.
 */
export type Manner = "value" | "said" | "generated" | DialectName;

/** The options for both; null where there is no such object. */
export function mergeMembers(
  { postgresql, sqlite }: Both<Members>,
  manners: Readonly<Record<string, Manner>>,
): Members | null {
  const [one, other] = [new Map(postgresql.members), new Map(sqlite.members)];
  const names = [...new Set([...one.keys(), ...other.keys()])];
  const merged = names.map((name) => {
    const given = { postgresql: one.get(name), sqlite: other.get(name) };
    const value = mergeMember(given, manners[name]);
    return value === null ? null : ([name, value] as const);
  });
  const members = merged.filter((it) => it !== null);
  return members.length === merged.length ? { members } : null;
}

function mergeMember(given: Both<Code | undefined>, manner: Manner | undefined): Code | null {
  const { postgresql, sqlite } = given;
  if (same(postgresql, sqlite)) return postgresql ?? null;
  const isSaidByBoth = postgresql !== undefined && sqlite !== undefined;
  switch (manner) {
    case "value":
      return perDialect(given);
    case "said":
      return isSaidByBoth ? perDialect(given) : null;
    case "postgresql":
      return sqlite === undefined ? (postgresql ?? null) : null;
    case "sqlite":
      return postgresql === undefined ? (sqlite ?? null) : null;
    case "generated":
      return mergeGenerated(given);
    case undefined:
      return null;
  }
}

export function perDialect({ postgresql, sqlite }: Both<Code | undefined>): Members {
  return {
    members: [
      ["postgresql", postgresql ?? "null"],
      ["sqlite", sqlite ?? "null"],
    ],
  };
}

/** sql`…`, or `{ as: sql`…`, stored: false }`. */
function mergeGenerated({ postgresql, sqlite }: Both<Code | undefined>): Code | null {
  const [one, other] = [computed(postgresql), computed(sqlite)];
  if (one && other && one.isStored !== other.isStored) return null;
  const given = one ?? other;
  if (given === null) return null;
  const as = perDialect({ postgresql: one?.as, sqlite: other?.as });
  return { members: [["as", as], ...(given.isStored ? [] : [["stored", "false"] as const])] };
}

function computed(
  code: Code | undefined,
): { readonly as: Code; readonly isStored: boolean } | null {
  if (typeof code !== "object") return null;
  if ("sql" in code) return { as: code, isStored: true };
  if (!("members" in code)) return null;
  const as = code.members.find(([name]) => name === "as")?.[1];
  return as === undefined ? null : { as, isStored: false };
}
