/** A revision without a transaction, taken apart into what is done as a whole. */
import { createHash } from "node:crypto";
import type { Dialect, Progress, Reader } from "../dialects/dialect.ts";
import type { Statement } from "../dialects/statement.ts";
import { fail } from "../errors.ts";
import type { Operation, Recorded } from "../operations/operation.ts";
import { withSite } from "./carry-out.ts";
import { partsOf } from "./own-transactions.ts";
import type { PreparedStep } from "./target.ts";

/** One thing that is done as a whole. `text` tells when the file says something else. */
export type Piece = { readonly text: string; readonly recorded: Recorded } & (
  | { readonly kind: "statement"; readonly statement: Statement }
  | { readonly kind: "work"; readonly operation: Extract<Operation, { kind: "run" }> }
  /** What needs no going without, or begins one by itself: a transaction of its own, which makes it safe to stop. */
  | { readonly kind: "transaction"; readonly inside: readonly Recorded[] }
);

/** Whether a step runs without a transaction here. */
export function goesPiecewise(dialect: Dialect, { revision, script }: PreparedStep): boolean {
  return (
    !revision.transaction &&
    dialect.goesWithoutTransaction(script.operations.map(({ operation }) => operation))
  );
}

/** Refuse a run that is one transaction when a step of it cannot be in one. */
export function refusePieces(dialect: Dialect, steps: readonly PreparedStep[]): void {
  const piecewise = steps.find((step) => goesPiecewise(dialect, step));
  if (piecewise === undefined) return;
  const { id, file } = piecewise.revision;
  const where = { revision: id, location: file, state: "nothing was run" };
  fail("MIXED_TRANSACTION", { revision: id }, where);
}

/** The pieces of `operations`, in order. */
export async function piecesOf(
  dialect: Dialect,
  reader: Reader,
  operations: readonly Recorded[],
): Promise<readonly Piece[]> {
  const pieces: Piece[] = [];
  for (const { recorded, inside } of partsOf(operations)) {
    const { operation } = recorded;
    if (inside !== null) {
      const text = [recorded, ...inside].map((it) => textOf(it.operation)).join("\0");
      pieces.push({ kind: "transaction", text, recorded, inside });
    } else if (operation.kind === "run") {
      pieces.push({ kind: "work", text: `op.run ${operation.what}`, recorded, operation });
    } else if (!dialect.goesWithoutTransaction([operation])) {
      pieces.push({ kind: "transaction", text: textOf(operation), recorded, inside: [recorded] });
    } else {
      for (const statement of await withSite(recorded, () => dialect.compile(recorded, reader))) {
        pieces.push({ kind: "statement", text: statement.sql, recorded, statement });
      }
    }
  }
  return pieces;
}

/** Its SQL would be another one once it is done: it is made from the tables as they are. */
function textOf(operation: Operation): string {
  return JSON.stringify(operation, (_key, value: unknown) =>
    typeof value === "bigint" ? `${value}n` : value,
  );
}

/** The hash is of every piece that was begun: a changed file is noticed before anything is run twice. */
export function progressOf(pieces: readonly Piece[], done: number, begun: number): Progress {
  const hash = createHash("sha256");
  for (const { text } of pieces.slice(0, begun)) hash.update(text).update("\0");
  return { done, begun, hash: hash.digest("hex") };
}
