/**
 * What operations change, one line for each thing, with what it was and what it is to be. What only goes away to come back
 * as it was is no difference.
 */
import { displayName, type Schema, type TableName } from "../../model/schema.ts";
import { itemNamed } from "../apply/lists.ts";
import { named } from "../apply/names.ts";
import { apply } from "../apply.ts";
import { describe } from "../describe.ts";
import type { Operation, TableChange } from "../operation.ts";
import { alterationTexts } from "./alterations.ts";
import { describeChange } from "./changes.ts";
import { columnText, constraintText, indexText, oneLine } from "./definitions.ts";

/** Something that an operation makes, drops or changes. */
interface Line {
  readonly text: string;
  /** Something with a name that goes or comes, and what it is. */
  readonly thing?: Thing;
}

interface Thing {
  readonly way: "goes" | "comes";
  /** `index users_email on users`. */
  readonly name: string;
  readonly definition: string;
}

/** The lines about `operations`, which start at `current`. */
export function describeDifferences(
  operations: readonly Operation[],
  current: Schema,
): readonly string[] {
  let schema = current;
  const lines = operations.flatMap((operation) => {
    const found = linesOf(operation, schema);
    schema = apply(schema, operation);
    return found;
  });
  return together(lines);
}

/** What goes and comes again is one line, or none. */
function together(lines: readonly Line[]): readonly string[] {
  const coming = new Map(
    lines.flatMap(({ thing }) => (thing?.way === "comes" ? [[thing.name, thing] as const] : [])),
  );
  const going = new Set(lines.flatMap(({ thing }) => (thing?.way === "goes" ? [thing.name] : [])));
  return lines.flatMap(({ text, thing }) => {
    if (thing === undefined) return [text];
    if (thing.way === "comes") return going.has(thing.name) ? [] : [text];
    const again = coming.get(thing.name);
    if (again === undefined) return [text];
    if (again.definition === thing.definition) return [];
    return [`~ ${thing.name}: ${thing.definition} -> ${again.definition}`];
  });
}

function linesOf(operation: Operation, before: Schema): readonly Line[] {
  const text = describe(operation);
  switch (operation.kind) {
    case "alterTable":
      return changeLines(operation, before);
    case "createIndex":
    case "dropIndex": {
      const { table } = operation;
      const comes = operation.kind === "createIndex";
      const index = comes
        ? operation.index
        : itemNamed(before.tables, table)?.indexes.find(named(operation.name));
      if (index === undefined) return [{ text }];
      const name = `index ${index.name} on ${displayName(table)}`;
      return [line(comes, name, indexText(index))];
    }
    case "createView":
    case "dropView": {
      const comes = operation.kind === "createView";
      const view = comes ? operation.view : itemNamed(before.views, operation.name);
      if (view === undefined) return [{ text }];
      const definition = [view.definition.sql, view.materialized, view.with, view.using];
      const name = `view ${displayName(view.name)}`;
      const thing = { name, definition: JSON.stringify(definition) };
      return [{ text, thing: { way: comes ? "comes" : "goes", ...thing } }];
    }
    case "createPolicy":
    case "dropPolicy": {
      const { table } = operation;
      const comes = operation.kind === "createPolicy";
      const policy = comes
        ? operation.policy
        : itemNamed(before.tables, table)?.policies.find(named(operation.name));
      if (policy === undefined) return [{ text }];
      const parts = [policy.as, policy.for, [...policy.to].sort().join(", ")];
      const [using, check] = [policy.using?.sql, policy.withCheck?.sql];
      const rules = [using && `using ${oneLine(using)}`, check && `with check ${oneLine(check)}`];
      const definition = [...parts, ...rules].filter(Boolean).join(", ");
      const thing = { name: `policy ${policy.name} on ${displayName(table)}`, definition };
      return [{ text, thing: { way: comes ? "comes" : "goes", ...thing } }];
    }
    default:
      return [{ text }];
  }
}

function line(comes: boolean, name: string, definition: string): Line {
  const text = comes ? `+ ${name}: ${definition}` : `- ${name}`;
  return { text, thing: { way: comes ? "comes" : "goes", name, definition } };
}

function changeLines(
  { table, changes }: Extract<Operation, { kind: "alterTable" }>,
  before: Schema,
): readonly Line[] {
  let schema = before;
  return changes.flatMap((change) => {
    const found = changeLine(table, change, schema);
    schema = apply(schema, { kind: "alterTable", table, changes: [change] });
    return found;
  });
}

function changeLine(on: TableName, change: TableChange, schema: Schema): readonly Line[] {
  const table = itemNamed(schema.tables, on);
  const column = (name: string) => table?.columns.find(named(name));
  const text = describeChange(on, change);
  const where = displayName(on);
  switch (change.kind) {
    case "addColumn":
      return [line(true, `column ${where}.${change.column.name}`, columnText(change.column))];
    case "dropColumn": {
      const gone = column(change.name);
      return gone ? [line(false, `column ${where}.${change.name}`, columnText(gone))] : [{ text }];
    }
    case "alterColumn": {
      const was = column(change.name);
      if (was === undefined) return [{ text }];
      const name = `column ${where}.${change.name}`;
      return alterationTexts(was, change.to).map((it) => ({ text: `~ ${name}: ${it}` }));
    }
    case "addConstraint":
    case "dropConstraint": {
      const comes = change.kind === "addConstraint";
      const it = comes ? change.constraint : table?.constraints.find(named(change.name));
      if (it === undefined) return [{ text }];
      return [line(comes, `constraint ${it.name} on ${where}`, constraintText(it))];
    }
    default:
      return [{ text }];
  }
}
