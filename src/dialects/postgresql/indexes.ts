/** Making, dropping and renaming indexes. https://www.postgresql.org/docs/current/sql-createindex.html */
import type { IndexColumn, TableName } from "../../model/schema.ts";
import type { IndexOperation } from "../../operations/kinds/indexes.ts";
import { comments } from "./comments.ts";
import { includeText } from "./define.ts";
import { parametersText } from "./parameters.ts";
import { beside, qualified, quote, table, words } from "./write.ts";

export function indexStatements(operation: IndexOperation): readonly string[] {
  switch (operation.kind) {
    case "createIndex": {
      const { table: on, index } = operation;
      const commented = comments([{ table: on, index: index.name }, index.comment]);
      return [createIndex(operation), ...commented];
    }
    case "dropIndex":
      return [
        words(
          "DROP INDEX",
          operation.concurrently && "CONCURRENTLY",
          operation.ifExists && "IF EXISTS",
          indexText(operation.table, operation.name),
        ),
      ];
    case "renameIndex":
      return [
        `ALTER INDEX ${indexText(operation.table, operation.from)} RENAME TO ${quote(operation.to)}`,
      ];
  }
}

/** An index lives in the schema of its table. */
function indexText(on: TableName, name: string): string {
  return qualified(beside(on, name));
}

function createIndex({
  table: on,
  index,
  ...options
}: Extract<IndexOperation, { kind: "createIndex" }>): string {
  return words(
    "CREATE",
    index.unique && "UNIQUE",
    "INDEX",
    options.concurrently && "CONCURRENTLY",
    options.ifNotExists && "IF NOT EXISTS",
    `${quote(index.name)} ON`,
    options.only && "ONLY",
    table(on),
    index.method && `USING ${quote(index.method)}`,
    `(${index.columns.map(columnText).join(", ")})`,
    includeText(index.include),
    index.nullsNotDistinct && "NULLS NOT DISTINCT",
    parametersText(index.with),
    index.where && `WHERE ${index.where.sql}`,
  );
}

function columnText({ of, collation, operatorClass, order, nulls }: IndexColumn): string {
  return words(
    typeof of === "string" ? quote(of) : `(${of.sql})`,
    collation && `COLLATE ${qualified(collation)}`,
    operatorClass && operatorClassText(operatorClass),
    order?.toUpperCase(),
    nulls && `NULLS ${nulls.toUpperCase()}`,
  );
}

/** `gin_trgm_ops`, `extensions.gin_trgm_ops` or `gist_trgm_ops(siglen=32)`; anything else is one odd name. */
const plainClass = /^([a-z_][\w$]*)(?:\.([a-z_][\w$]*))?(\([^()]*\))?$/;

function operatorClassText(text: string): string {
  const [, first, second, options = ""] = plainClass.exec(text) ?? [];
  const names = first === undefined ? [text] : second === undefined ? [first] : [first, second];
  return `${names.map(quote).join(".")}${options}`;
}
