/** A table that both databases make: its columns and constraints side by side. */
import type { Rules } from "../../model/rules.ts";
import type { Column, Constraint } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import { same } from "../compare/pair.ts";
import type { Call, Code } from "../render/code.ts";
import { column, constraint } from "../render/columns.ts";
import { createTable, tableOptions } from "../render/tables.ts";
import { name } from "../render/values.ts";
import { align } from "./align.ts";
import { type Both, each } from "./both.ts";
import { mergeCalls } from "./calls.ts";
import { mergeMembers, perDialect } from "./members.ts";
import { portableColumns } from "./portable.ts";

type CreateTable = Extract<Operation, { kind: "createTable" }>;

/** One call that makes both; null where the tables have two names. */
export function mergeTables(both: Both<CreateTable>, rules: Both<Rules>): Call | null {
  const { postgresql, sqlite } = each(both, ({ table }) => table);
  if (!same(postgresql.name, sqlite.name)) return null;
  const given = each(both, ({ table, options }) => tableOptions(table, options.ifNotExists));
  const options = mergeMembers(given, {
    strict: "sqlite",
    withoutRowid: "sqlite",
    comment: "postgresql",
  });
  if (options === null) return null;
  const key = keyOf(sqlite.constraints);
  return createTable({
    name: name(postgresql.name),
    columns: listed(
      { postgresql: postgresql.columns, sqlite: sqlite.columns },
      {
        key: (it) => it.name,
        merge: (columns) => mergeColumns(columns, columns.sqlite.name === key, rules),
        write: column,
      },
    ),
    constraints: listed(
      { postgresql: postgresql.constraints, sqlite: sqlite.constraints },
      {
        key: (it) => `${it.kind} ${it.name}`,
        merge: mergeConstraints,
        write: constraint,
      },
    ),
    options,
  });
}

/** The column that is all of the primary key. */
function keyOf(constraints: readonly Constraint[]): string | null {
  const [only, ...more] = constraints.find((it) => it.kind === "primaryKey")?.columns ?? [];
  return only !== undefined && more.length === 0 ? only : null;
}

interface Listing<Item> {
  readonly key: (item: Item) => string;
  readonly merge: (items: Both<Item>) => Code;
  readonly write: (item: Item) => Code;
}

function listed<Item>(
  items: Both<readonly Item[]>,
  { write, ...alike }: Listing<Item>,
): readonly Code[] {
  return align(items, alike).map((it) =>
    it.of === "both" ? it.merged : perDialect({ ...nowhere, [it.of]: write(it.item) }),
  );
}

const nowhere: Both<undefined> = { postgresql: undefined, sqlite: undefined };

/** One column where it can be one, else one for each. `isKey`: on SQLite it is all of the primary key. */
export function mergeColumns(columns: Both<Column>, isKey: boolean, rules: Both<Rules>): Code {
  const said = each(portableColumns(columns, isKey, rules), column);
  return mergeCalls(said) ?? perDialect(each(columns, column));
}

export function mergeConstraints(constraints: Both<Constraint>): Code {
  const said = each(constraints, constraint);
  return mergeCalls(said) ?? perDialect(said);
}
