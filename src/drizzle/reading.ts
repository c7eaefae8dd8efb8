/** What reading a table needs, of either database. */
import type { ColumnType } from "../model/column-type.ts";
import type { Schema } from "../model/schema.ts";
import type { SqlLike } from "../operations/sql.ts";
import type { Naming } from "./names.ts";
import type { Casing, Core, Drizzle, DrizzleColumn, DrizzleThing, TableConfig } from "./orm.ts";
import type { Declared } from "./place.ts";
import { createSpeller, type Speller } from "./spell.ts";

/** What of a schema is read, and how its SQL is written. */
export interface ReadOptions {
  /** The text of a piece of SQL, its values as literals: `text` of the dialect. */
  readonly text: (sql: SqlLike) => string;
  /** `casing` of drizzle.config; 1.0 has none, and takes no notice. */
  readonly casing?: Casing | undefined;
}

/** How one of Drizzle's cores is read. */
export interface CoreReader<ItsCore extends Core = Core> {
  /** Where it is imported from. */
  readonly module: string;
  /** What the names of its classes begin with. */
  readonly prefix: string;
  read(exports: readonly Declared[], drizzle: Drizzle<ItsCore>, options: ReadOptions): Schema;
}

export interface Reading<ItsCore extends Core = Core> {
  readonly drizzle: Drizzle<ItsCore>;
  readonly naming: Naming;
  readonly speller: Speller;
  /** What a column makes of a value: a literal, or SQL. */
  readonly storedValue: (column: DrizzleColumn, value: unknown) => unknown;
  readonly typeOf: (column: DrizzleColumn) => ColumnType;
}

/** A table and what Drizzle tells about it. */
export interface TableSource<Config extends TableConfig = TableConfig> {
  readonly place: Declared<DrizzleThing>;
  readonly config: Config;
}

/** How the two cores differ. */
export type Manners = Omit<Reading, "drizzle" | "speller">;

export function createReading<ItsCore extends Core>(
  drizzle: Drizzle<ItsCore>,
  manners: Manners,
  { text, casing }: ReadOptions,
): Reading<ItsCore> {
  const { orm, isBeforeV1, cases } = drizzle;
  const nameOfKey = isBeforeV1 && casing ? cases[casing] : (key: string) => key;
  const speller = createSpeller({ orm, text, nameOfKey, storedValue: manners.storedValue });
  return { drizzle, speller, ...manners };
}
