/** Dropping a table, by an operation or by hand. */

import { error } from "../../errors.ts";
import { describe } from "../../operations/describe.ts";
import type { Operation } from "../../operations/operation.ts";
import type { Reader } from "../dialect.ts";
import { setAside } from "./aside.ts";
import { refuseBroken } from "./breaking.ts";
import { type Catalogue, readCatalogue, readReferences, type SchemaObject } from "./catalogue.ts";
import { isSign, isWord, nameOf, sameName, significant, tokenize } from "./ddl/tokens.ts";
import { foreignKeysStay } from "./foreign-keys.ts";
import type { Part } from "./part.ts";
import type { Plan } from "./plan.ts";
import { inTransaction, rowsKept } from "./proof.ts";
import { split } from "./split.ts";
import { literal, quote, tableName } from "./write.ts";

type Of<Kind extends Operation["kind"]> = Extract<Operation, { readonly kind: Kind }>;

/** How a table is dropped: what refers to it stays as it is, and is asked for before COMMIT. */
export function planDrop(operation: Of<"dropTable">): Plan {
  const name = tableName(operation.table);
  const drop = { sql: `DROP TABLE ${operation.ifExists ? "IF EXISTS " : ""}${quote(name)}` };
  return async (reader) => {
    await refuseUsed(operation, reader, name, drop);
    return (await foreignKeysStay(reader))
      ? withKeysAside(reader, name, drop)
      : [inTransaction(describe(operation)), drop];
  };
}

/** SQLite lets a table go from under a view, which then fails whenever it is used, and stops renames of other tables. */
async function refuseUsed(
  operation: Of<"dropTable">,
  reader: Reader,
  name: string,
  drop: Part,
): Promise<void> {
  const views = await reader.all("SELECT 1 FROM sqlite_schema WHERE type = 'view' LIMIT 1");
  if (views.length === 0) return;
  const catalogue = await readCatalogue(reader);
  const table = tableNamed(catalogue, name);
  if (table) refuseBroken(operation, catalogue, table, [drop], "drop what uses the table first");
}

function tableNamed(catalogue: Catalogue, name: string): SchemaObject | undefined {
  return catalogue.find((it) => it.type === "table" && !it.temporary && sameName(it.name, name));
}

async function withKeysAside(reader: Reader, name: string, drop: Part): Promise<readonly Part[]> {
  const catalogue = await readCatalogue(reader);
  const table = tableNamed(catalogue, name);
  if (!table) return [drop];
  const references = await readReferences(reader, table.name);
  const children = references.flatMap(({ child }) => (child === table.name ? [] : child));
  const { taken, putBack } = setAside(catalogue, table.name, children);
  return rowsKept(children, () => [...taken, drop, ...putBack]);
}

/** How SQL is carried out: as it stands, but for a DROP TABLE that would take rows of other tables along. */
export function planSql(operation: Of<"execute">): Plan {
  return split(operation.sql).flatMap(({ sql }) => {
    const table = droppedBy(sql);
    return table === null ? [{ sql }] : [alone(table), { sql }];
  });
}

/** Whether a statement of `sql` drops a table. */
export function dropsTable(sql: string): boolean {
  return /\bDROP\b/i.test(sql) && split(sql).some((it) => droppedBy(it.sql) !== null);
}

/** The table that `statement` drops; null where it does not. */
function droppedBy(statement: string): string | null {
  if (!/\bDROP\b/i.test(statement)) return null;
  const tokens = significant(tokenize(statement)).filter((token) => !isSign(token, ";"));
  if (!isWord(tokens[0], "DROP") || !isWord(tokens[1], "TABLE")) return null;
  return nameOf(tokens.at(-1)) ?? "";
}

/** Nobody sets keys aside for what is written by hand, as the rebuilds of drizzle-kit are. */
function alone(table: string): Part {
  return {
    sql: `SELECT DISTINCT schema.name AS child FROM sqlite_schema AS schema, pragma_foreign_key_list(schema.name) AS key, pragma_foreign_keys AS enforced
WHERE enforced.foreign_keys = 1 AND schema.type = 'table' AND key."table" = ${literal(table)} COLLATE NOCASE AND schema.name <> key."table" COLLATE NOCASE`,
    verify: (rows) => {
      if (rows.length === 0) return null;
      const children = rows.map(({ child }) => `"${child}"`);
      return error("DROP_CASCADES", { table, children });
    },
  };
}
