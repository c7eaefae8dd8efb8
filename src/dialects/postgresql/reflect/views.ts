/** Views, in an order in which they can be made. */
import type { View } from "../../../model/view.ts";
import type { CommentOf } from "./comments.ts";
import { byName, type Names } from "./names.ts";
import type { RelationRow, ViewUseRow } from "./object-questions.ts";
import { parametersOf } from "./parameters.ts";

export function viewsOf(
  kept: readonly RelationRow[],
  uses: readonly ViewUseRow[],
  commentOf: CommentOf,
  names: Names,
): readonly View[] {
  const rows = kept.filter(({ kind }) => kind === "v" || kind === "m");
  const views = rows.map((row) => ({ id: row.id, ...viewOf(row, commentOf, names) }));
  return inOrder(views.sort(byName), uses).map(({ id: _, ...view }) => view);
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
