/** The names that drizzle-kit gives on SQLite, or would give where it leaves a constraint without one. */
import { foreignKeyName, join, type Naming, uniqueName } from "../names.ts";

/** Of drizzle-kit 0.31, which names no key. */
export const namingBeforeV1: Naming = {
  primaryKey: (table, columns) => join(table, columns, "pk"),
  columnUnique: (table, column) => uniqueName(table, [column]),
  foreignKey: foreignKeyName,
};

export const naming: Naming = {
  primaryKey: (table) => join(table, "pk"),
  columnUnique: (table, column) => uniqueName(table, [column]),
  foreignKey: (reference) => join("fk", foreignKeyName(reference)),
};
