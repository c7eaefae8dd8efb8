import type { Rules } from "../../model/rules.ts";

/** Foreign keys may lead forward, a rebuild makes all changes of a table at once, and views are looked at when they are read. */
export const rules: Rules = {
  uniqueIndexIsConstraint: true,
  tablesChangeWhole: true,
  viewsHoldColumns: false,
  // SQLite converts by affinity, and a rebuild refuses what that would change.
  using: () => null,
};
