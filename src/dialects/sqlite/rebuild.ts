/**
 * The statements that give a table another text: make it anew under another name, copy the rows, swap. Foreign keys are
 * off, and were off before the transaction began; else DROP TABLE would delete the rows that refer to it.
 *
 * https://www.sqlite.org/lang_altertable.html#otheralter
 */
import { error, type MigError } from "../../errors.ts";
import type { Row } from "../statement.ts";
import { belongings, type Catalogue, dependents, type SchemaObject } from "./catalogue.ts";
import { replace, retitle } from "./ddl/edit.ts";
import type { TableText } from "./ddl/table.ts";
import { foldName, isSign, isWord, nameOf, sameName, significant, tokenize } from "./ddl/tokens.ts";
import { type Ground, sourceOf } from "./precheck.ts";
import { literal, quote, quoteAll } from "./write.ts";

/** A statement of a change, before it is known who recorded it. */
export interface Part {
  readonly sql: string;
  readonly verify?: (rows: readonly Row[]) => MigError | null;
  /** The object that the statement puts back. */
  readonly restores?: SchemaObject;
}

export interface Rebuild {
  readonly catalogue: Catalogue;
  readonly ground: Ground;
  /** The tables whose foreign keys refer to this one. */
  readonly children: readonly string[];
  readonly temporary: string;
}

export function rebuild(it: Rebuild): readonly Part[] {
  const { table, draft } = it.ground;
  const { sql, qualified } = underName(draft.table, table, it.temporary);
  const owned = belongings(it.catalogue, table).filter(
    ({ name }) => !draft.indexes.some((index) => sameName(index, name)),
  );
  // The check of a qualified column has to be rewritten by RENAME, which then looks at every view.
  const away = qualified
    ? dependents(it.catalogue, table).filter((view) => !owned.includes(view))
    : [];
  return [
    ...childrenKept(it, [
      { sql },
      { sql: copy(it) },
      sameRows(it),
      ...sequence(it),
      ...statistics(it, [
        ...away
          .toReversed()
          .map(({ type, name }) => ({ sql: `DROP ${type.toUpperCase()} ${quote(name)}` })),
        ...(qualified ? swap(it) : quietly(swap(it))),
      ]),
      ...[...owned, ...away]
        .toSorted(byAge(it.catalogue))
        .map((object) => ({ sql: object.sql ?? "", restores: object })),
    ]),
  ];
}

/** A name that nothing has. */
export function temporaryName(catalogue: Catalogue, table: string): string {
  const taken = new Set(catalogue.map(({ name }) => foldName(name)));
  let name = `_mig_${table}`;
  for (let number = 2; taken.has(foldName(name)); number += 1) name = `_mig${number}_${table}`;
  return name;
}

/** The new text under the temporary name. Keys that refer to the table itself go on naming it as it will be called. */
function underName(
  text: TableText,
  table: string,
  temporary: string,
): { sql: string; qualified: boolean } {
  const tokens = significant(tokenize(text.sql));
  const qualifiers = tokens.filter((token, at) => {
    const name =
      token.start > text.body.start && isSign(tokens[at + 1], ".") ? nameOf(token) : null;
    return name !== null && sameName(name, table);
  });
  const edits = qualifiers.map(({ start, end }) => ({ start, end, text: quote(temporary) }));
  // Behind the name, so that the name's place stays.
  const sql = retitle({ ...text, sql: replace(text.sql, edits) }, quote(temporary));
  return { sql, qualified: edits.length > 0 };
}

function copy({ ground, temporary }: Rebuild): string {
  const { table, before, after, draft, rowid } = ground;
  const kept = after.columns.filter(({ name, generated }) => {
    const source = draft.sources.get(name);
    return !generated && (source?.kind !== "added" || source.column.identity !== undefined);
  });
  const keepsRowid =
    rowid !== null && after.rowid === null && !before.withoutRowid && !after.withoutRowid;
  const names = [...(keepsRowid ? [rowid] : []), ...kept.map(({ name }) => quote(name))];
  const values = [
    ...(keepsRowid ? [rowid] : []),
    ...kept.map(({ name }) => sourceOf(ground, name)),
  ];
  if (names.length === 0) return `INSERT INTO ${quote(temporary)} DEFAULT VALUES`;
  return `INSERT INTO ${quote(temporary)} (${names.join(", ")})\nSELECT ${values.join(", ")} FROM ${quote(table)}`;
}

function swap({ ground: { table }, temporary }: Rebuild): Part[] {
  return [
    { sql: `DROP TABLE ${quote(table)}` },
    { sql: `ALTER TABLE ${quote(temporary)} RENAME TO ${quote(table)}` },
  ];
}

/** Without a look at views and triggers, which mention a table that is not there for a moment. */
function quietly(parts: readonly Part[]): Part[] {
  return [
    { sql: "PRAGMA legacy_alter_table = ON" },
    ...parts,
    { sql: "PRAGMA legacy_alter_table = OFF" },
  ];
}

/** The largest number that AUTOINCREMENT gave, which it must not give again. */
function sequence({ ground: { table, draft }, temporary }: Rebuild): Part[] {
  const counts = tokenize(draft.table.sql).some((token) => isWord(token, "AUTOINCREMENT"));
  if (!counts) return [];
  const [from, to] = [literal(table), literal(temporary)];
  return [
    { sql: `DELETE FROM sqlite_sequence WHERE name = ${to}` },
    {
      sql: `INSERT INTO sqlite_sequence (name, seq) SELECT ${to}, seq FROM sqlite_sequence WHERE name = ${from}`,
    },
  ];
}

const statisticsColumns: Readonly<Record<string, readonly string[]>> = {
  sqlite_stat1: ["idx", "stat"],
  sqlite_stat4: ["idx", "neq", "nlt", "ndlt", "sample"],
};

/** What ANALYZE found out is thrown away with a table, and does not follow a rename. */
function statistics(
  { catalogue, ground: { table }, temporary }: Rebuild,
  between: readonly Part[],
): Part[] {
  const kept = Object.entries(statisticsColumns).filter(([name]) =>
    catalogue.some((it) => it.name === name),
  );
  const [from, to] = [literal(table), literal(temporary)];
  return [
    ...kept.map(([name, columns]) => ({
      sql: `INSERT INTO ${name} (tbl, ${quoteAll(columns)}) SELECT ${to}, ${quoteAll(columns)} FROM ${name} WHERE tbl = ${from}`,
    })),
    ...between,
    ...kept.map(([name]) => ({ sql: `UPDATE ${name} SET tbl = ${from} WHERE tbl = ${to}` })),
  ];
}

function byAge(catalogue: Catalogue): (a: SchemaObject, b: SchemaObject) => number {
  return (a, b) => catalogue.indexOf(a) - catalogue.indexOf(b);
}

/** The proof that the copy holds every row. */
function sameRows({ ground: { table }, temporary }: Rebuild): Part {
  return {
    sql: `SELECT (SELECT count(*) FROM ${quote(table)}) AS before, (SELECT count(*) FROM ${quote(temporary)}) AS after`,
    verify: ([row]) => changed(table, row?.before, row?.after),
  };
}

/** The proof that nothing was deleted from the tables that refer to this one. */
function childrenKept(
  { children, ground: { table } }: Rebuild,
  parts: readonly Part[],
): readonly Part[] {
  const others = children.filter((child) => !sameName(child, table));
  const counts = others.map((child) => ({ child, before: 0 }));
  const query = (child: string) => `SELECT count(*) AS "rows" FROM ${quote(child)}`;
  return [
    ...counts.map((count) => ({
      sql: query(count.child),
      verify: ([row]: readonly Row[]) => {
        count.before = Number(row?.rows);
        return null;
      },
    })),
    ...parts,
    ...counts.map((count) => ({
      sql: query(count.child),
      verify: ([row]: readonly Row[]) => changed(count.child, count.before, row?.rows),
    })),
  ];
}

function changed(table: string, before: unknown, after: unknown): MigError | null {
  if (before === after) return null;
  return error("ROWS_CHANGED", { table, before: Number(before), after: Number(after) });
}
