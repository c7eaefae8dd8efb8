import { randomUUID } from "node:crypto";
import type { Connection } from "../dialects/dialect.ts";
import { asking } from "./asking.ts";
import type { StampTarget } from "./stamp.ts";

/**
 * Log a backup under the number of the run that comes: who needs it later finds it beside what it was made for. It is of no
 * revision; in the place of one stands a word that no revision may have as its id.
 */
export async function logBackup(
  { connection, dialect, versionTable, info }: StampTarget & { readonly connection: Connection },
  { message, file, startedAt }: { message: string; file: string; startedAt: Date },
): Promise<void> {
  const { create, log } = dialect.bookkeeping;
  await asking(connection, async () => {
    const { lastBatch } = await connection.state();
    const row = log(versionTable, {
      ...{ run: randomUUID(), batch: lastBatch + 1, direction: "backup", revision: "current" },
      ...{ message, file, checksum: "", startedAt: startedAt.toISOString() },
      ...{ success: true, ms: Date.now() - startedAt.getTime(), error: null, progress: null },
      ...info,
    });
    await connection.begin({ suspendForeignKeys: false });
    for (const sql of [...create(versionTable), row]) await connection.send({ sql, from: null });
    await connection.commit();
  });
}
