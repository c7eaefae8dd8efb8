/** A second session with the server: it looks at the first one, which is busy, and ends what that one runs. */
import type pg from "pg";
import type { ConnectTarget } from "../dialect.ts";
import type { Row } from "../statement.ts";
import { open } from "./open.ts";
import { isPglite } from "./pglite.ts";

/** How long anything here may take, in milliseconds: nothing that matters waits for it longer. */
const patience = 3_000;

export interface Beside {
  /** The rows of `sql`; null where there is no second session, or it does not answer in time. */
  ask(sql: string): Promise<readonly Row[] | null>;
  close(): Promise<void>;
}

/** The second session of `target`. It is opened when it is asked first. */
export function besideOf(target: ConnectTarget): Beside {
  let opened: Promise<pg.Client | null> | null = null;
  const client = () => {
    // PGlite has one session.
    opened ??= isPglite(target.url) ? Promise.resolve(null) : open(target).catch(() => null);
    return opened;
  };
  return {
    async ask(sql) {
      const answer = client().then((it) => it?.query<Row>(sql));
      const result = await inTime(answer.catch(() => undefined));
      return result?.rows ?? null;
    },
    async close() {
      const it = await inTime(opened ?? Promise.resolve(null));
      if (it) await inTime(it.end());
    },
  };
}

async function inTime<Result>(work: Promise<Result>): Promise<Result | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<undefined>((done) => {
    timer = setTimeout(() => done(undefined), patience);
  });
  return Promise.race([work, over]).finally(() => clearTimeout(timer));
}
