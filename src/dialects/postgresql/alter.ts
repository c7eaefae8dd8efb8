/** Changes of a table. Each action is a statement of its own, so that a failure names the one that failed. */
import type { TableName } from "../../model/schema.ts";
import type { TableChange } from "../../operations/operation.ts";
import { addColumn, alterColumn } from "./alter-column.ts";
import { comments } from "./comments.ts";
import { constraintText } from "./define.ts";
import { quote, table } from "./write.ts";

/** The statements that carry out `change`. https://www.postgresql.org/docs/current/sql-altertable.html */
export function alterations(on: TableName, change: TableChange): readonly string[] {
  const alter = (action: string) => `ALTER TABLE ${table(on)} ${action}`;
  switch (change.kind) {
    case "addColumn":
      return addColumn(on, change);
    case "dropColumn":
      return [alter(`DROP COLUMN ${quote(change.name)}`)];
    case "renameColumn":
      return [alter(`RENAME COLUMN ${quote(change.from)} TO ${quote(change.to)}`)];
    case "alterColumn":
      return alterColumn(on, change.name, change.to);
    case "addConstraint": {
      const { name, comment } = change.constraint;
      const added = alter(`ADD ${constraintText(change.constraint)}`);
      return [added, ...comments([{ table: on, constraint: name }, comment])];
    }
    case "dropConstraint":
      return [alter(`DROP CONSTRAINT ${quote(change.name)}`)];
    case "renameConstraint":
      return [alter(`RENAME CONSTRAINT ${quote(change.from)} TO ${quote(change.to)}`)];
    case "validateConstraint":
      return [alter(`VALIDATE CONSTRAINT ${quote(change.name)}`)];
  }
}
