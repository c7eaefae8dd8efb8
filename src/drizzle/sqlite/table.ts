/** Tables, with what only SQLite has. */
import type { Column, SchemaTable } from "../../model/schema.ts";
import { readExpression, readIndexes } from "../indexes.ts";
import { byName } from "../order.ts";
import type { DrizzleColumn } from "../orm.ts";
import type { Reading, TableSource } from "../reading.ts";
import { readColumns, readConstraints, unprotected } from "../tables.ts";
import type { SqliteCore } from "./core.ts";

export function readTable(source: TableSource, reading: Reading<SqliteCore>): SchemaTable {
  const { orm } = reading.drizzle;
  const columns = readColumns(source, reading).map((column, at) =>
    numbered(column, source.config.columns[at], reading),
  );
  const indexes = readIndexes(source, reading, (column) =>
    orm.is(column, orm.Column)
      ? { of: reading.speller.columnName(column) }
      : readExpression(reading.speller.spell(column, "bare").sql),
  );
  return {
    name: reading.speller.objectName(source.place.value),
    columns,
    constraints: readConstraints(source, reading),
    indexes: byName(indexes),
    ...unprotected,
  };
}

/** Whether numbers are never given again. That it numbers its rows is not said of a column: SQLite sees it from its type. */
function numbered(
  column: Column,
  declared: DrizzleColumn | undefined,
  { drizzle: { orm, core } }: Reading<SqliteCore>,
): Column {
  const autoIncrement = orm.is(declared, core.SQLiteBaseInteger) && declared.autoIncrement;
  return autoIncrement ? { ...column, autoIncrement } : column;
}
