/** A connection of a process that is killed. */
import type { Connection } from "../../dialects/dialect.ts";

export interface Mortal {
  readonly connection: Connection;
  /** Never settles where the life was longer than the work. */
  readonly death: Promise<Death>;
}

export interface Death {
  /** The statement behind which it was killed. */
  readonly behind: string;
  /** Whether something ran outside of a transaction, behind the last that was logged there as begun. */
  readonly ran: boolean;
}

/**
 * `connection`, killed behind its `life`th statement that may change something. Whoever asks it for anything afterwards gets no
 * answer, as in a process that is no more: nothing behind an `await` runs, no handler and no `finally`.
 */
export function mortal(connection: Connection, life: number, kill: () => Promise<void>): Mortal {
  const { death, alive, lives } = clock(life, kill);
  const at = { inTransaction: false, ran: false };

  /** Half of what work does outside of a transaction cannot be told from all of it: there it lives on. */
  const asked = <Result>(sql: string, work: () => Promise<Result>) => {
    if (onlyReads.test(sql)) return alive(work);
    if (at.inTransaction) return lives(sql, at, work);
    at.ran = true;
    return alive(work);
  };
  const send: Connection["send"] = (statement) => {
    if (statement.verify !== undefined) return alive(() => connection.send(statement));
    return lives(statement.sql, at, async () => {
      if (!at.inTransaction) at.ran = statement.from !== null;
      await connection.send(statement);
      await connection.flush();
    });
  };
  const ending = (work: () => Promise<void>) => {
    at.inTransaction = false;
    return work();
  };
  const begin: Connection["begin"] = (options) =>
    alive(() => {
      at.inTransaction = true;
      return connection.begin(options);
    });
  return {
    death,
    connection: {
      ...connection,
      enter: (onWait) => alive(() => connection.enter(onWait)),
      state: () => alive(() => connection.state()),
      log: () => alive(() => connection.log()),
      all: (sql, params) => asked(sql, () => connection.all(sql, params)),
      run: (sql, params) => asked(sql, () => connection.run(sql, params)),
      ...{ send, begin },
      flush: () => alive(() => connection.flush()),
      commit: (to) => lives("COMMIT", at, () => ending(() => connection.commit(to))),
      rollback: () => alive(() => ending(connection.rollback)),
      probe: (statement) => alive(() => connection.probe(statement)),
      quiet: () => alive(() => connection.quiet()),
    },
  };
}

const onlyReads = /^\s*(?:SELECT|WITH|VALUES|PRAGMA|EXPLAIN|SHOW)\b/i;

/** Counts a life down. */
function clock(life: number, kill: () => Promise<void>) {
  let left = life;
  let die: (how: Death) => void = () => {};
  const death = new Promise<Death>((resolve) => {
    die = resolve;
  });
  const alive = <Result>(work: () => Promise<Result>) => (left > 0 ? work() : never<Result>());
  const lives = <Result>(
    statement: string,
    at: { readonly ran: boolean },
    work: () => Promise<Result>,
  ) =>
    alive(async () => {
      const result = await work();
      left -= 1;
      if (left > 0) return result;
      await kill();
      die({ behind: statement.trim(), ran: at.ran });
      return never<Result>();
    });
  return { death, alive, lives };
}

function never<Result>(): Promise<Result> {
  return new Promise(() => {});
}
