/** Rows for the tables of a database that is tried out, so that it shows when some are lost. */
import { keyOf } from "../../autogenerate/compare/pair.ts";
import { sorted } from "../../autogenerate/topology.ts";
import { emptying, rowsOf } from "../../dialects/rows.ts";
import type { Row } from "../../dialects/statement.ts";
import {
  type Column,
  displayName,
  type ForeignKey,
  type Literal,
  type SchemaTable,
} from "../../model/schema.ts";
import type { Moment } from "./moment.ts";
import type { Trial } from "./trial.ts";
import { madeUp } from "./values.ts";

/** Few enough that a day, an hour and the end of a UUID hold their number. */
const rowsOfEach = 3;

type Values = Readonly<Record<string, Literal>>;
type Rows = Map<string, readonly Row[]>;

/** `moment`, where each table that was empty has rows, as far as some can be made up. */
export async function fill(trial: Trial, moment: Moment): Promise<Moment> {
  const rows: Rows = new Map(moment.rows);
  for (const table of inOrder(moment.schema.tables)) {
    if ((rows.get(keyOf(table.name)) ?? []).length > 0) continue;
    const why = await fillTable(trial, moment, table, rows);
    if (why !== null)
      trial.notes.add(`no rows could be made up for ${displayName(table.name)}: ${why}`);
    const { dialect } = trial.options;
    rows.set(keyOf(table.name), await rowsOf(dialect, trial.connection, table.name));
  }
  return { ...moment, rows };
}

/** `moment` without rows. Throws what the database says where some cannot go. */
export async function clear(trial: Trial, moment: Moment): Promise<void> {
  const { connection, options } = trial;
  await transacting(trial, async () => {
    for (const { name } of inOrder(moment.schema.tables).toReversed())
      await connection.run(emptying(options.dialect, name));
  });
}

function inOrder(tables: readonly SchemaTable[]): readonly SchemaTable[] {
  const byKey = new Map(tables.map((table) => [keyOf(table.name), table]));
  return sorted(tables, ({ constraints }) =>
    foreignKeys(constraints).flatMap(({ table }) => byKey.get(keyOf(table)) ?? []),
  );
}

function foreignKeys(constraints: SchemaTable["constraints"]): readonly ForeignKey[] {
  return constraints.filter((it) => it.kind === "foreignKey");
}

/** Which columns get values, and of which manner: the first way that the database takes is kept to. */
const ways = [
  { likeChecks: true, onlyNeeded: false },
  { likeChecks: false, onlyNeeded: false },
  { likeChecks: true, onlyNeeded: true },
] as const;

/** Null where it has a row, else why it has none. */
async function fillTable(
  trial: Trial,
  { schema }: Moment,
  table: SchemaTable,
  rows: Rows,
): Promise<string | null> {
  let first: string | null = null;
  for (const way of ways) {
    let made = 0;
    for (let n = 1; n <= rowsOfEach; n++) {
      const values = rowOf(table, n, rows, { ...way, enums: schema.enums });
      const why =
        values === null ? "its foreign keys need rows" : await insert(trial, table, values);
      if (why === null) made++;
      else first ??= why;
    }
    if (made > 0) return null;
  }
  return first;
}

interface Way {
  readonly likeChecks: boolean;
  readonly onlyNeeded: boolean;
  readonly enums: Parameters<typeof madeUp>[3]["enums"];
}

/** The `n`th row, or null where a key has to refer to a row and there is none. */
function rowOf(table: SchemaTable, n: number, rows: Rows, way: Way): Values | null {
  const referring = references(table, n, rows);
  if (referring === null) return null;
  const unique = uniqueColumns(table);
  const own = table.columns.flatMap((column) => {
    if (Object.hasOwn(referring, column.name) || makesItself(column)) return [];
    if (column.default !== undefined && !unique.has(column.name)) return [];
    if (way.onlyNeeded && !column.notNull) return [];
    const value = madeUp(table, column, n, way);
    return value === undefined ? [] : [[column.name, value] as const];
  });
  return { ...Object.fromEntries(own), ...referring };
}

function makesItself({ generated, identity }: Column): boolean {
  return generated !== undefined || identity !== undefined;
}

/** A default would be the same in each row. */
function uniqueColumns({ constraints, indexes }: SchemaTable): ReadonlySet<string> {
  const keys = constraints.flatMap((it) => (it.kind === "unique" ? it.columns : []));
  const indexed = indexes
    .filter(({ unique }) => unique)
    .flatMap(({ columns }) => columns.flatMap(({ of }) => (typeof of === "string" ? [of] : [])));
  return new Set([...keys, ...indexed]);
}

function references(table: SchemaTable, n: number, rows: Rows): Values | null {
  const values: Record<string, Literal> = {};
  const nullable = new Set(table.columns.filter(({ notNull }) => !notNull).map(({ name }) => name));
  for (const { columns, references: names, table: target } of foreignKeys(table.constraints)) {
    const there = rows.get(keyOf(target)) ?? [];
    const row = there[(n - 1) % there.length];
    if (row === undefined && !columns.some((name) => nullable.has(name))) return null;
    for (const [at, name] of columns.entries()) {
      if (row !== undefined) values[name] = row[names[at] ?? ""] as Literal;
      else if (nullable.has(name)) values[name] ??= null;
    }
  }
  return values;
}

/** Null when it was taken, else why not. */
async function insert(trial: Trial, { name }: SchemaTable, row: Values): Promise<string | null> {
  const { connection, options } = trial;
  const operation = { kind: "insert", table: name, rows: [row] } as const;
  const recorded = { operation, site: new Error("a made-up row") };
  try {
    await transacting(trial, async () => {
      for (const statement of await options.dialect.compile(recorded, connection))
        await connection.send(statement);
    });
    return null;
  } catch (failure) {
    return connection.explain(failure).why;
  }
}

async function transacting({ connection }: Trial, work: () => Promise<void>): Promise<void> {
  try {
    await connection.begin({ suspendForeignKeys: false });
    await work();
    await connection.commit();
  } catch (failure) {
    await connection.rollback();
    throw failure;
  }
}
