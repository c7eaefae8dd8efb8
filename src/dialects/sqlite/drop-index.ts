/** Dropping an index, of the table that the operation names. */
import { fail } from "../../errors.ts";
import { describe } from "../../operations/describe.ts";
import type { IndexOperation } from "../../operations/kinds/indexes.ts";
import { sameName } from "./ddl/tokens.ts";
import type { Plan } from "./plan.ts";
import { quote, tableName } from "./write.ts";

/** SQLite drops an index by its name alone: with another table in mind it would be the wrong one. */
export function planDropIndex(operation: Extract<IndexOperation, { kind: "dropIndex" }>): Plan {
  const { name, ifExists } = operation;
  const table = tableName(operation.table);
  const drop = { sql: `DROP INDEX ${ifExists ? "IF EXISTS " : ""}${quote(name)}` };
  return async (reader) => {
    const [found] = await reader.all(
      "SELECT tbl_name FROM sqlite_schema WHERE type = 'index' AND name = ? COLLATE NOCASE",
      [name],
    );
    if (found && !sameName(String(found.tbl_name), table)) {
      const why = `the index belongs to "${found.tbl_name}"`;
      fail("OPERATION_INVALID", { operation: describe(operation), why });
    }
    return [drop];
  };
}
