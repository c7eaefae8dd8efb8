/**
 * Rows for a generated schema. Row `n` of every table has the value `n` of each type, so that keys hold, references lead
 * somewhere, and values mean the same in another type.
 */
import type { Connection } from "../../../src/dialects/dialect.ts";
import type { Column, ObjectName, Schema, SchemaTable } from "../../../src/model/schema.ts";
import type { Blueprint } from "./blueprint.ts";
import { typed } from "./types.ts";

export interface RowPlan {
  readonly count: number;
  /** The second row has NULL wherever it may. */
  readonly nulls: boolean;
}

export function quotedName(name: ObjectName): string {
  return typeof name === "string" ? `"${name}"` : `"${name.schema}"."${name.name}"`;
}

export async function insertRows(
  connection: Connection,
  blueprint: Blueprint,
  schema: Schema,
  plan: RowPlan,
): Promise<void> {
  // Tables may refer to each other in a circle.
  const isPostgres = blueprint.dialect === "postgresql";
  await connection.run(
    isPostgres ? "SET session_replication_role = replica" : "PRAGMA foreign_keys = OFF",
  );
  for (const table of schema.tables) {
    for (let n = 1; n <= plan.count; n += 1) {
      await connection.run(insertion(table, blueprint, n, plan.nulls && n === 2));
    }
  }
  await connection.run(isPostgres ? "RESET session_replication_role" : "PRAGMA foreign_keys = ON");
}

function insertion(table: SchemaTable, blueprint: Blueprint, n: number, nulls: boolean): string {
  const { dialect, enums } = blueprint;
  const plan = blueprint.tables.find((it) => quotedName(it.name) === quotedName(table.name));
  const given = table.columns.flatMap((column) => {
    const { name, type, generated, identity, notNull } = column;
    if (generated || identity) return [];
    // The database may call it by another name.
    const planned = plan?.columns.find((it) => it.name === name)?.type ?? type;
    const ofType = typed(planned, dialect, enums) ?? typed(type, dialect, enums);
    const value = nulls && !notNull ? "NULL" : (ofType?.value(n) ?? "NULL");
    return [[`"${name}"`, value] as const];
  });
  if (given.length === 0) return `INSERT INTO ${quotedName(table.name)} DEFAULT VALUES`;
  const [names, values] = [given.map(([name]) => name), given.map(([, value]) => value)];
  return `INSERT INTO ${quotedName(table.name)} (${names.join(", ")}) VALUES (${values.join(", ")})`;
}

export async function deleteRows(connection: Connection, schema: Schema): Promise<void> {
  // Keys without an action hold on to the rows that they refer to, in whatever order.
  const names = schema.tables.map(({ name }) => quotedName(name));
  const isPostgres = (await connection.all("SELECT version() AS v").catch(() => [])).length > 0;
  if (isPostgres && names.length > 0) await connection.run(`TRUNCATE ${names.join(", ")}`);
  if (isPostgres) return;
  await connection.run("PRAGMA foreign_keys = OFF");
  for (const name of names) await connection.run(`DELETE FROM ${name}`);
  await connection.run("PRAGMA foreign_keys = ON");
}

/**
 * What the columns of `schema` hold that `other` has, too, with the same type: by table, the rows sorted, as they have no
 * order.
 */
export async function survivors(
  connection: Connection,
  schema: Schema,
  other: Schema,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, readonly string[]> = {};
  for (const table of schema.tables) {
    const name = quotedName(table.name);
    const twin = other.tables.find((it) => quotedName(it.name) === name);
    const kept = table.columns.filter((it) => twin?.columns.some((column) => holdSame(it, column)));
    if (kept.length === 0) continue;
    const columns = kept.map((it) => `"${it.name}"`).sort();
    const rows = await connection.all(`SELECT ${columns.join(", ")} FROM ${name}`);
    found[name] = rows.map(textOf).sort();
  }
  return found;
}

function holdSame(one: Column, other: Column): boolean {
  if (one.name !== other.name || one.generated || other.generated) return false;
  return JSON.stringify(one.type) === JSON.stringify(other.type);
}

function textOf(row: object): string {
  return JSON.stringify(row, (_, it) => (typeof it === "bigint" ? String(it) : it));
}
