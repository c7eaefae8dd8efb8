/**
 * Renames of columns are SQLite's own work, for only it rewrites indexes, views, triggers and other tables' keys. They go
 * behind the other changes of a batch, which therefore speak of the columns by the names that they have before.
 */
import { fail } from "../../errors.ts";
import type { Constraint, Expression, Generated } from "../../model/schema.ts";
import { describe } from "../../operations/describe.ts";
import type { AddColumn, ColumnPlace } from "../../operations/kinds/tables.ts";
import type { ColumnAlteration, TableChange } from "../../operations/operation.ts";
import { replace } from "./ddl/edit.ts";
import {
  foldName,
  isSign,
  isWord,
  nameOf,
  sameName,
  significant,
  type Token,
  tokenize,
} from "./ddl/tokens.ts";
import { effective } from "./effective.ts";
import { quote, tableName } from "./write.ts";

/** A change that is made to the text of a table. */
export type Change = Exclude<TableChange, { kind: "renameColumn" | "validateConstraint" }>;

/** A column and its new name. */
export interface Rename {
  readonly from: string;
  readonly to: string;
}

/** A change, and its place among those that were recorded. */
export interface Placed {
  readonly change: Change;
  readonly at: number;
}

/** The changes in the names of the build, and what is renamed afterwards. */
export interface Arranged {
  readonly changes: readonly Placed[];
  readonly renames: readonly Rename[];
}

/** What the arrangement is about, for messages. */
export interface Subject {
  readonly table: string;
  readonly operation: string;
}

/** A column: the name it has while the table is rebuilt, and the one it ends with. */
interface Place {
  readonly build: string;
  name: string;
}

/** `changes` of a table with `columns`, and the renames that come after them. */
export function arrange(
  subject: Subject,
  columns: readonly string[],
  changes: readonly TableChange[],
): Arranged {
  const places: Place[] = columns.map((name) => ({ build: name, name }));
  const arranged = changes.flatMap((change, at) =>
    effective([change])
      .flatMap((it) => arrangeOne(about(subject, change), places, it))
      .map((it) => ({ change: it, at })),
  );
  return { changes: arranged, renames: netRenames(places) };
}

/** A message is about the change that is wrong, not about all that are made together. */
export function about(subject: Subject, change: TableChange): Subject {
  const operation = describe({ kind: "alterTable", table: subject.table, changes: [change] });
  return { ...subject, operation };
}

function arrangeOne(subject: Subject, places: Place[], change: TableChange): Change[] {
  const find = (name: string) => findPlace(subject, places, name);
  switch (change.kind) {
    case "renameColumn": {
      const place = find(change.from);
      refuseTaken(
        subject,
        places.filter((it) => it !== place),
        change.to,
      );
      place.name = change.to;
      return [];
    }
    case "addColumn":
      refuseTaken(subject, places, change.column.name);
      return [addition(subject, places, change)];
    case "dropColumn": {
      const place = find(change.name);
      places.splice(places.indexOf(place), 1);
      return [{ kind: "dropColumn", name: place.build }];
    }
    case "alterColumn":
      return [
        { ...change, name: find(change.name).build, to: alteration(subject, places, change.to) },
      ];
    case "addConstraint":
      return [{ ...change, constraint: constraint(subject, places, change.constraint) }];
    case "dropConstraint":
    case "renameConstraint":
      return [change];
    case "validateConstraint":
      return [];
  }
}

function findPlace({ table, operation }: Subject, places: readonly Place[], name: string): Place {
  const place = places.find((it) => sameName(it.name, name));
  return place ?? fail("COLUMN_MISSING", { table, column: name, operation });
}

function refuseTaken({ table, operation }: Subject, places: readonly Place[], name: string): void {
  if (!places.some((it) => sameName(it.name, name))) return;
  fail("OPERATION_INVALID", { operation, why: `table "${table}" has a column "${name}" already` });
}

/** A new column whose name another one still has is built under a name of its own. */
function addition(subject: Subject, places: Place[], change: AddColumn): AddColumn {
  const { column, backfill, place } = change;
  const arranged = {
    ...change,
    ...(backfill && { backfill: expression(subject, places, backfill) }),
    ...(place && { place: placed(subject, places, place) }),
  };
  const generated = column.generated && computed(subject, places, column.generated);
  const taken = places.some(({ build }) => sameName(build, column.name));
  const build = taken ? freeName(column.name, places) : column.name;
  places.push({ build, name: column.name });
  return { ...arranged, column: { ...column, name: build, ...(generated && { generated }) } };
}

function placed(subject: Subject, places: readonly Place[], place: ColumnPlace): ColumnPlace {
  return "before" in place
    ? { before: findPlace(subject, places, place.before).build }
    : { after: findPlace(subject, places, place.after).build };
}

function computed(subject: Subject, places: readonly Place[], it: Generated): Generated {
  return { ...it, as: expression(subject, places, it.as) };
}

function freeName(name: string, places: readonly Place[]): string {
  const taken = new Set(places.flatMap((it) => [foldName(it.build), foldName(it.name)]));
  let free = `_mig_${name}`;
  for (let number = 2; taken.has(foldName(free)); number += 1) free = `_mig${number}_${name}`;
  return free;
}

function alteration(
  subject: Subject,
  places: readonly Place[],
  to: ColumnAlteration,
): ColumnAlteration {
  const { using, backfill, generated } = to;
  return {
    ...to,
    ...(using && { using: expression(subject, places, using) }),
    ...(backfill && { backfill: expression(subject, places, backfill) }),
    ...(generated && { generated: computed(subject, places, generated) }),
  };
}

function constraint(subject: Subject, places: readonly Place[], it: Constraint): Constraint {
  const build = (name: string) => findPlace(subject, places, name).build;
  switch (it.kind) {
    case "check":
      return { ...it, expression: expression(subject, places, it.expression) };
    case "foreignKey": {
      const itself = sameName(tableName(it.table), subject.table);
      return {
        ...it,
        columns: it.columns.map(build),
        references: itself ? it.references.map(build) : it.references,
      };
    }
    default:
      return { ...it, columns: it.columns.map(build) };
  }
}

/** An expression in the names of the build. */
function expression(subject: Subject, places: readonly Place[], { sql }: Expression): Expression {
  const renamed = places.filter(({ build, name }) => build !== name);
  if (renamed.length === 0) return { sql };
  const tokens = significant(tokenize(sql));
  if (tokens.some((token) => isWord(token, "SELECT"))) {
    fail("OPERATION_INVALID", {
      operation: subject.operation,
      why: "a subquery beside a renamed column is ambiguous; put the rename into an operation of its own",
    });
  }
  const replacements = tokens.flatMap((token, at) => {
    const place = isColumn(tokens, at)
      ? renamed.find(({ name }) => spells(token, name))
      : undefined;
    return place ? [{ start: token.start, end: token.end, text: quote(place.build) }] : [];
  });
  return { sql: replace(sql, replacements) };
}

function spells(token: Token, name: string): boolean {
  const spelled = token.kind === "string" ? null : nameOf(token);
  return spelled !== null && sameName(spelled, name);
}

/** Not a function, a collation, a type or a table. */
function isColumn(tokens: readonly Token[], at: number): boolean {
  const [before, after] = [tokens[at - 1], tokens[at + 1]];
  if (isSign(after, "(") || isSign(after, ".")) return false;
  return !isWord(before, "COLLATE") && !isWord(before, "AS");
}

/** The renames in an order in which no name is taken; a ring of them goes through a name that is free. */
function netRenames(places: readonly Place[]): Rename[] {
  const open = places.map((place) => ({ from: place.build, to: place.name }));
  const renames: Rename[] = [];
  for (;;) {
    const moves = open.filter(({ from, to }) => from !== to);
    const [first] = moves;
    if (!first) return renames;
    const free = moves.find(
      (move) => !open.some((it) => it !== move && sameName(it.from, move.to)),
    );
    const move = free ?? first;
    const to = free ? move.to : freeName(move.to, places);
    renames.push({ from: move.from, to });
    move.from = to;
  }
}
