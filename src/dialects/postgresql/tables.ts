/** Making, dropping and moving tables. */
import type { Table } from "../../model/schema.ts";
import type { TableOperation, TableOptions } from "../../operations/kinds/tables.ts";
import { alterations } from "./alter.ts";
import { comments } from "./comments.ts";
import { columnText, constraintText } from "./define.ts";
import { quote, table, words } from "./write.ts";

export function tableStatements(operation: TableOperation): readonly string[] {
  switch (operation.kind) {
    case "createTable":
      return [createTable(operation.table, operation.options), ...tableComments(operation.table)];
    case "dropTable":
      return [words("DROP TABLE", operation.ifExists && "IF EXISTS", table(operation.table))];
    case "renameTable":
      return [`ALTER TABLE ${table(operation.from)} RENAME TO ${quote(operation.to)}`];
    case "moveTable":
      return [`ALTER TABLE ${table(operation.table)} SET SCHEMA ${quote(operation.to)}`];
    case "alterTable":
      return operation.changes.flatMap((change) => alterations(operation.table, change));
  }
}

function createTable(it: Table, { ifNotExists }: TableOptions): string {
  const members = [
    ...it.columns.map((column) => columnText(it.name, column)),
    ...it.constraints.map(constraintText),
  ];
  const body = members.length > 0 ? `\n  ${members.join(",\n  ")}\n` : "";
  return words("CREATE TABLE", ifNotExists && "IF NOT EXISTS", table(it.name), `(${body})`);
}

function tableComments({ name: on, columns, constraints, comment }: Table): readonly string[] {
  return [
    ...comments([{ table: on }, comment]),
    ...columns.flatMap((it) => comments([{ table: on, column: it.name }, it.comment])),
    ...constraints.flatMap((it) => comments([{ table: on, constraint: it.name }, it.comment])),
  ];
}
