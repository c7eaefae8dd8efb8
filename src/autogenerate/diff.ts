/** What leads from one schema to another. */

import type { Rules } from "../model/rules.ts";
import type { Enum, ObjectName, Schema, SchemaTable } from "../model/schema.ts";
import type { Operation } from "../operations/operation.ts";
import { compareEnum } from "./compare/enums.ts";
import { keyOf, type Paired, pair } from "./compare/pair.ts";
import { compareRoles } from "./compare/security.ts";
import { compareSequence } from "./compare/sequences.ts";
import { compareTable } from "./compare/tables.ts";
import { compareViews } from "./compare/views.ts";
import { createTables, dropTables } from "./compare/whole-tables.ts";
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
}

/** The operations that make `current` what `desired` says, in an order in which they run. */
export function diff(current: Schema, desired: Schema, options: DiffOptions): Difference {
  const unmanaged: Extra[] = [];
  const mayGo = (extra: Extra): boolean => {
    const made = options.made(extra);
    if (!made) unmanaged.push(extra);
    return made;
  };
  const { rules } = options;
  const tables = diffTables(current, desired, rules, mayGo);
  const views = pair(current.views, desired.views, ({ name }) => keyOf(name));
  const kept = views.removed.filter(({ name }) => !mayGo({ kind: "view", name }));
  const plan = [
    ...diffNamespaces(current, desired, mayGo),
    ...planned("roles", compareRoles(current.roles, desired.roles)),
    ...diffEnums(current, desired, mayGo),
    ...diffSequences(current, desired, mayGo),
    ...tables.plan,
    ...compareViews(
      current.views,
      [...desired.views, ...kept],
      rules.viewsHoldColumns ? tables.touched : [],
    ),
  ];
  return { operations: inOrder(plan), unmanaged };
}

type MayGo = (extra: Extra) => boolean;

function named<Thing extends { readonly name: ObjectName }>(
  current: readonly Thing[],
  desired: readonly Thing[],
): Paired<Thing> {
  return pair(current, desired, ({ name }) => keyOf(name));
}

function diffTables(current: Schema, desired: Schema, rules: Rules, mayGo: MayGo) {
  const { added, removed, kept } = named<SchemaTable>(current.tables, desired.tables);
  const differences = kept.map(([from, to]) => {
    const made = ({ name }: { readonly name: string }) =>
      mayGo({ kind: "index", name, table: to.name });
    return { table: to.name, ...compareTable(from, to, rules, once(made)) };
  });
  const gone = removed.filter(({ name }) => mayGo({ kind: "table", name }));
  return {
    plan: [
      ...createTables(added, rules),
      ...differences.flatMap(({ plan }) => plan),
      ...dropTables(gone, rules),
    ],
    touched: differences
      .filter(({ touched }) => touched.length > 0)
      .map(({ table, touched: columns }) => ({ table, columns })),
  };
}

/** The same answer for the same thing: what is asked for is also written down. */
function once<Thing extends object>(ask: (thing: Thing) => boolean): (thing: Thing) => boolean {
  const known = new Map<Thing, boolean>();
  return (thing) => {
    const answer = known.get(thing) ?? ask(thing);
    known.set(thing, answer);
    return answer;
  };
}

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

function diffEnums(current: Schema, desired: Schema, mayGo: MayGo): readonly Planned[] {
  const { added, removed, kept } = named<Enum>(current.enums, desired.enums);
  const gone = removed.filter(({ name }) => mayGo({ kind: "enum", name }));
  return [
    ...planned("enums", [
      ...added.map((it) => ({ kind: "createEnum", enum: it }) as const),
      ...kept.flatMap(([from, to]) => compareEnum(from, to, current.tables)),
    ]),
    ...planned(
      "drop types",
      gone.map(({ name }) => ({ kind: "dropEnum", name, ifExists: false }) as const),
    ),
  ];
}

function diffSequences(current: Schema, desired: Schema, mayGo: MayGo): readonly Planned[] {
  const { added, removed, kept } = named(current.sequences, desired.sequences);
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
