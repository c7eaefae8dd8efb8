/** What a statement leaves behind, by which it is seen whether it took effect. */

/** Conditions of SQL; or `again` for what does no harm when it is done twice, and `unclear` for what nothing tells. */
export type Trace = { readonly done: string; readonly undone: string } | "again" | "unclear";

export function appears(condition: string): Trace {
  return { done: condition, undone: `NOT (${condition})` };
}

export function disappears(condition: string): Trace {
  return { done: `NOT (${condition})`, undone: condition };
}

/** Of two names one is taken; where both are or none is, something else happened too. */
export function moves(from: string, to: string): Trace {
  return { done: `(${to}) AND NOT (${from})`, undone: `(${from}) AND NOT (${to})` };
}
