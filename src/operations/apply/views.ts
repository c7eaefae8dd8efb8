/** A schema after its views were made and changed. */
import { displayName, type ObjectName, type Schema } from "../../model/schema.ts";
import type { View } from "../../model/view.ts";
import type { ViewOperation } from "../kinds/objects.ts";
import type { Operation } from "../operation.ts";
import { type Appliers, mismatch, missing, plain, refuseTaken } from "./applier.ts";
import { grantsWithout } from "./grants.ts";
import { added, itemNamed, replaced, without } from "./lists.ts";
import { renamed, sameName } from "./names.ts";
import { mapNames } from "./references.ts";

export const viewAppliers: Appliers<ViewOperation> = {
  createView: (schema, operation) => {
    const { view, orReplace } = operation;
    const old = orReplace ? itemNamed(schema.views, view.name) : undefined;
    if (old === undefined) refuseTaken(schema, view.name, operation);
    const made = plain(view, ["withNoData"]);
    if (old === undefined) return { ...schema, views: added(schema.views, made) };
    if (old.materialized) mismatch(operation, "a materialized view is not replaced");
    const kept = { ...(old.comment !== undefined && { comment: old.comment }), ...made };
    return { ...schema, views: replaced(schema.views, old, kept) };
  },
  dropView: (schema, operation) => {
    const { name, ifExists } = operation;
    if (ifExists && !itemNamed(schema.views, name)) return schema;
    const views = without(schema.views, findView(schema, name, operation));
    return { ...schema, views, grants: grantsWithout(schema.grants, { table: name }) };
  },
  renameView: (schema, operation) => {
    const { from } = operation;
    const to = renamed(from, operation.to);
    findView(schema, from, operation);
    refuseTaken(schema, to, operation);
    return mapNames(schema, { table: (name) => (sameName(name, from) ? to : name) });
  },
  /** Its rows are others; the view is the same. */
  refreshView: (schema, operation) => {
    findView(schema, operation.name, operation);
    return schema;
  },
};

export function findView(schema: Schema, name: ObjectName, operation: Operation): View {
  const materialized = materializedOf(operation);
  const what = `${materialized ? "materialized view" : "view"} "${displayName(name)}"`;
  const found = itemNamed(schema.views, name);
  const isMeant = found && (materialized ?? found.materialized) === found.materialized;
  return isMeant ? found : missing(operation, what);
}

/** Which sort of view `operation` means: PostgreSQL has other commands for each. */
function materializedOf(operation: Operation): boolean | undefined {
  if (operation.kind === "refreshView") return true;
  return "materialized" in operation ? operation.materialized : undefined;
}
