/** Asking for what mig keeps in the database. What fails there is about the database, and about no revision. */
import type { Connection } from "../dialects/dialect.ts";
import { StatementError } from "../dialects/statement.ts";
import { error, MigError } from "../errors.ts";
import { HeadsMoved } from "./target.ts";

/** Do `ask`, and say what a failure of the server or the file means. */
export async function asking<Result>(
  connection: Pick<Connection, "explain">,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof MigError || failure instanceof HeadsMoved) throw failure;
    // Where in mig's own SQL it failed is of use to nobody.
    const cause = failure instanceof StatementError ? failure.cause : failure;
    const { why, error: known } = connection.explain(cause);
    throw known ?? error("BOOKKEEPING_FAILED", { why }, { cause: failure });
  }
}

/** `connection`, whose answers about mig's own tables fail with an error of the catalogue. */
export function explained(connection: Connection): Connection {
  return {
    ...connection,
    enter: (onWait) => asking(connection, () => connection.enter(onWait)),
    state: () => asking(connection, () => connection.state()),
    log: () => asking(connection, () => connection.log()),
    newestRun: () => asking(connection, () => connection.newestRun()),
  };
}

/** Say `state` of a failure that came before everything else. */
export async function orUntouched<Result>(
  state: string,
  work: () => Promise<Result>,
): Promise<Result> {
  try {
    return await work();
  } catch (failure) {
    throw failure instanceof MigError ? failure.within({ state }) : failure;
  }
}
