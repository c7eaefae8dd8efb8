/** One pair of schemas for each database, and one draft for both: it leads both there, and back. */
import type fc from "fast-check";
import { type Both, each } from "../../../src/autogenerate/both/both.ts";
import { renderBoth } from "../../../src/autogenerate/both/merge.ts";
import { inStep, together } from "../../../src/autogenerate/both/plan.ts";
import { plan, wayBack } from "../../../src/autogenerate/plan.ts";
import type { Drafted } from "../../../src/autogenerate/render/render.ts";
import { emptySchema } from "../../../src/model/empty-schema.ts";
import type { Schema } from "../../../src/model/schema.ts";
import type { Operation } from "../../../src/operations/operation.ts";
import { arbitraryOf, type Chance } from "../arbitrary-chance.ts";
import { evaluate } from "../drafted.ts";
import { type Blueprint, makeBlueprint } from "./blueprint.ts";
import {
  type Ending,
  expectClean,
  type Place,
  reflected,
  run,
  type Scripts,
  scope,
  thereAndBack,
} from "./converge.ts";
import { edited } from "./edits.ts";
import { insertRows, type RowPlan } from "./rows.ts";
import { makeTastes, twinOf } from "./twins.ts";
import { wantedOf } from "./wanted.ts";

export interface BothPair {
  readonly from: Both<Blueprint>;
  readonly to: Both<Blueprint>;
  readonly rows: RowPlan;
  readonly renames: boolean;
}

/** Schemas that say the same, but for what somebody said of one only. */
export const bothPairs: fc.Arbitrary<BothPair> = arbitraryOf((chance) => {
  const postgresql = makeBlueprint(chance, "postgresql");
  const tastes = makeTastes(chance);
  const both = (it: Blueprint) => ({ postgresql: it, sqlite: apart(chance, twinOf(it, tastes)) });
  return {
    from: both(postgresql),
    to: both(edited(chance, postgresql)),
    rows: { count: chance.upTo(3), nulls: chance.upTo(3) === 0 },
    renames: chance.upTo(2) === 0,
  };
});

function apart(chance: Chance, blueprint: Blueprint): Blueprint {
  return chance.upTo(3) === 0 ? edited(chance, blueprint) : blueprint;
}

/** Where both ended, and the text of the upgrade. */
export interface BothEnding {
  readonly endings: Both<Ending>;
  readonly text: string;
}

export async function convergeBoth(places: Both<Place>, pair: BothPair): Promise<BothEnding> {
  const [first, second] = [each(pair.from, wantedOf), each(pair.to, wantedOf)];
  const creation = await draftBoth(
    places,
    each(places, () => emptySchema),
    first,
    false,
  );
  for (const name of names) {
    await run(places[name], "creating", creation.scripts[name].operations);
    const made = await reflected(places[name]);
    await expectClean(places[name], made, first[name], "what was just made");
    await insertRows(places[name].connection, pair.from[name], made, pair.rows);
  }
  const before = await eachOf((name) => reflected(places[name]));
  const drafted = await draftBoth(places, before, second, pair.renames);
  const endings = await eachOf((name) => {
    const stretch = {
      before: before[name],
      second: second[name],
      desired: drafted.desired[name],
    };
    return thereAndBack(places[name], stretch, drafted.scripts[name]).catch((failure: Error) => {
      throw new Error(`${name}: ${failure.message}\n${drafted.text}`, { cause: failure });
    });
  });
  return { endings, text: drafted.text };
}

const names = ["postgresql", "sqlite"] as const;

async function eachOf<Made>(
  make: (name: "postgresql" | "sqlite") => Promise<Made>,
): Promise<Both<Made>> {
  const postgresql = await make("postgresql");
  return { postgresql, sqlite: await make("sqlite") };
}

interface DraftForBoth {
  readonly scripts: Both<Scripts>;
  readonly desired: Both<Schema>;
  readonly text: string;
}

/** A draft, by way of its text. */
async function draftBoth(
  places: Both<Place>,
  current: Both<Schema>,
  wanted: Both<Schema>,
  renames: boolean,
): Promise<DraftForBoth> {
  const desired = await eachOf(
    async (name) => await normalised(places[name], current[name], wanted[name]),
  );
  const plans = await eachOf(async (name) => {
    const { operations } = await plan(current[name], desired[name], {
      rules: inStep(places[name].dialect.rules),
      made: () => true,
      decide: async ({ choices: [likeliest] }) => (renames ? (likeliest ?? null) : null),
      desiredFor: (now) => normalised(places[name], now, wanted[name]),
    });
    return { current: current[name], operations };
  });
  return { ...writtenFor(places, current, together(plans)), desired };
}

async function normalised({ dialect, connection }: Place, now: Schema, wanted: Schema) {
  return (await dialect.normalise(connection, now, wanted, scope)).schema;
}

function writtenFor(
  places: Both<Place>,
  current: Both<Schema>,
  operations: ReturnType<typeof together>,
) {
  const rules = each(places, ({ dialect }) => dialect.rules);
  const back = {
    postgresql: wayBack(operations.postgresql, current.postgresql, rules.postgresql),
    sqlite: wayBack(operations.sqlite, current.sqlite, rules.sqlite),
  };
  const up = renderBoth(
    each(operations, (all): readonly Drafted[] =>
      all.map((operation) => ({ operation, remarks: [] })),
    ),
    rules,
  );
  const down = renderBoth(back, rules);
  // What is nothing to a database does not fit its schema.
  const own = (name: "postgresql" | "sqlite", all: readonly Operation[]) =>
    all.filter(({ kind }) => !rules[name].needless.has(kind));
  const scriptsOf = (name: "postgresql" | "sqlite"): Scripts => ({
    planned: operations[name],
    operations: own(name, evaluate(up.text, up.imports, name)),
    back: own(name, evaluate(down.text, down.imports, name)),
    isWarned: back[name].some(({ remarks }) => remarks.length > 0),
  });
  return {
    scripts: { postgresql: scriptsOf("postgresql"), sqlite: scriptsOf("sqlite") },
    text: `${up.text}\n-- down\n${down.text}`,
  };
}
