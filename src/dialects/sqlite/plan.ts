/** How an operation is carried out. */
import type { Operation } from "../../operations/operation.ts";
import type { Reader } from "../dialect.ts";
import type { Part } from "./part.ts";

/** The parts of an operation, or how to know them when the database can be looked at. */
export type Plan = readonly Part[] | ((reader: Reader) => Promise<readonly Part[]>);

/** A plan for each kind of `Planned`; making one refuses what can be refused without the database. */
export type Plans<Planned extends Operation> = {
  readonly [Kind in Planned["kind"]]: (it: Extract<Planned, { readonly kind: Kind }>) => Plan;
};
