/** The statements of operations that were not run yet, each compiled against what those before it leave. */
import type { Connection, Dialect } from "../dialects/dialect.ts";
import type { Operation } from "../operations/operation.ts";

export interface OperationSql {
  readonly operation: Operation;
  readonly statements: readonly string[];
}

export async function statementsFor(
  { dialect, connection }: { readonly dialect: Dialect; readonly connection: Connection },
  operations: readonly Operation[],
): Promise<readonly OperationSql[]> {
  const scratch = await dialect.scratch(connection);
  try {
    const compiled: OperationSql[] = [];
    for (const operation of operations) {
      const recorded = { operation, site: new Error("drafted here") };
      const statements = await dialect.compile(recorded, scratch ?? connection);
      const own = statements.filter(({ verify }) => verify === undefined);
      for (const statement of own) await scratch?.send(statement);
      compiled.push({ operation, statements: own.map(({ sql }) => sql) });
    }
    return compiled;
  } finally {
    await scratch?.close();
  }
}
