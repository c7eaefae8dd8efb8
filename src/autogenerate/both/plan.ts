/** Plans for two databases that go in step, so that they can be written as one script. */
import type { Rules } from "../../model/rules.ts";
import type { Schema } from "../../model/schema.ts";
import type { Operation } from "../../operations/operation.ts";
import { type Both, each } from "./both.ts";
import { keysBeside } from "./keys-beside.ts";
import { namedAlike } from "./names.ts";

/** The rules to plan by: what one database needs, and is nothing to the other, both do. */
export function inStep(rules: Rules): Rules {
  return { ...rules, keysApart: true, typeForgetsDefault: true };
}

/** What is to be done on a database that is like `current`. */
export interface Planned {
  readonly current: Schema;
  readonly operations: readonly Operation[];
}

/** The operations of plans that were made by `inStep`, with what can be said alike said alike. */
export function together(plans: Both<Planned>): Both<readonly Operation[]> {
  return namedAlike(each(plans, ({ operations, current }) => keysBeside(operations, current)));
}
