import type { Rules } from "../../model/rules.ts";
import { needless } from "./lacking.ts";
import { typeText } from "./types.ts";
import { valueText } from "./write.ts";

/** Foreign keys may lead forward, a rebuild makes all changes of a table at once, and views are looked at when they are read. */
export const rules: Rules = {
  uniqueIndexIsConstraint: true,
  tablesChangeWhole: true,
  keysApart: false,
  typeForgetsDefault: false,
  viewsHoldColumns: false,
  // SQLite converts by affinity, and a rebuild refuses what that would change.
  using: () => null,
  spell: (type) => typeText(type),
  write: valueText,
  numbersRows: (type) => typeText(type) === "integer",
  needless: new Set(Object.keys(needless)),
};
