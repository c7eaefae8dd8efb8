/** How a text is put to the server, and how it is read back. */
import type { IndexColumn, SchemaTable } from "../../model/schema.ts";
import { withoutSchema } from "./expression.ts";
import { type Asks, plainName } from "./normalise-slots.ts";
import { stored } from "./normalise-table.ts";
import { typeText } from "./types.ts";
import { columnList, quote, string } from "./write.ts";

/** The statement that has the server read `parts`, in something named `name`. */
export function making(
  asks: Asks,
  parts: readonly string[],
  name: string,
  defaultSchema: string,
): string {
  if (asks.kind === "view") return view(asks.columns, parts, name);
  const on = scratchName(asks.table);
  const [first = "", second = ""] = parts.map((sql) => localText(sql, asks.table, defaultSchema));
  switch (asks.kind) {
    case "default":
      return `ALTER TABLE ${on} ALTER COLUMN ${quote(asks.column)} SET DEFAULT ${first}`;
    case "generated":
      // How it is kept makes no difference to its text, and only 18 knows VIRTUAL.
      return `ALTER TABLE ${on} ADD COLUMN ${name} ${typeText(stored(asks.type))} GENERATED ALWAYS AS (${first}) STORED`;
    case "check":
      return `ALTER TABLE ${on} ADD CONSTRAINT ${name} CHECK (${first})`;
    case "type":
      return `ALTER TABLE ${on} ADD COLUMN ${name} ${first}`;
    case "policy":
      return `CREATE POLICY ${name} ON ${on}${first && ` USING (${first})`}${second && ` WITH CHECK (${second})`}`;
    case "index":
      return index(
        asks,
        parts.map((sql) => localText(sql, asks.table, defaultSchema)),
        name,
      );
  }
}

function scratchName({ name }: SchemaTable): string {
  return `pg_temp.${quote(plainName(name))}`;
}

function localText(sql: string, { name }: SchemaTable, defaultSchema: string): string {
  const schema = typeof name === "string" ? defaultSchema : name.schema;
  return withoutSchema(sql, { schema, name: plainName(name) });
}

/** A materialized view cannot be temporary; its query is spelled alike. */
function view(columns: readonly string[], [query = ""]: readonly string[], name: string): string {
  const list = columns.length > 0 ? ` (${columnList(columns)})` : "";
  return `CREATE TEMPORARY VIEW ${name}${list} AS ${query}`;
}

function index(
  asks: Extract<Asks, { kind: "index" }>,
  parts: readonly string[],
  name: string,
): string {
  const keys = asks.columns.map((column, at) => keyText(column, parts[at] ?? ""));
  const where = parts.at(-1);
  return `CREATE INDEX ${name} ON ${scratchName(asks.table)} USING ${quote(asks.method)} (${keys.join(", ")})${where && ` WHERE ${where}`}`;
}

function keyText({ of, operatorClass }: IndexColumn, expression: string): string {
  const key = typeof of === "string" ? quote(of) : `(${expression})`;
  return operatorClass ? `${key} ${operatorClass}` : key;
}

/** The query for what became of it: a JSON list of texts. */
export function showing(asks: Asks, name: string): string {
  if (asks.kind === "view") return listed(`pg_get_viewdef('pg_temp.${name}'::regclass)`, "");
  const table = `${string(scratchName(asks.table))}::regclass`;
  const column = (of: string) => `attrelid = ${table} AND attname = ${string(of)}`;
  switch (asks.kind) {
    case "default":
      return defaultOf(column(asks.column));
    case "generated":
      return defaultOf(column(name));
    case "type":
      return listed("format_type(atttypid, atttypmod)", `FROM pg_attribute WHERE ${column(name)}`);
    case "check":
      return listed(
        "pg_get_expr(conbin, conrelid)",
        `FROM pg_constraint WHERE conrelid = ${table} AND conname = '${name}'`,
      );
    case "policy":
      return listed(
        "coalesce(pg_get_expr(polqual, polrelid), ''), coalesce(pg_get_expr(polwithcheck, polrelid), '')",
        `FROM pg_policy WHERE polrelid = ${table} AND polname = '${name}'`,
      );
    case "index":
      return indexShown(asks.columns, name);
  }
}

function defaultOf(column: string): string {
  const from = `FROM pg_attrdef JOIN pg_attribute ON adrelid = attrelid AND adnum = attnum WHERE ${column}`;
  return listed("pg_get_expr(adbin, adrelid)", from);
}

function indexShown(columns: readonly IndexColumn[], name: string): string {
  const keys = columns.map(({ of }, at) =>
    typeof of === "string" ? "''" : `pg_get_indexdef(indexrelid, ${at + 1}, false)`,
  );
  const where = "coalesce(pg_get_expr(indpred, indrelid), '')";
  return listed(
    [...keys, where].join(", "),
    `FROM pg_index WHERE indexrelid = 'pg_temp.${name}'::regclass`,
  );
}

function listed(expressions: string, from: string): string {
  return `SELECT json_build_array(${expressions})::text ${from}`;
}
