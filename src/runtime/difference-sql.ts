/** The statements of operations that were not run yet, each compiled against what those before it leave. */
import type { Connection, Dialect, Reader } from "../dialects/dialect.ts";
import type { Operation } from "../operations/operation.ts";

export interface OperationSql {
  readonly operation: Operation;
  readonly statements: readonly string[];
}

/** From the database of `connection` on. */
export async function statementsFor(
  { dialect, connection }: { readonly dialect: Dialect; readonly connection: Connection },
  operations: readonly Operation[],
): Promise<readonly OperationSql[]> {
  return compiled(dialect, operations, await dialect.scratch(connection));
}

/** From an empty database on. */
export async function statementsFromNothing(
  dialect: Dialect,
  operations: readonly Operation[],
): Promise<readonly OperationSql[]> {
  return compiled(dialect, operations, await dialect.scratch());
}

async function compiled(
  dialect: Dialect,
  operations: readonly Operation[],
  scratch: Connection | null,
): Promise<readonly OperationSql[]> {
  try {
    const done: OperationSql[] = [];
    for (const operation of operations) {
      const recorded = { operation, site: new Error("drafted here") };
      const statements = await dialect.compile(recorded, scratch ?? nothing);
      const own = statements.filter(({ verify }) => verify === undefined);
      for (const statement of own) await scratch?.send(statement);
      done.push({ operation, statements: own.map(({ sql }) => sql) });
    }
    return done;
  } finally {
    await scratch?.close();
  }
}

/** For a dialect that reads nothing to compile. */
const nothing: Reader = { all: async () => [] };
