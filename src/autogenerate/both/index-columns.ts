/** What an index of each database is on: expressions may be written in two ways. */
import { same } from "../compare/pair.ts";
import type { Code, Members } from "../render/code.ts";
import type { Both } from "./both.ts";
import { perDialect } from "./members.ts";

/** One list for both; null where more than an expression differs. */
export function mergeIndexColumns({ postgresql, sqlite }: Both<Code>): Code | null {
  const [one, other] = [itemsOf(postgresql), itemsOf(sqlite)];
  if (one.length !== other.length) return null;
  const merged = one.map((it, at) => mergeColumn({ postgresql: it, sqlite: other[at] ?? "" }));
  const list = merged.filter((it) => it !== null);
  return list.length === merged.length ? { list } : null;
}

function itemsOf(code: Code): readonly Code[] {
  return typeof code === "object" && "list" in code ? code.list : [];
}

function mergeColumn({ postgresql, sqlite }: Both<Code>): Code | null {
  if (same(postgresql, sqlite)) return postgresql;
  const [one, other] = [membersOf(postgresql), membersOf(sqlite)];
  const [[, on], ...more] = one;
  const [[, otherOn], ...others] = other;
  if (!isSql(on) || !isSql(otherOn) || !same(more, others)) return null;
  return { members: [["on", perDialect({ postgresql: on, sqlite: otherOn })], ...more] };
}

type Member = Members["members"][number];

/** A column by itself is one that is on it. */
function membersOf(code: Code): readonly [on: Member, ...more: Member[]] {
  const [first, ...more] = typeof code === "object" && "members" in code ? code.members : [];
  return first === undefined ? [["on", code]] : [first, ...more];
}

function isSql(code: Code): boolean {
  return typeof code === "object" && "sql" in code;
}
