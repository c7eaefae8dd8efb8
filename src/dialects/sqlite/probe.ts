/** Whether a statement that ran outside a transaction, and was perhaps cut off, took effect. */
import type { TableChange } from "../../operations/operation.ts";
import type { Statement } from "../statement.ts";
import { sameName } from "./ddl/tokens.ts";
import type { Engine } from "./driver.ts";
import { split } from "./split.ts";
import { tableName } from "./write.ts";

/** What became of a statement. */
export type Finding = "done" | "undone" | "unclear";

/** What became of `statement`. A statement of SQLite took effect as a whole or not at all. */
export function probe(engine: Engine, { from, sql, verify }: Statement): Finding {
  // A question can be asked again.
  if (verify) return "undone";
  const operation = from?.operation;
  switch (operation?.kind) {
    case "createTable":
      return appeared(exists(engine, "table", tableName(operation.table.name)));
    case "dropTable":
      return appeared(!exists(engine, "table", tableName(operation.table)));
    case "createIndex":
      return appeared(exists(engine, "index", operation.index.name));
    case "dropIndex":
      return appeared(!exists(engine, "index", operation.name));
    case "alterTable":
      return changed(engine, tableName(operation.table), operation.changes);
    case "execute":
      return isRepeatable(sql) ? "undone" : "unclear";
    default:
      return "unclear";
  }
}

function changed(engine: Engine, table: string, changes: readonly TableChange[]): Finding {
  const [change, ...more] = changes;
  if (change?.kind !== "addColumn" || more.length > 0) return "unclear";
  const names = engine
    .prepare("SELECT name FROM pragma_table_xinfo(?)")
    .pluck()
    .all(table) as string[];
  return appeared(names.some((name) => sameName(name, change.column.name)));
}

/** Statements that do no harm when they run a second time. */
function isRepeatable(sql: string): boolean {
  const [statement] = split(sql);
  return /^(VACUUM|PRAGMA|ANALYZE|REINDEX|((CREATE|DROP)\b.*\bIF\b.*\bEXISTS))\b/is.test(
    (statement?.sql ?? "").replace(/^(\s|--[^\n]*\n|\/\*.*?\*\/)+/s, ""),
  );
}

function exists(engine: Engine, type: "table" | "index", name: string): boolean {
  const sql = "SELECT 1 FROM sqlite_schema WHERE type = ? AND name = ? COLLATE NOCASE";
  return engine.prepare(sql).get(type, name) !== undefined;
}

function appeared(isThere: boolean): Finding {
  return isThere ? "done" : "undone";
}
