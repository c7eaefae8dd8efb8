/**
 * Changes of one table that were recorded apart, put together: one rebuild then makes them all. A change moves ahead of
 * what stands between only where neither can tell: nothing between mentions the table, and the change mentions no table
 * of what stands between.
 */
import type { Operation, Recorded, TableChange } from "../../operations/operation.ts";
import type { Gathered } from "../dialect.ts";
import { foldName, mentions } from "./ddl/tokens.ts";
import { tableName } from "./write.ts";

type AlterTable = Extract<Operation, { kind: "alterTable" }>;

/** Changes of a table that are gathered, and the tables of what was recorded since the first of them. */
interface Group {
  readonly table: string;
  readonly at: number;
  readonly passed: Set<string>;
}

/** What may stand between changes that are gathered: it does what it says, to the one table that it names. */
const movable: ReadonlySet<Operation["kind"]> = new Set<Operation["kind"]>([
  "alterTable",
  "createTable",
  "createIndex",
  "dropIndex",
]);

/** `operations` in their order, with changes of one table together where nobody can tell the difference. */
export function gather(operations: readonly Recorded[]): readonly Gathered[] {
  const gathered: Gathered[] = [];
  let open: readonly Group[] = [];
  for (const recorded of operations) {
    const { operation } = recorded;
    const words = movable.has(operation.kind) ? wordsOf(operation) : null;
    const table = tableOf(operation);
    const group = open.find((it) => it.table === table);
    const joined =
      group && words && joins(group, gathered[group.at], operation, words) ? group : null;
    if (joined) gathered[joined.at] = together(gathered[joined.at], recorded);
    else gathered.push({ recorded, of: [recorded] });
    // What mentions a table has to see it as it is by then. A foreign key that is dropped by its name may be one to any table.
    const isOpen = ({ table: other }: Group) => !words?.has(other) && !dropsConstraint(operation);
    open = words === null ? [] : open.filter((it) => it === joined || isOpen(it));
    if (joined || words === null || table === null) continue;
    for (const { passed } of open) passed.add(table);
    if (operation.kind === "alterTable")
      open = [...open, { table, at: gathered.length - 1, passed: new Set() }];
  }
  return gathered;
}

function dropsConstraint(operation: Operation): boolean {
  return (
    operation.kind === "alterTable" && operation.changes.some((it) => it.kind === "dropConstraint")
  );
}

function tableOf(operation: Operation): string | null {
  switch (operation.kind) {
    case "createTable":
      return foldName(tableName(operation.table.name));
    case "alterTable":
    case "createIndex":
    case "dropIndex":
      return foldName(tableName(operation.table));
    default:
      return null;
  }
}

/** Every name that `value` could be speaking of, folded. */
function wordsOf(value: unknown): ReadonlySet<string> {
  const words = new Set<string>();
  const visit = (it: unknown): void => {
    if (typeof it === "string") {
      words.add(foldName(it));
      for (const word of mentions(it)) words.add(word);
    } else if (typeof it === "object" && it !== null)
      for (const each of Object.values(it)) visit(each);
  };
  visit(value);
  return words;
}

function joins(
  { passed }: Group,
  gathered: Gathered | undefined,
  operation: Operation,
  words: ReadonlySet<string>,
): boolean {
  const earlier = gathered?.recorded.operation;
  if (earlier?.kind !== "alterTable" || operation.kind !== "alterTable") return false;
  if ([...passed].some((table) => words.has(table))) return false;
  const changes = [...earlier.changes, ...operation.changes];
  return (
    sameButForChanges(earlier, operation) &&
    !readsWhatChanged(earlier.changes, operation.changes) &&
    !(changes.some(({ kind }) => kind === "renameColumn") && wordsOf(changes).has("select"))
  );
}

/** A table that is not there is made by the first who holds its statements. */
function sameButForChanges(one: AlterTable, other: AlterTable): boolean {
  const rest = (it: AlterTable) =>
    JSON.stringify({ ...it, table: null, changes: null, copyFrom: null });
  const { copyFrom = one.copyFrom } = other;
  return rest(one) === rest(other) && copyFrom === one.copyFrom;
}

/** In one rebuild every value is made from the row as it was: what a change before made of it is not there yet. */
function readsWhatChanged(earlier: readonly TableChange[], later: readonly TableChange[]): boolean {
  const changed = new Set(earlier.flatMap(namesOfChanged).map(foldName));
  return later.some((change) => {
    const made = madeFrom(change);
    return made !== null && [...wordsOf(made)].some((word) => changed.has(word));
  });
}

function namesOfChanged(change: TableChange): string[] {
  if (change.kind === "addColumn") return [change.column.name];
  if (change.kind === "dropColumn") return [change.name];
  if (change.kind === "renameColumn") return [change.from, change.to];
  return change.kind === "alterColumn" && madeFrom(change) !== null ? [change.name] : [];
}

/** What the new values of a column are made from, where they are not simply kept; null where they are. */
function madeFrom(change: TableChange): readonly unknown[] | null {
  if (change.kind === "addColumn") {
    const { column, ...more } = change;
    return [more, column.generated];
  }
  if (change.kind !== "alterColumn") return null;
  const { notNull: _notNull, default: _default, ...more } = change.to;
  return Object.keys(more).length > 0 ? [change.name, more] : null;
}

function together(gathered: Gathered | undefined, recorded: Recorded): Gathered {
  const one = gathered?.recorded;
  const { operation: other } = recorded;
  if (one?.operation.kind !== "alterTable" || other.kind !== "alterTable")
    return { recorded, of: [recorded] };
  const operation = {
    ...one.operation,
    changes: [...one.operation.changes, ...other.changes],
  };
  return { recorded: { ...one, operation }, of: [...(gathered?.of ?? []), recorded] };
}
