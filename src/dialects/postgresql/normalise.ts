/**
 * A wanted schema in the words of the current one. Two texts are the same when they are so but for blanks, case and quotes
 * (`expression.ts`) and what the server always adds (`same-condition.ts`), or when the server, given either as it stands and once more as it spells it, ends up with one text: it
 * spells `IN ('a')` as `= ANY (…)`, and that differently again when a dump is read back. Where they differ, what is wanted
 * keeps the words of the project, which are those that a draft should hold.
 */
import type { Schema } from "../../model/schema.ts";
import type { Reader } from "../dialect.ts";
import { withoutClashes } from "../name-clashes.ts";
import type { Normalised, Note } from "../reflection.ts";
import { refuseSameCuts } from "./cut-names.ts";
import { sameText, spokenName, withoutParentheses } from "./expression.ts";
import { align } from "./normalise-align.ts";
import { canonical, plainIn } from "./normalise-canonical.ts";
import { merged, settledTables } from "./normalise-quick.ts";
import { spell, type Wish } from "./normalise-scratch.ts";
import { type Asks, plainName, type Slot, tableOf, type Verdict } from "./normalise-slots.ts";
import { strangeTypes, unknownTypes } from "./normalise-types.ts";
import { lookAround } from "./reflect/look.ts";
import { queryOf } from "./reflect/views.ts";
import { sameCondition } from "./same-condition.ts";
import { truncated } from "./truncate.ts";
import { typeFrom } from "./type-from.ts";
import { typeText } from "./types.ts";

/** `schema` as `reflect` would say it. The session must not be in a transaction. */
export async function normalise(
  reader: Reader,
  current: Schema,
  schema: Schema,
): Promise<Normalised> {
  refuseSameCuts(schema);
  const surroundings = await lookAround(reader);
  const desired = withoutClashes(current, schema, {
    keysAreIndexes: true,
    tableName: plainIn(surroundings.schema),
    partName: truncated,
  });
  const settled = settledTables(current, desired, surroundings.schema);
  const others = desired.tables.filter((it) => !settled.has(it));
  const wanted = canonical({ ...desired, tables: others }, surroundings);
  const complete = (schema: Schema) => merged(desired, settled, schema);
  const open: Slot[] = [];
  const aligned = align(current, wanted, byText(surroundings.schema, open));
  const asked = [...open, ...strangeTypes(current, wanted)];
  if (asked.length === 0) return { schema: complete(aligned), notes: [] };
  const { found, notes } = await byServer(reader, asked, surroundings.schema);
  const verdict: Verdict = (slot) =>
    byText(surroundings.schema, [])(slot) ?? found.get(slot.key) ?? null;
  return { schema: complete(align(current, wanted, verdict)), notes };
}

/** What texts say by themselves; where that is not enough, the slot is `open`. */
function byText(defaultSchema: string, open: Slot[]): Verdict {
  return (slot) => {
    const isSame = comparison(slot, defaultSchema);
    const same = slot.candidates.find((candidate) =>
      candidate.every((text, at) => isSame(text, slot.parts[at] ?? "")),
    );
    if (!same && slot.candidates.length > 0) open.push(slot);
    return same ?? null;
  };
}

function comparison(slot: Slot, defaultSchema: string): (a: string, b: string) => boolean {
  const table = tableOf(slot);
  if (table === null) return sameText;
  const schema = typeof table.name === "string" ? defaultSchema : table.name.schema;
  const owner = { schema, name: plainName(table.name) };
  const { kind } = slot.asks;
  if (kind !== "check" && kind !== "index" && kind !== "generated")
    return (a, b) => sameText(a, b, owner);
  const varchars = table.columns.filter(({ type }) => type.kind === "varchar");
  const names = new Set(varchars.map(({ name }) => spokenName(name)));
  return (a, b) => sameText(a, b, owner) || sameCondition(a, b, owner, names);
}

type Found = ReadonlyMap<string, readonly string[]>;

async function byServer(
  reader: Reader,
  slots: readonly Slot[],
  defaultSchema: string,
): Promise<{ readonly found: Found; readonly notes: readonly Note[] }> {
  const found = new Map<string, readonly string[]>();
  try {
    const first = await spellings(
      reader,
      slots.map((slot) => ({ slot, parts: slot.parts })),
      defaultSchema,
    );
    const second = decide(first, found);
    const again = await spellings(reader, second, defaultSchema);
    decideAgain(second, again, found);
    return { found, notes: unknownTypes(first) };
  } catch (failure) {
    const why = refusal(failure);
    if (why === null) throw failure;
    const left = slots.filter(({ key, candidates }) => candidates.length > 0 && !found.has(key));
    return {
      found,
      notes: left.map(({ object }) => ({ object, what: `was compared as text: ${why}` })),
    };
  }
}

/** As `reflect` would have them. */
async function spellings(reader: Reader, wishes: readonly Wish[], defaultSchema: string) {
  const answers = await spell(reader, wishes, defaultSchema);
  const trimmed = [...answers].map(([wish, parts]) => {
    return [wish, parts?.map((text) => asReflected(wish.slot.asks.kind, text)) ?? null] as const;
  });
  return new Map(trimmed);
}

function asReflected(kind: Asks["kind"], text: string): string {
  switch (kind) {
    case "default":
      return text;
    case "view":
      return queryOf(text);
    case "type":
      return typeText(typeFrom(text));
    case "generated":
    case "check":
    case "index":
    case "policy":
      return withoutParentheses(text);
  }
}

/** What the first answers settle is `found`; for the others both sides go once more through the server. */
function decide(
  answers: ReadonlyMap<Wish, readonly string[] | null>,
  found: Map<string, readonly string[]>,
): readonly Wish[] {
  return [...answers].flatMap(([{ slot }, answer]) => {
    if (answer === null) return [];
    const same = slot.candidates.find((candidate) => isSame(candidate, answer));
    if (slot.candidates.length === 0) return [];
    if (same === undefined)
      return [answer, ...slot.candidates].map((parts): Wish => ({ slot, parts }));
    found.set(slot.key, same);
    return [];
  });
}

function decideAgain(
  wishes: readonly Wish[],
  answers: ReadonlyMap<Wish, readonly string[] | null>,
  found: Map<string, readonly string[]>,
): void {
  for (const [slot, [own, ...others]] of bySlot(wishes)) {
    if (!own) continue;
    const forms = (wish: Wish) => [wish.parts, answers.get(wish) ?? wish.parts];
    const same = others.find((other) =>
      forms(own).some((a) => forms(other).some((b) => isSame(a, b))),
    );
    if (same) found.set(slot.key, same.parts);
  }
}

function bySlot(wishes: readonly Wish[]): ReadonlyMap<Slot, readonly Wish[]> {
  const groups = new Map<Slot, Wish[]>();
  for (const wish of wishes) {
    const group = groups.get(wish.slot);
    if (group) group.push(wish);
    else groups.set(wish.slot, [wish]);
  }
  return groups;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, at) => text === b[at]);
}

/** Why nothing may be made here, or null for a failure of another kind. */
function refusal(failure: unknown): string | null {
  const code = failure instanceof Error && "code" in failure ? failure.code : null;
  if (code === "42501")
    return "this role may make no temporary tables (GRANT TEMPORARY ON DATABASE)";
  if (code === "25006") return "the server or the session is read-only";
  return null;
}
