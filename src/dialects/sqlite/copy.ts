/** The statements that copy the rows of a table into the one that takes its place. */
import { numbers } from "./column.ts";
import { isWord, tokenize } from "./ddl/tokens.ts";
import type { Source } from "./making.ts";
import type { Part, Rebuild } from "./part.ts";
import { sourceOf } from "./rows.ts";
import { copying, stretch } from "./stretches.ts";
import { quote } from "./write.ts";

/** Rows as they are stored. `rows` tells how many there are, once it has come to that. */
export function transferring(it: Rebuild, rows: () => number): readonly Part[] {
  const { table } = it.ground;
  return [{ sql: transferSql(it), copies: true, progress: () => copying(table, rows(), null) }];
}

/** The statement of it. */
export function transferSql({ ground, temporary }: Rebuild): string {
  return `INSERT INTO ${quote(temporary)} SELECT * FROM ${quote(ground.table)}`;
}

/** Rows value by value, a stretch at a time. */
export function copy(it: Rebuild, rows: () => number): readonly Part[] {
  const { table, rowid } = it.ground;
  const sql = copySql(it);
  const { stretches } = it;
  const count = stretches.length + 1;
  return Array.from({ length: count }, (_, at) => ({
    sql: count === 1 ? sql : `${sql} WHERE ${stretch(rowid ?? "", stretches, at)}`,
    copies: true,
    progress: () => copying(table, rows(), count === 1 ? null : at / count),
  }));
}

function copySql({ ground, temporary }: Rebuild): string {
  const { table, before, after, draft, rowid } = ground;
  const plain = after.columns.filter(({ generated }) => !generated);
  const given = plain.filter(({ name }) => {
    const source = draft.sources.get(name);
    return source?.kind !== "added" || givesValue(source);
  });
  const keepsRowid =
    rowid !== null && after.rowid === null && !before.withoutRowid && !after.withoutRowid;
  // Where every column is new, a row is still a row.
  const kept = given.length > 0 || keepsRowid ? given : plain.slice(0, 1);
  const names = [...(keepsRowid ? [rowid] : []), ...kept.map(({ name }) => quote(name))];
  const values = [
    ...(keepsRowid ? [rowid] : []),
    ...kept.map(({ name }) => sourceOf(ground, name)),
  ];
  // A conflict clause of a constraint could drop rows silently; here a conflict is an error.
  const conflicts = tokenize(draft.table.sql).some((token) => isWord(token, "CONFLICT"));
  return `INSERT ${conflicts ? "OR ABORT " : ""}INTO ${quote(temporary)} (${names.join(", ")})\nSELECT ${values.join(", ")} FROM ${quote(table)}`;
}

/** Every other new column is left to its default. */
function givesValue({ column, backfill }: Extract<Source, { kind: "added" }>): boolean {
  return numbers(column) || backfill !== undefined;
}
