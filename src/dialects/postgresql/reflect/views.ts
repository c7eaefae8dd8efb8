/** Views, in an order in which they can be made. */
import type { View } from "../../../model/view.ts";
import type { CommentOf } from "./comments.ts";
import { indexSource } from "./indexes.ts";
import { byName, type Names } from "./names.ts";
import type { RelationRow, ViewUseRow } from "./object-questions.ts";
import { parametersOf } from "./parameters.ts";
import type { Catalogue } from "./read.ts";

export function viewsOf(
  catalogue: Catalogue,
  kept: readonly RelationRow[],
  commentOf: CommentOf,
  names: Names,
): readonly View[] {
  const rows = kept.filter(({ kind }) => kind === "v" || kind === "m");
  const indexesOn = indexSource(catalogue, commentOf, names);
  const views = rows.map((row) => {
    const indexes = indexesOn(row.id);
    const view = viewOf(row, commentOf, names);
    return { id: row.id, ...view, ...(indexes.length > 0 && { indexes }) };
  });
  return inOrder(views.sort(byName), catalogue.viewUses).map(({ id: _, ...view }) => view);
}

function viewOf(row: RelationRow, commentOf: CommentOf, names: Names): View {
  return {
    name: names.of(row.schema, row.name),
    definition: { sql: queryOf(row.definition ?? "") },
    materialized: row.kind === "m",
    ...parametersOf(row.parameters),
    ...(row.method !== null && { using: row.method }),
    ...(row.tablespace !== null && { tablespace: row.tablespace }),
    ...(!row.populated && { withNoData: true }),
    ...commentOf("pg_class", row.id),
  };
}

/** The server begins with a blank and ends with a semicolon. */
export function queryOf(definition: string): string {
  return definition.trim().replace(/;$/, "");
}

/** Each behind those that it reads from; else as they are. */
function inOrder<It extends { readonly id: number }>(
  views: readonly It[],
  uses: readonly ViewUseRow[],
): readonly It[] {
  const byId = new Map(views.map((view) => [view.id, view]));
  const needs = new Map<number, number[]>();
  for (const row of uses) needs.set(row.view, [...(needs.get(row.view) ?? []), row.uses]);
  const placed = new Set<It>();
  const place = (view: It): void => {
    if (placed.has(view)) return;
    for (const id of needs.get(view.id) ?? []) {
      const used = byId.get(id);
      if (used) place(used);
    }
    placed.add(view);
  };
  for (const view of views) place(view);
  return [...placed];
}
