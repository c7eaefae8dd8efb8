/** Views: SQLite has no statement that changes one, so they are made anew, and so are their triggers. */
import { fail } from "../../errors.ts";
import type { View } from "../../model/view.ts";
import { describe } from "../../operations/describe.ts";
import type { ViewOperation } from "../../operations/kinds/objects.ts";
import type { Reader } from "../dialect.ts";
import { refuseBroken } from "./breaking.ts";
import { type Catalogue, readCatalogue, type SchemaObject } from "./catalogue.ts";
import { replace } from "./ddl/edit.ts";
import { isSign, isWord, sameName, significant, tokenize } from "./ddl/tokens.ts";
import { lacking } from "./lacking.ts";
import type { Part } from "./part.ts";
import type { Plans } from "./plan.ts";
import { quote, quoteAll, tableName } from "./write.ts";

type Of<Kind extends ViewOperation["kind"]> = Extract<ViewOperation, { kind: Kind }>;

export const viewPlans: Plans<Exclude<ViewOperation, { kind: "refreshView" }>> = {
  createView(operation) {
    const sql = viewText(operation.view);
    return operation.orReplace
      ? (reader) => replaceView(operation, sql, reader)
      : made(operation.view, sql);
  },
  dropView({ name, materialized, ifExists }) {
    refuseMaterialized(materialized);
    return [{ sql: `DROP VIEW ${ifExists ? "IF EXISTS " : ""}${quote(tableName(name))}` }];
  },
  renameView(operation) {
    refuseMaterialized(operation.materialized);
    tableName(operation.from);
    return (reader) => renameView(operation, reader);
  },
};

const advice = "drop what uses the view first, and create it again";

/** The CREATE VIEW of `view`. */
function viewText({ name, columns, definition, materialized }: View): string {
  refuseMaterialized(materialized);
  const listed = columns ? ` (${quoteAll(columns)})` : "";
  return `CREATE VIEW ${quote(tableName(name))}${listed} AS ${definition.sql}`;
}

/** Refuse a view that keeps its rows. */
function refuseMaterialized(materialized: boolean): void {
  if (!materialized) return;
  lacking(
    "materialized views",
    'put it in `op.on("postgresql", (op) => …)`, and make a plain view or a table in `op.on("sqlite", …)`',
  );
}

/** The parts of a view that is new: SQLite looks into a view only when it is read. */
function made({ name }: View, sql: string): Part[] {
  const read = `SELECT * FROM ${quote(tableName(name))} LIMIT 0`;
  return [{ sql }, { sql: read, verify: () => null }];
}

async function replaceView(
  operation: Of<"createView">,
  sql: string,
  reader: Reader,
): Promise<Part[]> {
  const catalogue = await readCatalogue(reader);
  const old = findView(catalogue, tableName(operation.view.name));
  const [make, ...proofs] = made(operation.view, sql);
  if (!old || !make) return made(operation.view, sql);
  const triggers = triggersOn(catalogue, old).map(restored);
  const parts = [{ sql: `DROP VIEW ${quote(old.name)}` }, make, ...triggers];
  refuseBroken(operation, catalogue, old, parts, advice);
  return [...parts, ...proofs];
}

/** The parts of a view that gets another name. */
async function renameView(operation: Of<"renameView">, reader: Reader): Promise<Part[]> {
  const catalogue = await readCatalogue(reader);
  const from = tableName(operation.from);
  const view = findView(catalogue, from);
  if (!view) {
    const why = `there is no view "${from}"`;
    return fail("OPERATION_INVALID", { operation: describe(operation), why });
  }
  const to = quote(operation.to);
  const triggers = triggersOn(catalogue, view).map((it) => ({ ...it, sql: onView(it.sql, to) }));
  const parts = [
    { sql: `DROP VIEW ${quote(view.name)}` },
    { sql: retitled(view.sql ?? "", to) },
    ...triggers.map(restored),
  ];
  refuseBroken(operation, catalogue, view, parts, advice);
  return parts;
}

function findView(catalogue: Catalogue, name: string): SchemaObject | undefined {
  return catalogue.find((it) => it.type === "view" && !it.temporary && sameName(it.name, name));
}

/** INSTEAD OF triggers go with their view. */
function triggersOn(catalogue: Catalogue, { name }: SchemaObject): Catalogue {
  return catalogue.filter((it) => it.type === "trigger" && sameName(it.table, name));
}

function restored(object: SchemaObject): Part {
  return { sql: object.sql ?? "", restores: object };
}

/** SQLite keeps the text of a view as CREATE VIEW and what followed, from its name on. */
function retitled(sql: string, name: string): string {
  const title = significant(tokenize(sql))[2];
  return title ? replace(sql, [{ start: title.start, end: title.end, text: name }]) : sql;
}

/** The trigger of `sql` on another view: the name of the view is behind the first ON, and perhaps behind a schema. */
function onView(sql: string | null, view: string): string {
  const tokens = significant(tokenize(sql ?? ""));
  const on = tokens.findIndex((token) => isWord(token, "ON"));
  const name = tokens[isSign(tokens[on + 2], ".") ? on + 3 : on + 1];
  return name ? replace(sql ?? "", [{ start: name.start, end: name.end, text: view }]) : "";
}
