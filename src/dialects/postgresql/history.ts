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
  /** The statements of mig's own that the open transaction has. */
  let own: string[] = [];

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
      own = [];
      session.begin();
      return heads ?? [];
    },
    /** Only this session moves the heads: they are where it moved them, or the commit brings back how they are. */
    async commit(moved?: readonly string[]) {
      if (session.found && own.some((sql) => creation.has(sql)))
        session.found = { ...session.found, hasHeads: true, hasLog: true };
      const left = await commitTo(session, moved, own.length);
      if (left !== undefined) heads = left;
    },
    /** What mig sends for itself may change what is known here. */
    note(sql: string) {
      if (transaction.begun) own.push(sql);
      else if (sql.includes(quote(target.versionTable.name))) heads = null;
    },
  };
}

/** Commit; gives the heads that are left, null where they have to be looked at, and undefined where there is no table of them. */
async function commitTo(
  session: Session,
  moved: readonly string[] | undefined,
  own: number,
): Promise<readonly string[] | null | undefined> {
  if (moved) return eachMovedOne(await session.commit(null), own) ? moved : null;
  const { found } = session;
  const asking = found?.hasHeads ? headsSql(found.at) : null;
  const answer = (await session.commit(asking)).at(-1);
  return asking === null ? undefined : answer?.rows.map(([head]) => head ?? "").sort();
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
