/**
 * What of drizzle-orm is used, as 0.45 and 1.0 both have it at run time. Their published types differ from one another, and
 * the copy that is read with is the project's own, whichever that is.
 */
import type { Query, Spelling, SqlLike } from "../operations/sql.ts";

/** A class of Drizzle, for `is`. */
export interface Kind<Value> {
  readonly prototype: Value;
}

export interface DrizzleSql extends SqlLike {
  readonly queryChunks: readonly unknown[];
  toQuery(spelling: Spelling): Query;
}

/** A value on its way to the database, and what knows how it is written there. */
export interface DrizzleParam {
  readonly value: unknown;
  readonly encoder: { mapToDriverValue(value: unknown): unknown };
}

export interface DrizzleColumn {
  readonly name: string;
  /** The key in the table was taken for the name. */
  readonly keyAsName: boolean;
  /** The name of its class. */
  readonly columnType: string;
  readonly primary: boolean;
  readonly notNull: boolean;
  readonly default: unknown;
  readonly isUnique: boolean;
  readonly uniqueName?: string;
  readonly uniqueType?: string;
  readonly generated?: { readonly as: unknown; readonly mode?: "stored" | "virtual" };
  readonly generatedIdentity?: {
    readonly type: "always" | "byDefault";
    readonly sequenceName?: string;
    readonly sequenceOptions?: SequenceNumbers;
  };
  getSQLType(): string;
  mapToDriverValue(value: unknown): unknown;
}

export interface SequenceNumbers {
  readonly increment?: number | string;
  readonly minValue?: number | string;
  readonly maxValue?: number | string;
  readonly startWith?: number | string;
  readonly cache?: number | string;
  readonly cycle?: boolean;
}

/** A table, a view: what is only passed on. */
export type DrizzleThing = object;

export interface DrizzleIndex {
  readonly config: {
    readonly name?: string;
    readonly columns: readonly unknown[];
    readonly unique?: boolean;
    readonly where?: unknown;
    readonly method?: string;
    readonly with?: Readonly<Record<string, unknown>>;
  };
}

export interface DrizzleForeignKey {
  reference(): {
    readonly name?: string;
    readonly columns: readonly DrizzleColumn[];
    readonly foreignTable: DrizzleThing;
    readonly foreignColumns: readonly DrizzleColumn[];
  };
  readonly onDelete?: string;
  readonly onUpdate?: string;
}

export interface DrizzleKey {
  readonly name?: string;
  readonly columns: readonly DrizzleColumn[];
}

export interface DrizzleUnique extends DrizzleKey {
  readonly name: string;
  readonly nullsNotDistinct?: boolean;
  /** Since 1.0. */
  readonly isNameExplicit?: boolean;
}

/** What both `getTableConfig` give. */
export interface TableConfig {
  readonly name: string;
  readonly columns: readonly DrizzleColumn[];
  readonly indexes: readonly DrizzleIndex[];
  readonly foreignKeys: readonly DrizzleForeignKey[];
  readonly primaryKeys: readonly DrizzleKey[];
  readonly uniqueConstraints: readonly DrizzleUnique[];
  readonly checks: readonly { readonly name: string; readonly value: unknown }[];
}

export interface ViewConfig {
  /** Undefined for a view that exists already, and is not the project's. */
  readonly query?: unknown;
}

/** The members of "drizzle-orm". */
export interface Orm {
  is<Value>(value: unknown, kind: Kind<Value>): value is Value;
  readonly SQL: Kind<DrizzleSql> & {
    new (chunks: readonly unknown[]): DrizzleSql;
    readonly Aliased: Kind<{ readonly fieldAlias?: string }>;
  };
  readonly StringChunk: Kind<{ readonly value: string | readonly string[] }>;
  readonly Name: Kind<{ readonly value: string }>;
  readonly Param: Kind<DrizzleParam>;
  readonly Placeholder: Kind<{ readonly name: string }>;
  readonly Subquery: Kind<{
    readonly _: { readonly sql: DrizzleSql; readonly alias: string; readonly isWith?: boolean };
  }>;
  readonly Column: Kind<DrizzleColumn>;
  readonly Table: Kind<DrizzleThing>;
  readonly View: Kind<DrizzleThing>;
  getTableColumns(table: DrizzleThing): Readonly<Record<string, DrizzleColumn>>;
}

/** The builders that both cores export. */
export interface Core {
  readonly IndexBuilder: Kind<object>;
  readonly CheckBuilder: Kind<object>;
  readonly UniqueConstraintBuilder: Kind<object>;
  readonly PrimaryKeyBuilder: Kind<object>;
  readonly ForeignKeyBuilder: Kind<object>;
}

/** The copy of drizzle-orm that the schema files use. */
export interface Drizzle<ItsCore extends Core = Core> {
  readonly orm: Orm;
  readonly core: ItsCore;
  /** Before 1.0, when columns were cased by the config and constraints did not tell whether they had been named. */
  readonly isBeforeV1: boolean;
  /** Its own conversions of names, as 0.45 applies them to all columns without a name. */
  readonly cases: Readonly<Record<Casing, (name: string) => string>>;
}

/** drizzle.config's `casing`, which 1.0 no longer has. */
export type Casing = "snake_case" | "camelCase";
