/** The text of constraints that are new. */
import type { Constraint, Deferrable, ForeignKey } from "../../model/schema.ts";
import { lacking } from "./lacking.ts";
import { quote, quoteAll, tableName } from "./write.ts";

/** `constraint` as it stands behind the columns of a table. */
export function constraintText(constraint: Constraint): string {
  refuseConstraint(constraint);
  const name = `CONSTRAINT ${quote(constraint.name)}`;
  switch (constraint.kind) {
    case "primaryKey":
      return `${name} PRIMARY KEY (${quoteAll(constraint.columns)})`;
    case "unique":
      return `${name} UNIQUE (${quoteAll(constraint.columns)})`;
    case "check":
      return `${name} CHECK (${constraint.expression.sql})`;
    case "foreignKey":
      return `${name} FOREIGN KEY (${quoteAll(constraint.columns)}) ${references(constraint)}`;
  }
}

/** Refuse what SQLite cannot hold a table to. */
function refuseConstraint(constraint: Constraint): void {
  if (constraint.kind === "foreignKey" || constraint.kind === "check") return;
  // https://www.sqlite.org/foreignkeys.html#fk_deferred speaks of foreign keys only: all others are checked at once.
  if (constraint.deferrable) lacking("deferrable primary keys and uniques");
  if (constraint.kind === "unique" && constraint.nullsNotDistinct) refuseEqualNulls();
}

/** Refuse a unique for which two NULLs are the same. */
export function refuseEqualNulls(): never {
  return lacking("unique that takes two NULLs for equal (nullsNotDistinct)");
}

function references(key: ForeignKey): string {
  const { table, references, onDelete, onUpdate, deferrable } = key;
  return [
    `REFERENCES ${quote(tableName(table))} (${quoteAll(references)})`,
    onDelete && `ON DELETE ${onDelete.toUpperCase()}`,
    onUpdate && `ON UPDATE ${onUpdate.toUpperCase()}`,
    deferrable && deferral(deferrable),
  ]
    .filter(Boolean)
    .join(" ");
}

function deferral(deferrable: Deferrable): string {
  return `DEFERRABLE INITIALLY ${deferrable.toUpperCase()}`;
}
