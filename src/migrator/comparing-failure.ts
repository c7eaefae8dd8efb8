/** What stopped a comparison. */
import type { Connection } from "../dialects/dialect.ts";
import { error, MigError } from "../errors.ts";

/** Do `compare`, and say what a failure of the server or the file means. A defect of mig stays one. */
export async function toldWell<Result>(
  connection: Connection,
  compare: () => Promise<Result>,
): Promise<Result> {
  try {
    return await compare();
  } catch (failure) {
    if (failure instanceof MigError) throw failure;
    const { why, error: known } = connection.explain(failure);
    const ofDriver = failure instanceof Error && "code" in failure;
    throw known ?? (ofDriver ? error("COMPARISON_FAILED", { why }, { cause: failure }) : failure);
  }
}
