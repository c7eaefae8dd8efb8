/** What undoes an operation. */
import type { Schema } from "../../model/schema.ts";
import type { Operation } from "../operation.ts";

export type Reversal = Reversible | Irreversible;

export interface Reversible {
  readonly kind: "reversible";
  /** They bring the schema back. None where there is nothing to undo. */
  readonly operations: readonly Operation[];
  /** What they do not bring back, for people: "the values of posts.slug". */
  readonly loses: readonly string[];
}

export interface Irreversible {
  readonly kind: "irreversible";
  /** A sentence for people. */
  readonly why: string;
}

/** A function for each kind of operation, so that the compiler names the kind that is missing. */
export type Reversers<Reversed extends Operation> = {
  readonly [Kind in Reversed["kind"]]: (
    operation: Extract<Reversed, { readonly kind: Kind }>,
    before: Schema,
    after: Schema,
  ) => Reversal;
};

export function by(operations: readonly Operation[], loses: readonly string[] = []): Reversible {
  return { kind: "reversible", operations, loses };
}

export function never(why: string): Irreversible {
  return { kind: "irreversible", why };
}
