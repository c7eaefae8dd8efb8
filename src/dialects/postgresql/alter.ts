/** Changes of a table. Each action is a statement of its own, so that a failure names the one that failed. */
import type { TableName } from "../../model/schema.ts";
import type { ColumnAlteration, TableChange } from "../../operations/operation.ts";
import { columnText, constraintText } from "./define.ts";
import { typeText } from "./types.ts";
import { quote, table, value } from "./write.ts";

/** The statements that carry out `change`. https://www.postgresql.org/docs/current/sql-altertable.html */
export function alterations(on: TableName, change: TableChange): readonly string[] {
  const alter = (action: string) => `ALTER TABLE ${table(on)} ${action}`;
  const rewritten = change.kind === "alterColumn" ? rewriteSql(on, change) : null;
  if (rewritten === null) return actions(change).map(alter);
  const [before, after] = splitAtRewrite(actions(change));
  return [...before.map(alter), rewritten, ...after.map(alter)];
}

/** New values without a new type: the rows are rewritten, as a rebuild of SQLite rewrites them. */
function rewriteSql(
  on: TableName,
  { name, to }: Extract<TableChange, { kind: "alterColumn" }>,
): string | null {
  if (to.type !== undefined || to.using === undefined) return null;
  return `UPDATE ${table(on)} SET ${quote(name)} = (${to.using.sql})`;
}

/** What is demanded of the rows comes after they have their new values. */
function splitAtRewrite(actions: readonly string[]): readonly [string[], string[]] {
  const demands = (action: string) => action.endsWith("SET NOT NULL");
  return [actions.filter((it) => !demands(it)), actions.filter(demands)];
}

function actions(change: TableChange): readonly string[] {
  switch (change.kind) {
    case "addColumn":
      return [`ADD COLUMN ${columnText(change.column)}`];
    case "dropColumn":
      return [`DROP COLUMN ${quote(change.name)}`];
    case "renameColumn":
      return [`RENAME COLUMN ${quote(change.from)} TO ${quote(change.to)}`];
    case "alterColumn":
      return columnActions(change.to).map(
        (action) => `ALTER COLUMN ${quote(change.name)} ${action}`,
      );
    case "addConstraint":
      return [`ADD ${constraintText(change.constraint)}`];
    case "dropConstraint":
      return [`DROP CONSTRAINT ${quote(change.name)}`];
  }
}

/** What is allowed comes first and what is demanded last: the new values may be what needs or satisfies it. */
function columnActions(to: ColumnAlteration): readonly string[] {
  return [
    ...(to.notNull === false ? ["DROP NOT NULL"] : []),
    ...(to.type ? typeActions(to) : defaultActions(to)),
    ...(to.notNull === true ? ["SET NOT NULL"] : []),
  ];
}

/** The old default may not convert to the new type, nor the new one to the old. So it goes before, and comes after. */
function typeActions(to: ColumnAlteration): string[] {
  const type = to.type
    ? [`TYPE ${typeText(to.type)}${to.using ? ` USING ${to.using.sql}` : ""}`]
    : [];
  if (to.default === undefined) return type;
  return ["DROP DEFAULT", ...type, ...(to.default === null ? [] : defaultActions(to))];
}

function defaultActions({ default: initial }: ColumnAlteration): string[] {
  if (initial === undefined) return [];
  return [initial === null ? "DROP DEFAULT" : `SET DEFAULT ${value(initial)}`];
}
