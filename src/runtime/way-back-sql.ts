/** A drafted way back as SQL. */
import type { Drafted } from "../autogenerate/render/render.ts";
import type { Connection, Dialect, Reader } from "../dialects/dialect.ts";
import { ownWay } from "../dialects/own-way.ts";
import { terminated } from "../dialects/statement.ts";
import type { Recorded } from "../operations/operation.ts";

interface Place {
  readonly dialect: Dialect;
  readonly connection: Connection;
}

/**
 * The section of a .sql revision; null where a table is changed in a way that is found only when the table is looked at, so
 * that SQL written now would be about another table than the one of that day.
 */
export async function sqlOfWayBack(
  { dialect, connection }: Place,
  drafted: readonly Drafted[],
  remarks: readonly string[],
): Promise<string | null> {
  const scratch = await dialect.scratch(connection);
  try {
    const parts = remarks.map(comment);
    for (const { operation, remarks: own } of drafted) {
      const recorded = { operation, site: new Error("drafted here") };
      if (!(await isOwnWay(dialect, recorded, scratch ?? connection))) return null;
      const statements = await dialect.compile(recorded, scratch ?? connection);
      const said = statements.filter(({ verify }) => verify === undefined);
      for (const statement of said) await scratch?.send(statement);
      parts.push(...own.map(comment), ...said.map(({ sql }) => terminated(sql)));
    }
    return parts.join("\n");
  } finally {
    await scratch?.close();
  }
}

async function isOwnWay(dialect: Dialect, recorded: Recorded, reader: Reader): Promise<boolean> {
  const way = (await dialect.way?.(recorded, reader)) ?? null;
  return way === null || way === ownWay;
}

function comment(line: string): string {
  return `-- ${line.replace(/\s+/g, " ").trim()}`;
}
