/** What of drizzle-orm/sqlite-core is used. */
import type { Core, DrizzleColumn, DrizzleThing, Kind, TableConfig, ViewConfig } from "../orm.ts";

export interface SqliteInteger extends DrizzleColumn {
  readonly autoIncrement: boolean;
}

export interface SqliteCore extends Core {
  readonly SQLiteTable: Kind<DrizzleThing>;
  readonly SQLiteView: Kind<DrizzleThing>;
  /** Of integers in all modes. */
  readonly SQLiteBaseInteger: Kind<SqliteInteger>;
  getTableConfig(table: DrizzleThing): TableConfig;
  getViewConfig(view: DrizzleThing): ViewConfig;
}
