/**
 * The statements that give a table another text: make it anew under another name, copy the rows, swap. Foreign keys are
 * off, and were off before the transaction began, or they are set aside; else DROP TABLE would delete the rows that refer
 * to it.
 *
 * https://www.sqlite.org/lang_altertable.html#otheralter
 */
import { withoutKeys } from "./aside.ts";
import { sequence, statistics } from "./carry.ts";
import { belongings, type Catalogue, dependentsInOrder, type SchemaObject } from "./catalogue.ts";
import { copy, transferring } from "./copy.ts";
import { replace, retitle } from "./ddl/edit.ts";
import type { TableText } from "./ddl/table.ts";
import { foldName, isSign, nameOf, sameName } from "./ddl/tokens.ts";
import type { Part, Rebuild } from "./part.ts";
import { rowsKept } from "./proof.ts";
import { editing, textOf } from "./writable.ts";
import { quote } from "./write.ts";

/** The whole of it, with what goes away for a while and is put back as it was written. */
export function rebuild(it: Rebuild): readonly Part[] {
  const { moved, ground, aside, children } = it;
  const { table, draft } = ground;
  const text = aside ? withoutKeys(table, draft.table) : draft.table;
  const { sql, qualified } = underName(text, table, it.temporary);
  const owned = belongings(it.catalogue, table).filter(
    ({ name }) => !draft.indexes.some((index) => sameName(index, name)),
  );
  // The check of a qualified column has to be rewritten by RENAME, which then looks at every view.
  const away = qualified
    ? dependentsInOrder(it.catalogue, table).filter((view) => !owned.includes(view))
    : [];
  return [
    ...rowsKept([table, ...children], (rows) => [
      ...(aside?.taken ?? []),
      { sql },
      ...(moved ?? []).map(({ created }) => ({ sql: created })),
      ...(moved ? transferring(it, rows) : copy(it, rows)),
      ...sequence(it),
      ...statistics(it, [
        ...away
          .toReversed()
          .map(({ type, name }) => ({ sql: `DROP ${type.toUpperCase()} ${quote(name)}` })),
        ...(qualified ? swap(it) : quietly(swap(it))),
      ]),
      ...editing((moved ?? []).map(({ edit }) => edit)),
      ...[...owned.filter(({ type }) => !moved || type !== "index"), ...away]
        .toSorted(byAge(it.catalogue))
        .map((object) => ({ sql: object.sql ?? "", restores: object })),
      ...(aside?.putBack ?? []),
      ...editing(text.sql === draft.table.sql ? [] : [textOf(table, draft.table.sql)]),
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

/**
 * The new text under the temporary name. Keys that refer to the table itself go on naming it as it will be called;
 * columns that are qualified by it are not found but under the new name.
 */
function underName(
  text: TableText,
  table: string,
  temporary: string,
): { sql: string; qualified: boolean } {
  const { tokens } = text;
  const qualifiers = tokens.filter((token, at) => {
    const name =
      token.start > text.body.start && isSign(tokens[at + 1], ".") ? nameOf(token) : null;
    return name !== null && sameName(name, table);
  });
  const edits = qualifiers.map(({ start, end }) => ({ start, end, text: quote(temporary) }));
  const sql = retitle({ ...text, sql: replace(text.sql, edits) }, quote(temporary));
  return { sql, qualified: edits.length > 0 };
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

function byAge(catalogue: Catalogue): (a: SchemaObject, b: SchemaObject) => number {
  return (a, b) => catalogue.indexOf(a) - catalogue.indexOf(b);
}
