/** One pair of schemas: made, drafted, upgraded, compared, downgraded. Throws where something of it does not hold. */
import { diff } from "../../../src/autogenerate/diff.ts";
import { plan, wayBack } from "../../../src/autogenerate/plan.ts";
import type { Connection, Dialect } from "../../../src/dialects/dialect.ts";
import { emptySchema } from "../../../src/model/empty-schema.ts";
import type { Schema } from "../../../src/model/schema.ts";
import { describe } from "../../../src/operations/describe.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { throughText } from "../drafted.ts";
import { runOperations } from "../run-operations.ts";
import type { Blueprint } from "./blueprint.ts";
import { deleteRows, insertRows, quotedName, type RowPlan, survivors } from "./rows.ts";
import { wantedOf } from "./wanted.ts";

export interface Pair {
  readonly from: Blueprint;
  readonly to: Blueprint;
  readonly rows: RowPlan;
  /** Whatever may be a rename is one. */
  readonly renames: boolean;
}

/** How it ended: `foretold` where rows were in the way, and the draft said so; without them it went on. */
export type Ending = "converged" | "foretold";

export const scope = { versionTable: { name: "mig_version" }, schemas: ["public", "app"] };

export interface Place {
  readonly dialect: Dialect;
  readonly connection: Connection;
}

export async function converge(place: Place, pair: Pair): Promise<Ending> {
  const { ending } = await lead(place, wantedOf(pair.from), wantedOf(pair.to), {
    prepare: (made) => insertRows(place.connection, pair.from, made, pair.rows),
    renames: pair.renames,
  });
  return ending;
}

export interface LeadOptions {
  /** Done when the first schema is made: rows, or what Drizzle cannot declare. */
  readonly prepare?: (made: Schema) => Promise<void>;
  readonly renames?: boolean;
  /** Whether the history made what is in the database. */
  readonly made?: boolean;
}

export interface Led {
  readonly ending: Ending;
  /** Of the upgrade. */
  readonly operations: readonly Operation[];
}

/** From nothing to `first`, to `second`, and back to `first`. */
export async function lead(
  place: Place,
  first: Schema,
  second: Schema,
  { prepare = async () => {}, renames = false, made: isOurs = true }: LeadOptions = {},
): Promise<Led> {
  const creation = await draft(place, emptySchema, first);
  await run(place, "creating", creation.operations);
  const made = await reflected(place);
  await expectClean(place, made, first, "what was just made");
  await prepare(made);
  const before = await reflected(place);
  const drafted = await draft(place, before, second, { renames, made: isOurs });
  const { operations } = drafted;
  const back = wayBack(operations, before, place.dialect.rules);
  const ending = await thereAndBack(
    place,
    { before, second, desired: drafted.desired, made: isOurs },
    {
      planned: operations,
      operations,
      back: throughText(
        back.map((it) => it.operation),
        place.dialect.name,
      ).operations,
      isWarned: back.some(({ remarks }) => remarks.length > 0),
    },
  );
  return { ending, operations };
}

export interface Stretch {
  /** The database as it is. */
  readonly before: Schema;
  readonly second: Schema;
  /** `second` in the words of the database. */
  readonly desired: Schema;
  /** Whether the history made what is in the database. */
  readonly made?: boolean;
}

export interface Scripts {
  /** What was planned, which rows are asked about. */
  readonly planned: readonly Operation[];
  /** What the script of it records. */
  readonly operations: readonly Operation[];
  readonly back: readonly Operation[];
  /** The way back says that something is in its way. */
  readonly isWarned: boolean;
}

/** To `second`, and back to what there was before. */
export async function thereAndBack(
  place: Place,
  { before, second, desired, made: isOurs = true }: Stretch,
  scripts: Scripts,
): Promise<Ending> {
  const { operations, planned } = scripts;
  const held = await survivors(place.connection, before, desired);
  const foretold = await foretells(place, planned, before);
  const failure = await attempt(place, "upgrading", operations);
  if (failure !== null && foretold === null) throw failure;
  if (failure === null && foretold !== null) throw new Error(`a false alarm: ${foretold}`);
  if (failure !== null) {
    await deleteRows(place.connection, before);
    await run(place, "upgrading without rows", operations);
  }
  const after = await reflected(place);
  await expectClean(place, after, second, "what was upgraded", isOurs);
  if (failure === null) {
    // Tables that nobody wants may be there still.
    const names = second.tables.map(({ name }) => quotedName(name));
    const tables = after.tables.filter(({ name }) => names.includes(quotedName(name)));
    const found = await survivors(place.connection, { ...after, tables }, before);
    expectSame("the rows that stay", held, found);
  }
  await downgrade(place, scripts, before, after);
  return failure === null ? "converged" : "foretold";
}

export async function reflected({ dialect, connection }: Place): Promise<Schema> {
  return (await dialect.reflect(connection, scope)).schema;
}

/** The operations of a draft, by way of its text. */
export async function draft(
  { dialect, connection }: Place,
  current: Schema,
  wanted: Schema,
  { renames = false, made = true }: Pick<LeadOptions, "renames" | "made"> = {},
): Promise<{ readonly operations: readonly Operation[]; readonly desired: Schema }> {
  const desiredFor = async (now: Schema, of = wanted) =>
    (await dialect.normalise(connection, now, of, scope)).schema;
  const desired = await desiredFor(current);
  const { operations } = await plan(current, desired, {
    rules: dialect.rules,
    made: () => made,
    decide: async ({ choices: [likeliest] }) => (renames ? (likeliest ?? null) : null),
    desiredFor,
  });
  return { operations: throughText(operations, dialect.name).operations, desired };
}

export async function expectClean(
  { dialect, connection }: Place,
  current: Schema,
  wanted: Schema,
  what: string,
  made = true,
): Promise<void> {
  const { schema } = await dialect.normalise(connection, current, wanted, scope);
  const { operations } = diff(current, schema, { rules: dialect.rules, made: () => made });
  if (operations.length === 0) return;
  throw new Error(
    `${what} differs:\n${listed(operations)}\n${JSON.stringify(operations, bigints)}`,
  );
}

function bigints(_: string, value: unknown): unknown {
  return typeof value === "bigint" ? String(value) : value;
}

function listed(operations: readonly Operation[]): string {
  return operations.map((it) => `  ${describe(it)}`).join("\n");
}

/** What the draft says of rows that are in its way; null for nothing. */
async function foretells(
  { dialect, connection }: Place,
  operations: readonly Operation[],
  current: Schema,
): Promise<string | null> {
  const concerns = (await dialect.concerns(operations, current, connection)).flat();
  const first = concerns.find(({ kind }) => !harmless.has(kind));
  return first === undefined ? null : JSON.stringify(first);
}

/** What is lost is lost without a failure. */
const harmless = new Set<string>(["rows lost", "values lost", "values changed"]);

export async function run(
  place: Place,
  what: string,
  operations: readonly Operation[],
): Promise<void> {
  const failure = await attempt(place, what, operations);
  if (failure !== null) throw failure;
}

/** Run `operations` as a revision does; gives what went wrong. */
export async function attempt(
  { dialect, connection }: Place,
  what: string,
  operations: readonly Operation[],
): Promise<Error | null> {
  const suspendForeignKeys = operations.some((it) => dialect.suspendsForeignKeys(it));
  await connection.begin({ suspendForeignKeys });
  try {
    await runOperations(dialect, connection, operations);
    await connection.commit();
    return null;
  } catch (cause) {
    await connection.rollback();
    const why = cause instanceof Error ? cause.message : String(cause);
    const { detail = "" } = cause as { readonly detail?: string };
    const { text } = throughText(operations, dialect.name);
    return new Error(`${what} failed: ${why}\n${detail}\n${listed(operations)}\n${text}`, {
      cause,
    });
  }
}

function expectSame(what: string, before: unknown, after: unknown): void {
  const [was, is] = [JSON.stringify(before, bigints, 1), JSON.stringify(after, bigints, 1)];
  if (was !== is) throw new Error(`${what} differ:\n${unlike(was, is)}`);
}

/** Where two texts part, with a few lines around. */
function unlike(was: string, is: string): string {
  const [before, after] = [was.split("\n"), is.split("\n")];
  const at = before.findIndex((line, place) => line !== after[place]);
  const around = (lines: readonly string[]) => lines.slice(Math.max(at - 8, 0), at + 8).join("\n");
  return `was\n${around(before)}\nis\n${around(after)}`;
}

/** Rows may lack what a column demands that comes back: without them nothing is in the way. */
async function downgrade(
  place: Place,
  { operations, back, isWarned }: Scripts,
  before: Schema,
  after: Schema,
): Promise<void> {
  if ((await attempt(place, "downgrading", back)) !== null) {
    if (!isWarned) await run(place, "downgrading without a remark", back);
    await deleteRows(place.connection, after);
    await run(place, "downgrading without rows", back);
  }
  const now = await reflected(place);
  // A text that PostgreSQL is given in its own words may come out in others: what counts is that they say the same.
  const { schema } = await place.dialect.normalise(place.connection, now, before, scope);
  const [was, is] = [ordered(schema), ordered(now)];
  if (was === is) return;
  throw new Error(
    `the way back leads elsewhere:\n${unlike(was, is)}\nupgrade:\n${listed(operations)}\ndowngrade:\n${listed(back)}`,
  );
}

/** A schema as text. What has no order has one here. */
export function ordered(schema: Schema): string {
  const sorted = (value: unknown): unknown => {
    if (Array.isArray(value)) {
      const items = value.map(sorted);
      const named = items.every((it) => typeof it === "object" && it !== null && "name" in it);
      return named
        ? items
            .map((it) => JSON.stringify(it, bigints))
            .sort()
            .map((it) => JSON.parse(it))
        : items;
    }
    if (typeof value !== "object" || value === null) return value;
    const entries = Object.entries(value).map(([key, it]) => [key, sorted(it)] as const);
    return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
  };
  return JSON.stringify(sorted(schema), bigints, 1);
}
