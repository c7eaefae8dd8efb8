/** What may have been renamed between two schemas. */
import { displayName, type Enum, type ObjectName, type Schema } from "../../model/schema.ts";
import { keyOf, type Paired, pair } from "../compare/pair.ts";
import { columnsAlike, namesAlike, tablesAlike, valuesAlike } from "./likeness.ts";
import { type Question, type Rename, spell } from "./rename.ts";

/** Below this, two things are not taken for one. */
const alikeEnough = 0.5;

/** Tables, enums and sequences that went, and what they may have become. */
export function objectQuestions(current: Schema, desired: Schema): readonly Question[] {
  const values = (one: Enum, other: Enum) => valuesAlike(one.values, other.values);
  return [
    ...objects("table", named(current.tables, desired.tables), tablesAlike),
    ...objects("enum", named(current.enums, desired.enums), values),
    ...objects("sequence", named(current.sequences, desired.sequences), (one, other) =>
      namesAlike(displayName(one.name), displayName(other.name)),
    ),
  ];
}

/** The same within the tables and enums that both have: columns and values. */
export function memberQuestions(current: Schema, desired: Schema): readonly Question[] {
  const tables = named(current.tables, desired.tables).kept.flatMap(([from, to]) => {
    const columns = pair(from.columns, to.columns, ({ name }) => name);
    return questions(columns, columnsAlike, (one, other) => ({
      kind: "column",
      table: to.name,
      from: one.name,
      to: other.name,
    }));
  });
  const enums = named(current.enums, desired.enums).kept.flatMap(([from, to]) =>
    questions(pair(from.values, to.values, String), namesAlike, (one, other) => ({
      kind: "value",
      enum: to.name,
      from: one,
      to: other,
    })),
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
): readonly Question[] {
  const within = (one: Thing, other: Thing) =>
    schemaOf(one.name) === schemaOf(other.name) ? alike(one, other) : 0;
  return questions(paired, within, (one, other) => ({ kind, from: one.name, to: other.name }));
}

function schemaOf(name: ObjectName): string | null {
  return typeof name === "string" ? null : name.schema;
}

function questions<Thing>(
  { added, removed }: Paired<Thing>,
  alike: (one: Thing, other: Thing) => number,
  rename: (one: Thing, other: Thing) => Rename,
): readonly Question[] {
  return removed.flatMap((from) => {
    const likely = added
      .map((to) => ({ to, likeness: alike(from, to) }))
      .filter(({ likeness }) => likeness >= alikeEnough)
      .sort((one, other) => other.likeness - one.likeness);
    const choices = likely.map(({ to }) => rename(from, to));
    const [first] = choices;
    return first === undefined ? [] : [{ kind: first.kind, from: spell(first).from, choices }];
  });
}
