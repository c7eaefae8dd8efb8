/** What leads from one schema to another. */

import type { Rules } from "../model/rules.ts";
import type { ObjectName, Schema } from "../model/schema.ts";
import type { Operation } from "../operations/operation.ts";
import { compareEnums } from "./compare/all-enums.ts";
import { compareTables } from "./compare/all-tables.ts";
import { keyOf, pair } from "./compare/pair.ts";
import { compareRoles, type PolicyName } from "./compare/security.ts";
import { compareSequence } from "./compare/sequences.ts";
import { readsOne } from "./compare/touched.ts";
import { compareViews } from "./compare/views.ts";
import { inOneOrder } from "./in-order.ts";
import { inOrder, type Planned, planned } from "./phases.ts";

/** Something of a database that nobody asked for. */
export interface Extra {
  readonly kind: "schema" | "table" | "index" | "enum" | "sequence" | "view";
  readonly name: ObjectName;
  /** Of an index. */
  readonly table?: ObjectName;
}

export interface Difference {
  readonly operations: readonly Operation[];
  /** What is in the database and not wanted, and was not made by this history: it stays. */
  readonly unmanaged: readonly Extra[];
}

export interface DiffOptions {
  readonly rules: Rules;
  /** Whether this history made it, so that it may be dropped. */
  readonly made: (extra: Extra) => boolean;
  /** Views that are made anew though nothing of them differs. */
  readonly viewsAnew?: readonly ObjectName[];
  /** The same of policies. */
  readonly policiesAnew?: readonly PolicyName[];
}

/** The operations that make `current` what `desired` says, in an order in which they run. */
export function diff(current: Schema, desired: Schema, options: DiffOptions): Difference {
  return compare(inOneOrder(current), inOneOrder(desired), options);
}

function compare(current: Schema, desired: Schema, options: DiffOptions): Difference {
  const unmanaged: Extra[] = [];
  const mayGo = (extra: Extra): boolean => {
    const made = options.made(extra);
    if (!made) unmanaged.push(extra);
    return made;
  };
  const { rules } = options;
  const enums = compareEnums(current, desired, ({ name }) => mayGo({ kind: "enum", name }));
  const tables = compareTables(current, desired, {
    rules,
    newEnums: enums.anew,
    mayGo: ({ name }) => mayGo({ kind: "table", name }),
    mayIndexGo: ({ name: table }, { name }) => mayGo({ kind: "index", name, table }),
  });
  const unwanted = pair(current.views, desired.views, ({ name }) => keyOf(name)).removed;
  const kept = unwanted.filter(({ name }) => !mayGo({ kind: "view", name }));
  const touched = { columns: tables.touched, enums: enums.anew, relations: [] };
  const anew = new Set(options.viewsAnew?.map(keyOf));
  // What nobody made here is not said again over a table that is gone.
  const wanted = { ...touched, relations: tables.dropped };
  const views = compareViews(
    current.views,
    [...desired.views, ...kept],
    (view) =>
      anew.has(keyOf(view.name)) ||
      readsOne(view.definition.sql, kept.includes(view) ? touched : wanted),
  );
  const relations = [...tables.dropped, ...views.dropped.map(({ name }) => name)];
  const sequences = diffSequences(current, desired, mayGo);
  const plan = [
    ...diffNamespaces(current, desired, (it) => mayGo(it) && !holdsOne(it, unmanaged)),
    ...planned("roles", compareRoles(current.roles, desired.roles)),
    ...enums.plan(tables.staying),
    ...sequences,
    ...tables.plan,
    ...tables.planPolicies({ ...touched, relations }, options.policiesAnew),
    ...views.plan,
  ];
  return { operations: inOrder(plan), unmanaged };
}

/** A schema does not go while something stays in it. */
function holdsOne({ name }: Extra, others: readonly Extra[]): boolean {
  return others.some((it) => typeof it.name !== "string" && it.name.schema === name);
}

type MayGo = (extra: Extra) => boolean;

function diffNamespaces(current: Schema, desired: Schema, mayGo: MayGo): readonly Planned[] {
  const { added, removed } = pair(current.namespaces, desired.namespaces, ({ name }) => name);
  const gone = removed.filter(({ name }) => mayGo({ kind: "schema", name }));
  return [
    ...planned(
      "schemas",
      added.map((namespace) => ({ kind: "createSchema", namespace, ifNotExists: false }) as const),
    ),
    ...planned(
      "drop schemas",
      gone.map(({ name }) => ({ kind: "dropSchema", name, ifExists: false }) as const),
    ),
  ];
}

function diffSequences(current: Schema, desired: Schema, mayGo: MayGo): readonly Planned[] {
  const { added, removed, kept } = pair(current.sequences, desired.sequences, ({ name }) =>
    keyOf(name),
  );
  const gone = removed.filter(({ name }) => mayGo({ kind: "sequence", name }));
  return [
    ...planned("sequences", [
      ...added.map(
        (sequence) => ({ kind: "createSequence", sequence, ifNotExists: false }) as const,
      ),
      ...kept.flatMap(([from, to]) => compareSequence(from, to)),
    ]),
    ...planned(
      "drop types",
      gone.map(({ name }) => ({ kind: "dropSequence", name, ifExists: false }) as const),
    ),
  ];
}
