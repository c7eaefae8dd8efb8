/** What may have been renamed between two schemas. */
import {
  type Column,
  displayName,
  type Enum,
  type ObjectName,
  type Schema,
} from "../../model/schema.ts";
import { keyOf, type Paired, pair } from "../compare/pair.ts";
import { columnsAlike, namesAlike, tablesAlike, valuesAlike } from "./likeness.ts";
import { type Question, type Rename, spell } from "./rename.ts";

/** Below this, two things are not taken for one. */
const alikeEnough = 0.5;

/** Whether somebody said that it was one, however unlike the two are. */
export type Told = (rename: Rename) => boolean;

/** Tables, enums and sequences that went, and what they may have become. */
export function objectQuestions(current: Schema, desired: Schema, told: Told): readonly Question[] {
  const values = (one: Enum, other: Enum) => valuesAlike(one.values, other.values);
  return [
    ...objects("table", named(current.tables, desired.tables), tablesAlike, told),
    ...objects("enum", named(current.enums, desired.enums), values, told),
    ...objects(
      "sequence",
      named(current.sequences, desired.sequences),
      (one, other) => namesAlike(displayName(one.name), displayName(other.name)),
      told,
    ),
  ];
}

/** The same within the tables and enums that both have: columns and values. */
export function memberQuestions(current: Schema, desired: Schema, told: Told): readonly Question[] {
  const tables = named(current.tables, desired.tables).kept.flatMap(([from, to]) => {
    const columns = pair(from.columns, to.columns, ({ name }) => name);
    const rename = (one: Column, other: Column): Rename => ({
      kind: "column",
      table: to.name,
      from: one.name,
      to: other.name,
    });
    return questions(columns, columnsAlike, rename, told);
  });
  const enums = named(current.enums, desired.enums).kept.flatMap(([from, to]) =>
    questions(
      pair(from.values, to.values, String),
      namesAlike,
      (one, other) => ({ kind: "value", enum: to.name, from: one, to: other }),
      told,
    ),
  );
  return [...tables, ...enums];
}

function named<Thing extends { readonly name: ObjectName }>(
  current: readonly Thing[],
  desired: readonly Thing[],
): Paired<Thing> {
  return pair(current, desired, ({ name }) => keyOf(name));
}

/** A rename stays within its schema: into another one, things move. */
function objects<Thing extends { readonly name: ObjectName }>(
  kind: "table" | "enum" | "sequence",
  paired: Paired<Thing>,
  alike: (one: Thing, other: Thing) => number,
  told: Told,
): readonly Question[] {
  const within = (one: Thing, other: Thing) =>
    schemaOf(one.name) === schemaOf(other.name) ? alike(one, other) : 0;
  const rename = (one: Thing, other: Thing): Rename => ({ kind, from: one.name, to: other.name });
  const toldWithin = (it: Rename) => isWithin(it) && told(it);
  return questions(paired, within, rename, toldWithin);
}

function isWithin(it: Rename): boolean {
  return it.kind === "column" || it.kind === "value" || schemaOf(it.from) === schemaOf(it.to);
}

function schemaOf(name: ObjectName): string | null {
  return typeof name === "string" ? null : name.schema;
}

function questions<Thing>(
  { added, removed }: Paired<Thing>,
  alike: (one: Thing, other: Thing) => number,
  rename: (one: Thing, other: Thing) => Rename,
  told: Told,
): readonly Question[] {
  return removed.flatMap((from) => {
    const likely = added
      .map((to) => ({ choice: rename(from, to), likeness: alike(from, to) }))
      .filter(({ choice, likeness }) => likeness >= alikeEnough || told(choice))
      .sort((one, other) => other.likeness - one.likeness);
    const choices = likely.map(({ choice }) => choice);
    const [first] = choices;
    return first === undefined ? [] : [{ kind: first.kind, from: spell(first).from, choices }];
  });
}
