/** A call of each database as one call. */
import { same } from "../compare/pair.ts";
import type { Call, Code, Members } from "../render/code.ts";
import type { Both } from "./both.ts";
import { mergeIndexColumns } from "./index-columns.ts";
import { type Manner, mergeMembers, perDialect } from "./members.ts";

/** What of the calls may differ, by what is called: arguments by their place, members of the options by their names. */
interface Differing {
  readonly args?: Readonly<Record<number, (given: Both<Code>) => Code | null>>;
  readonly options?: Readonly<Record<string, Manner>>;
}

const column: Differing = {
  options: {
    default: "value",
    collation: "value",
    generated: "generated",
    autoIncrement: "sqlite",
    comment: "postgresql",
  },
};

const differing: Readonly<Record<string, Differing>> = {
  primaryKey: { options: { include: "postgresql", comment: "postgresql" } },
  unique: { options: { include: "postgresql", comment: "postgresql" } },
  foreignKey: { options: { notValid: "postgresql", comment: "postgresql" } },
  check: { args: { 1: perDialect }, options: { notValid: "postgresql", comment: "postgresql" } },
  "op.createView": {
    args: { 1: perDialect },
    options: { with: "postgresql", comment: "postgresql" },
  },
  "op.createIndex": {
    args: { 2: mergeIndexColumns },
    options: { where: "value", include: "postgresql", with: "postgresql", comment: "postgresql" },
  },
  addColumn: { options: { backfill: "value", before: "sqlite", after: "sqlite" } },
  alterColumn: { options: { default: "said", using: "value", backfill: "value" } },
};

/** One call that says what both say; null where there is none. */
export function mergeCalls({ postgresql, sqlite }: Both<Call>): Call | null {
  if (same(postgresql, sqlite)) return postgresql;
  if (postgresql.call !== sqlite.call || postgresql.member !== sqlite.member) return null;
  const { call } = postgresql;
  const { args: manners = {}, options = {} } = call.startsWith("t.")
    ? column
    : (differing[call] ?? {});
  const [one, other] = [withoutOptions(postgresql.args), withoutOptions(sqlite.args)];
  const last = mergeMembers({ postgresql: one.options, sqlite: other.options }, options);
  if (last === null || one.args.length !== other.args.length) return null;
  const args = one.args.map((arg, at) =>
    mergeArgument({ postgresql: arg, sqlite: other.args[at] ?? "" }, manners[at]),
  );
  const found = args.filter((it) => it !== null);
  if (found.length < args.length) return null;
  return { ...postgresql, args: last.members.length > 0 ? [...found, last] : found };
}

function mergeArgument(
  given: Both<Code>,
  merge: (given: Both<Code>) => Code | null = () => null,
): Code | null {
  return same(given.postgresql, given.sqlite) ? given.postgresql : merge(given);
}

interface Split {
  readonly args: readonly Code[];
  readonly options: Members;
}

/** An object in the last place holds the options, unless it is a name or a type by itself. */
function withoutOptions(args: readonly Code[]): Split {
  const last = args.at(-1);
  if (typeof last !== "object" || !("members" in last) || isNameOrType(last)) {
    return { args, options: { members: [] } };
  }
  return { args: args.slice(0, -1), options: last };
}

/** `{ schema: …, name: … }`, and what `t.raw` takes. */
function isNameOrType({ members }: Members): boolean {
  const names = members.map(([name]) => name).join();
  return names === "schema,name" || names === "postgresql,sqlite";
}
