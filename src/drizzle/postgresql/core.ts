/** What of drizzle-orm/pg-core is used. */
import type {
  Core,
  DrizzleColumn,
  DrizzleThing,
  Kind,
  SequenceNumbers,
  TableConfig,
  ViewConfig,
} from "../orm.ts";

export interface PgEnum {
  readonly enumName: string;
  readonly enumValues: readonly string[];
  readonly schema?: string;
}

export interface PgEnumColumn extends DrizzleColumn {
  readonly enum: PgEnum;
}

export interface PgSchema {
  readonly schemaName: string;
  /** Since 1.0: somebody else's. */
  readonly isExisting?: boolean;
}

export interface PgSequence {
  readonly seqName: string;
  readonly seqOptions?: SequenceNumbers;
  readonly schema?: string;
}

export interface PgRole {
  readonly name: string;
  readonly createDb?: boolean;
  readonly createRole?: boolean;
  readonly inherit?: boolean;
  /** Not in its type: it is there already, and not the project's. */
  readonly _existing?: boolean;
}

type Grantee = string | PgRole;

export interface PgPolicy {
  readonly name: string;
  readonly as?: "permissive" | "restrictive";
  readonly for?: "all" | "select" | "insert" | "update" | "delete";
  readonly to?: Grantee | readonly Grantee[];
  readonly using?: unknown;
  readonly withCheck?: unknown;
  /** Not in its type: the table that it was linked to. */
  readonly _linkedTable?: DrizzleThing;
}

export interface PgTableConfig extends TableConfig {
  readonly schema?: string;
  readonly policies: readonly PgPolicy[];
  readonly enableRLS: boolean;
}

export interface PgViewConfig extends ViewConfig {
  readonly with?: Readonly<Record<string, unknown>>;
  readonly using?: string;
  readonly tablespace?: string;
  readonly withNoData?: boolean;
}

/** A column of an index, and how it is kept there. */
export interface PgIndexedColumn {
  readonly name: string;
  readonly keyAsName: boolean;
  readonly indexConfig?: {
    readonly order?: "asc" | "desc";
    readonly nulls?: "first" | "last";
    readonly opClass?: string;
  };
}

export interface PgCore extends Core {
  readonly PgTable: Kind<DrizzleThing>;
  readonly PgView: Kind<DrizzleThing>;
  readonly PgMaterializedView: Kind<DrizzleThing>;
  readonly PgSchema: Kind<PgSchema>;
  readonly PgSequence: Kind<PgSequence>;
  readonly PgRole: Kind<PgRole>;
  readonly PgPolicy: Kind<PgPolicy>;
  readonly IndexedColumn: Kind<PgIndexedColumn>;
  /** A column as the third argument of a table gets it: without its type and its encoding. */
  readonly ExtraConfigColumn: Kind<DrizzleColumn & { readonly table: DrizzleThing }>;
  isPgEnum(value: unknown): value is PgEnum;
  getTableConfig(table: DrizzleThing): PgTableConfig;
  getViewConfig(view: DrizzleThing): PgViewConfig;
  getMaterializedViewConfig(view: DrizzleThing): PgViewConfig;
}
