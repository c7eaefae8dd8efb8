/**
 * Names for constraints that have none, so that they can be dropped: `<table>_<columns>_unique`, `<table>_<columns>_fk`,
 * `<table>_<columns>_pk` with the columns joined by `_`, and `<table>_check<n>` for the n-th check without a name, in the
 * order of the text as it is by then. A second one of the same name gets a 2 behind it.
 */
import type { ConstraintText, TableParts } from "./ddl/table.ts";
import { foldName } from "./ddl/tokens.ts";

const endings: Partial<Record<ConstraintText["kind"], string>> = {
  unique: "unique",
  foreignKey: "fk",
  primaryKey: "pk",
};

/** Every constraint of `text` that has no name, under the name that it is given here. */
export function derivedNames(table: string, text: TableParts): ReadonlyMap<string, ConstraintText> {
  const names = new Map<string, ConstraintText>();
  const taken = new Set<string>();
  let checks = 0;
  for (const { constraint, columns } of unnamed(text)) {
    const ending = endings[constraint.kind];
    if (constraint.kind === "check") checks += 1;
    const name = ending ? [table, ...columns, ending].join("_") : `${table}_check${checks}`;
    names.set(free(name, taken), constraint);
  }
  return names;
}

/** In the order of the text, and with the columns that they are about. */
function unnamed({ columns, constraints }: TableParts) {
  const found: { readonly constraint: ConstraintText; readonly columns: readonly string[] }[] = [];
  const add = (constraint: ConstraintText, columns: readonly string[]) => {
    const isListed = constraint.kind === "check" || endings[constraint.kind] !== undefined;
    if (constraint.name === null && isListed) found.push({ constraint, columns });
  };
  for (const column of columns) for (const it of column.constraints) add(it, [column.name]);
  for (const it of constraints) add(it, it.columns);
  return found;
}

/** `name`, or the first of those with a number behind it that nobody has; from now on it is taken. */
function free(name: string, taken: Set<string>): string {
  let free = name;
  for (let number = 2; taken.has(foldName(free)); number += 1) free = `${name}${number}`;
  taken.add(foldName(free));
  return free;
}
