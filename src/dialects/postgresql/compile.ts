/** From operations to the statements that carry them out. */
import { fail } from "../../errors.ts";
import type { Index, Table, TableName } from "../../model/schema.ts";
import type { Operation, Recorded, TableOptions } from "../../operations/operation.ts";
import type { Statement } from "../statement.ts";
import { alterations } from "./alter.ts";
import { columnText, constraintText, words } from "./define.ts";
import { insert } from "./insert.ts";
import { splitComplete } from "./split.ts";
import { quote, table } from "./write.ts";

/** What was compiled when it was checked is what runs later. */
const compiled = new WeakMap<Recorded, readonly Statement[]>();

/** The statements of `recorded`, each exactly one statement of the server. */
export function compile(recorded: Recorded): readonly Statement[] {
  const known = compiled.get(recorded);
  if (known !== undefined) return known;
  const statements = statementsOf(recorded.operation).map((sql) => ({ sql, from: recorded }));
  compiled.set(recorded, statements);
  return statements;
}

function statementsOf(operation: Operation): readonly string[] {
  switch (operation.kind) {
    case "createTable":
      return [createTable(operation.table, operation.options)];
    case "dropTable":
      return [words("DROP TABLE", operation.ifExists && "IF EXISTS", table(operation.table))];
    case "renameTable":
      return [`ALTER TABLE ${table(operation.from)} RENAME TO ${quote(operation.to)}`];
    case "alterTable":
      return operation.changes.flatMap((change) => alterations(operation.table, change));
    case "createIndex":
      return [createIndex(operation.table, operation.index, operation)];
    case "dropIndex":
      return [dropIndex(operation)];
    case "insert":
      return insert(operation.table, operation.rows);
    case "execute":
      return execute(operation.sql);
    case "run":
      return [];
  }
}

function createTable(it: Table, { ifNotExists }: TableOptions): string {
  const members = [...it.columns.map(columnText), ...it.constraints.map(constraintText)];
  const body = members.length > 0 ? `\n  ${members.join(",\n  ")}\n` : "";
  return words("CREATE TABLE", ifNotExists && "IF NOT EXISTS", table(it.name), `(${body})`);
}

interface IndexOptions {
  readonly concurrently: boolean;
  readonly ifNotExists: boolean;
}

function createIndex(on: TableName, index: Index, options: IndexOptions): string {
  const columns = index.columns.map((it) => (typeof it === "string" ? quote(it) : `(${it.sql})`));
  return words(
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    options.concurrently && "CONCURRENTLY",
    options.ifNotExists && "IF NOT EXISTS",
    `${quote(index.name)} ON ${table(on)} (${columns.join(", ")})`,
    index.where && `WHERE ${index.where.sql}`,
  );
}

function dropIndex(operation: Extract<Operation, { kind: "dropIndex" }>): string {
  return words(
    "DROP INDEX",
    operation.concurrently && "CONCURRENTLY",
    operation.ifExists && "IF EXISTS",
    table(indexName(operation.table, operation.name)),
  );
}

function execute(sql: string): readonly string[] {
  const statements = splitComplete(sql);
  if (statements) return statements.map((statement) => statement.sql);
  return fail("OPERATION_INVALID", {
    operation: `op.execute(${JSON.stringify(sql.trim().slice(0, 60))})`,
    why: "a string, a comment or a parenthesis is not closed",
  });
}

/** An index lives in the schema of its table. */
export function indexName(on: TableName, name: string): TableName {
  return typeof on === "string" ? name : { schema: on.schema, name };
}
