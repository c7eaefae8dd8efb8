/** Asking for what mig keeps in the database. What fails there is about the database, and about no revision. */
import type { Connection } from "../dialects/dialect.ts";
import { error, MigError } from "../errors.ts";

/** Do `ask`, and say what a failure of the server or the file means. */
export async function asking<Result>(
  connection: Pick<Connection, "explain">,
  ask: () => Promise<Result>,
): Promise<Result> {
  try {
    return await ask();
  } catch (failure) {
    if (failure instanceof MigError) throw failure;
    const { why, error: known } = connection.explain(failure);
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
  };
}
