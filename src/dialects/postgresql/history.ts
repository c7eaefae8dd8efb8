/** What a session knows of the database's history. */
import { fail } from "../../errors.ts";
import { masked } from "../mask.ts";
import type { Outcome } from "./batch.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { takeLock } from "./lock.ts";
import { refuseTransactionMode } from "./pooler.ts";
import type { Session } from "./session.ts";
import {
  type Answer,
  headsSql,
  lookAround,
  readLog,
  readState,
  type Surroundings,
} from "./state.ts";
import { quote } from "./write.ts";

/** The part of a connection that knows the history, and keeps knowing the heads without asking for them. */
export function historyOf(session: Session) {
  const { client, target, transaction } = session;
  const creation = new Set(bookkeeping.create(target.versionTable));
  let heads: readonly string[] | null = null;
  let newestRun: string | null = null;
  let creating = false;
  /** How many statements of mig's own the open transaction has. */
  let own = 0;

  const look = async (found: Surroundings): Promise<Answer> => {
    const answer = await readState(client, found);
    newestRun = answer.newestRun;
    // What a transaction sees of its own may yet be rolled back.
    if (transaction.begun) return answer;
    session.found = found;
    heads = answer.state.heads ?? [];
    return answer;
  };
  const state = () =>
    session.ask(async () => (await look(await lookAround(client, target.versionTable))).state);
  return {
    state,
    async enter(onWait: (holder: string) => void) {
      const { pid, found } = await enterUnderLock(session, onWait);
      const answer = await look(found);
      if (answer.pid !== pid) fail("POOLED_CONNECTION", { url: masked(target.url) });
      return answer.state;
    },
    log: () => session.ask(async () => readLog(client, await surroundings(session))),
    newestRun: async () => newestRun,
    async begin() {
      if (heads === null) await state();
      creating = false;
      own = 0;
      session.begin();
      return heads ?? [];
    },
    /** Only this session moves the heads: they are where it moved them, or the commit brings back how they are. */
    async commit(moved?: readonly string[]) {
      if (creating && session.found)
        session.found = { ...session.found, hasHeads: true, hasLog: true };
      const asking = session.found?.hasHeads && !moved ? headsSql(session.found.at) : null;
      const outcomes = await session.commit(asking);
      const [answer] = asking === null ? [] : outcomes.slice(-1);
      if (answer) heads = answer.rows.map(([head]) => head ?? "").sort();
      else if (moved) heads = eachMovedOne(outcomes, own) ? moved : null;
    },
    /** What mig sends for itself may change what is known here. */
    note(sql: string) {
      own += 1;
      if (transaction.begun) creating ||= creation.has(sql);
      else if (sql.includes(quote(target.versionTable.name))) heads = null;
    },
  };
}

/** Whether the last `count` statements, all of them mig's own, found the row that each was about. */
function eachMovedOne(outcomes: readonly Outcome[], count: number): boolean {
  const last = count === 0 ? [] : outcomes.slice(-count);
  return last.length === count && last.every(({ tag }) => / 1$/.test(tag));
}

/** Where mig's tables are; what was seen once is not asked for again. */
async function surroundings(session: Session): Promise<Surroundings> {
  session.found ??= await lookAround(session.client, session.target.versionTable);
  return session.found;
}

async function enterUnderLock(
  { client, target, beside }: Session,
  onWait: (holder: string) => void,
) {
  const { versionTable: at, timeouts, signal } = target;
  const locked = await takeLock(client, {
    ...{ at, onWait, signal, timeout: timeouts.runLock },
    prove: (pid) => refuseTransactionMode(client, pid, beside, target),
  });
  // Who held the lock may have made the tables while this was being asked.
  const found = locked.hasHeads ? locked : await lookAround(client, at);
  return { pid: locked.pid, found };
}
