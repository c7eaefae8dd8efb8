/** A look at a database that something happened to. */
import Database from "better-sqlite3";
import { expect } from "vitest";
import { session } from "../support/postgres/database.ts";
import { postgresSchema, sqliteSchema } from "../support/schema-dump.ts";

export interface Look {
  readonly heads: readonly string[];
  readonly schema: string;
  /** How often each revision is applied by the log: ups less downs that succeeded. */
  readonly applied: Readonly<Record<string, number>>;
  /** Runs that began something and did not end, and that no later one made good. */
  readonly unfinished: number;
}

interface LogLine {
  readonly direction: string;
  readonly revision: string;
  readonly success: boolean | number | null;
  readonly begun: number | null;
}

const heads = "SELECT version_num AS id FROM mig_version ORDER BY 1";
const log =
  "SELECT direction, revision, success, statements_begun AS begun FROM mig_log ORDER BY id";

export function lookAtSqlite(path: string): Look {
  const engine = new Database(path);
  try {
    expect(engine.pragma("integrity_check", { simple: true })).toBe("ok");
    const rows = <Row>(sql: string) => engine.prepare(sql).all() as Row[];
    return {
      heads: rows<{ id: string }>(heads).map(({ id }) => id),
      // A column that comes, goes and comes again leaves a blank at the end of a line, or takes it along.
      schema: sqliteSchema(rows("SELECT * FROM sqlite_schema")).replaceAll(/ +$/gm, ""),
      ...story(rows(log)),
    };
  } finally {
    engine.close();
  }
}

export function lookAtPostgres(url: string): Promise<Look> {
  return session(url, async (client) => {
    // One at a time, as the driver wants it.
    let last: Promise<unknown> = Promise.resolve();
    const rows = <Row>(sql: string): Promise<Row[]> => {
      const answer = last.then(async () => (await client.query(sql)).rows as Row[]);
      last = answer;
      return answer;
    };
    return {
      heads: (await rows<{ id: string }>(heads)).map(({ id }) => id),
      schema: await postgresSchema(rows),
      ...story(await rows(log)),
    };
  });
}

function story(lines: readonly LogLine[]): Pick<Look, "applied" | "unfinished"> {
  const applied: Record<string, number> = {};
  const open = new Set<string>();
  for (const { direction, revision, success, begun } of lines) {
    if (success === null && begun) open.add(revision);
    if (!success) continue;
    open.delete(revision);
    applied[revision] = (applied[revision] ?? 0) + (direction === "up" ? 1 : -1);
  }
  return { applied, unfinished: open.size };
}
