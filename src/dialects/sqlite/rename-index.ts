/** Other names for indexes: SQLite has no statement for that, so they are made anew from their own text. */
import { fail } from "../../errors.ts";
import { describe } from "../../operations/describe.ts";
import type { IndexOperation } from "../../operations/kinds/indexes.ts";
import { type Catalogue, readCatalogue } from "./catalogue.ts";
import { replace } from "./ddl/edit.ts";
import { isWord, sameName, significant, tokenize } from "./ddl/tokens.ts";
import type { Part } from "./part.ts";
import type { Plan } from "./plan.ts";
import { literal, quote, tableName } from "./write.ts";

type RenameIndex = Extract<IndexOperation, { kind: "renameIndex" }>;

/** How `operation` is carried out. */
export function planRename(operation: RenameIndex): Plan {
  const table = tableName(operation.table);
  return async (reader) => renamed(operation, await readCatalogue(reader), table);
}

function renamed(operation: RenameIndex, catalogue: Catalogue, table: string): Part[] {
  const { from, to } = operation;
  const refuse = (why: string) =>
    fail("OPERATION_INVALID", { operation: describe(operation), why });
  const index = catalogue.find(
    (it) => it.type === "index" && sameName(it.name, from) && sameName(it.table, table),
  );
  if (!index) return refuse(`table "${table}" has no index "${from}"`);
  if (index.sql === null) return refuse("SQLite made it for a constraint, and names it itself");
  const counted = catalogue.filter(({ name }) => /^sqlite_stat[14]$/.test(name));
  return [
    // What ANALYZE found out goes with the index that bears the name.
    ...counted.map(({ name }) => ({
      sql: `UPDATE ${name} SET idx = ${literal(to)} WHERE tbl = ${literal(index.table)} AND idx = ${literal(index.name)}`,
    })),
    { sql: `DROP INDEX ${quote(index.name)}` },
    { sql: underName(index.sql, to) },
  ];
}

/** SQLite keeps the text of an index from its name on, behind CREATE INDEX. */
function underName(sql: string, name: string): string {
  const tokens = significant(tokenize(sql));
  const on = tokens.findIndex((token) => isWord(token, "ON"));
  const title = tokens[on - 1];
  return title ? replace(sql, [{ start: title.start, end: title.end, text: quote(name) }]) : sql;
}
