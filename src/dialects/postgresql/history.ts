/** What a session knows of the database's history. */
import { fail } from "../../errors.ts";
import { masked } from "../mask.ts";
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
      session.begin();
      return heads ?? [];
    },
    /** Only this session moves the heads, and each commit brings back how they are. */
    async commit() {
      if (creating && session.found)
        session.found = { ...session.found, hasHeads: true, hasLog: true };
      const asking = session.found?.hasHeads ? headsSql(session.found.at) : null;
      const answer = await transaction.commit(asking);
      if (answer) heads = answer.rows.map(([head]) => head ?? "").sort();
    },
    /** What mig sends for itself may change what is known here. */
    note(sql: string) {
      if (transaction.begun) creating ||= creation.has(sql);
      else if (sql.includes(quote(target.versionTable.name))) heads = null;
    },
  };
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
