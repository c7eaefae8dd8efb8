/** The way to the wanted schema, and the way back. */
import type { Rules } from "../model/rules.ts";
import type { ObjectName, Schema } from "../model/schema.ts";
import type { View } from "../model/view.ts";
import { itemNamed } from "../operations/apply/lists.ts";
import { apply } from "../operations/apply.ts";
import { needsValue } from "../operations/needs-value.ts";
import type { Operation, TableChange } from "../operations/operation.ts";
import { reverse } from "../operations/reverse.ts";
import { keyOf, sameName } from "./compare/pair.ts";
import { dropPolicy, isPolicy } from "./compare/security.ts";
import { type DiffOptions, diff, type Extra } from "./diff.ts";
import type { Told } from "./renames/candidates.ts";
import { dropsBefore } from "./renames/drops-before.ts";
import { withFormerViews } from "./renames/former-views.ts";
import { readersOf, respelled } from "./renames/respell.ts";
import { type Decide, settleRenames } from "./renames/settle.ts";
import type { Drafted } from "./render/render.ts";

export interface Plan {
  readonly operations: readonly Operation[];
  readonly unmanaged: readonly Extra[];
}

export interface PlanOptions extends DiffOptions {
  readonly decide: Decide;
  readonly told?: Told;
  /**
   * The wanted schema, or another one, in the words of another current one: what has a new name has a counterpart only under
   * it.
   */
  readonly desiredFor: (current: Schema, desired?: Schema) => Promise<Schema>;
}

export async function plan(
  current: Schema,
  desired: Schema,
  { decide, told, desiredFor, ...options }: PlanOptions,
): Promise<Plan> {
  const renamed = await settleRenames(current, desired, decide, told);
  if (renamed.operations.length === 0) return diff(current, desired, options);
  const aligned = await desiredFor(renamed.current);
  const wanted = await withFormerViews(aligned, current, renamed, desiredFor);
  const viewsAnew = viewsOf(current, renamed.operations, options.rules);
  const { operations: changes } = diff(renamed.current, wanted, { ...options, viewsAnew });
  const drops = dropsBefore(current, renamed.operations, changes);
  const gone = new Set(drops.views.map(({ name }) => keyOf(name)));
  const views = renamed.current.views.filter(({ name }) => !gone.has(keyOf(name)));
  const policiesAnew = drops.policies.map(({ now, name }) => ({ table: now, name }));
  const { operations, unmanaged } = diff({ ...renamed.current, views }, wanted, {
    ...options,
    policiesAnew,
  });
  const isDropped = (it: Operation) =>
    it.kind === "dropPolicy" && policiesAnew.some((policy) => isPolicy(policy, it));
  return {
    operations: [
      ...drops.policies.map(({ was, name }) => dropPolicy(was, name)),
      ...drops.views,
      ...renamed.operations,
      ...operations.filter((it) => !isDropped(it)),
    ],
    unmanaged,
  };
}

/** A view calls what it gives by the old name, though it reads the column by the new one: `SELECT email AS mail`. */
function viewsOf(
  current: Schema,
  renames: readonly Operation[],
  { viewsHoldColumns }: Rules,
): readonly ObjectName[] {
  if (!viewsHoldColumns) return [];
  let schema = current;
  return renames.flatMap((it) => {
    const { views } = schema;
    schema = respelled(apply(schema, it), it);
    if (it.kind !== "alterTable") return [];
    const names = it.changes.flatMap((change) =>
      change.kind === "renameColumn" ? change.from : [],
    );
    const gives = ({ definition: { sql } }: View) => names.some((name) => mayGive(sql, name));
    const found = views.filter(readersOf([it])).filter(gives);
    return found.map(({ name }) => name);
  });
}

/** Whether a query may give a column as it is: then a comma or FROM comes next. */
function mayGive(sql: string, column: string): boolean {
  const quoted = `"${column.replaceAll('"', '""')}"`;
  const all = [column, quoted].map((it) => it.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&")).join("|");
  return new RegExp(`(?:${all})(?:\\s*,|\\s+from\\b)`, "iu").test(sql);
}

/** Each operation undone, the last one first. */
export function wayBack(
  operations: readonly Operation[],
  start: Schema,
  rules: Rules,
): readonly Drafted[] {
  let schema = start;
  const back = grouped(operations).map((group) => {
    const before = schema;
    schema = group.reduce((so, it) => respelled(apply(so, it), it), before);
    const [first] = group;
    if (first?.kind === "addEnumValue") return withoutValues(schema, before, rules);
    return group.flatMap((operation) => undo(operation, before, schema, rules));
  });
  return back.toReversed().flat();
}

/** New values of one enum are taken out together. */
function grouped(operations: readonly Operation[]): readonly (readonly Operation[])[] {
  const groups: Operation[][] = [];
  for (const operation of operations) {
    const [first] = groups.at(-1) ?? [];
    const joins = first?.kind === "addEnumValue" && operation.kind === "addEnumValue";
    if (joins && sameName(first.name, operation.name)) groups.at(-1)?.push(operation);
    else groups.push([operation]);
  }
  return groups;
}

/** That makes the type anew, and whatever reads a column of it is in the way. */
function withoutValues(after: Schema, before: Schema, rules: Rules): readonly Drafted[] {
  const { operations } = diff(after, before, { rules, made: () => true });
  return operations.map((operation) => ({ operation, remarks: [] }));
}

function undo(
  operation: Operation,
  before: Schema,
  after: Schema,
  rules: Rules,
): readonly Drafted[] {
  const reversal = reverse(operation, before, after);
  if (reversal.kind === "irreversible") return [];
  const remarks = reversal.loses.map((what) => `cannot bring back ${what}`);
  return reversal.operations.map((undone, at) => ({
    operation: converting(undone, after, rules),
    remarks: [...(at === 0 ? remarks : []), ...demands(undone)],
  }));
}

/** A type that changes back may need to be told how, too. */
function converting(operation: Operation, schema: Schema, rules: Rules): Operation {
  if (operation.kind !== "alterTable") return operation;
  const table = itemNamed(schema.tables, operation.table);
  const changes = operation.changes.map((change): TableChange => {
    if (change.kind !== "alterColumn" || !change.to.type || change.to.using) return change;
    const from = table?.columns.find(({ name }) => name === change.name);
    const using = from ? rules.using(change.name, from.type, change.to.type) : null;
    return using === null ? change : { ...change, to: { ...change.to, using } };
  });
  return { ...operation, changes };
}

/** What comes back and has to have a value has none for the rows that are there by then. */
function demands(operation: Operation): readonly string[] {
  if (operation.kind !== "alterTable") return [];
  return operation.changes.flatMap((change) =>
    change.kind === "addColumn" && needsValue(change)
      ? [
          `fails where there are rows, as ${change.column.name} has no value for them: say { backfill: sql\`…\` }`,
        ]
      : [],
  );
}
