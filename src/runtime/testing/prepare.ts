import { StatementError } from "../../dialects/statement.ts";
import { fail } from "../../errors.ts";
import type { Trial } from "./trial.ts";

/** Run the SQL that the config wants before the first revision. Throws SCRATCH_PREPARE_FAILED. */
export async function prepare({ options, connection }: Trial): Promise<void> {
  for (const { sql } of options.dialect.split(options.prepare)) {
    try {
      await connection.run(sql);
    } catch (thrown) {
      const cause = thrown instanceof StatementError ? thrown.cause : thrown;
      const { why } = connection.explain(cause);
      fail("SCRATCH_PREPARE_FAILED", { dialect: options.dialect.name, why }, { statement: sql });
    }
  }
}
