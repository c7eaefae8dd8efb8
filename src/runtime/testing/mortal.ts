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
  let left = life;
  let inTransaction = false;
  let ran = false;
  let die: (how: Death) => void = () => {};
  const death = new Promise<Death>((resolve) => {
    die = resolve;
  });
  const alive = <Result>(work: () => Promise<Result>) => (left > 0 ? work() : never<Result>());
  const lives = <Result>(statement: string, work: () => Promise<Result>) =>
    alive(async () => {
      const result = await work();
      left -= 1;
      if (left > 0) return result;
      await kill();
      die({ behind: statement.trim(), ran });
      return never<Result>();
    });

  /** Half of what work does outside of a transaction cannot be told from all of it: there it lives on. */
  const asked = <Result>(sql: string, work: () => Promise<Result>) => {
    if (onlyReads.test(sql)) return alive(work);
    if (inTransaction) return lives(sql, work);
    ran = true;
    return alive(work);
  };

  return {
    death,
    connection: {
      ...connection,
      enter: (onWait) => alive(() => connection.enter(onWait)),
      state: () => alive(() => connection.state()),
      log: () => alive(() => connection.log()),
      all: (sql, params) => asked(sql, () => connection.all(sql, params)),
      run: (sql, params) => asked(sql, () => connection.run(sql, params)),
      begin: (options) =>
        alive(() => {
          inTransaction = true;
          return connection.begin(options);
        }),
      send: (statement) =>
        statement.verify === undefined
          ? lives(statement.sql, async () => {
              if (!inTransaction) ran = statement.from !== null;
              await connection.send(statement);
              await connection.flush();
            })
          : alive(() => connection.send(statement)),
      flush: () => alive(() => connection.flush()),
      commit: () =>
        lives("COMMIT", async () => {
          inTransaction = false;
          await connection.commit();
        }),
      rollback: () =>
        alive(() => {
          inTransaction = false;
          return connection.rollback();
        }),
      probe: (statement) => alive(() => connection.probe(statement)),
      quiet: () => alive(() => connection.quiet()),
    },
  };
}

const onlyReads = /^\s*(?:SELECT|WITH|VALUES|PRAGMA|EXPLAIN|SHOW)\b/i;

function never<Result>(): Promise<Result> {
  return new Promise(() => {});
}
