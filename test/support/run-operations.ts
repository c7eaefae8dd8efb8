/** Operations that were not recorded, run as a revision runs them. */
import type { Connection, Dialect } from "../../src/dialects/dialect.ts";
import type { Operation, Recorded } from "../../src/operations/operation.ts";
import { carryOut } from "../../src/runtime/carry-out.ts";

/** Run `operations` in the transaction that is open. */
export async function runOperations(
  dialect: Dialect,
  connection: Connection,
  operations: readonly Operation[],
): Promise<void> {
  const recorded = operations.map(
    (operation): Recorded => ({
      operation,
      site: { file: "a test", line: 1 },
    }),
  );
  for (const it of recorded) dialect.check(it);
  await carryOut(dialect, recorded, {
    reader: connection,
    send: (statement) => connection.send(statement),
    work: async () => {},
  });
  await connection.flush();
}
