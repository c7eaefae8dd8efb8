/** A database file that is not there yet: it is made by the first thing that is written, and not by a look. */
import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { Connection, ConnectTarget } from "../dialect.ts";
import { connect } from "./connection.ts";
import { explain } from "./errors.ts";
import { locationOf } from "./url.ts";
import { query } from "./write.ts";

/** A connection to the database of `target`, whose file may come later. */
export async function connectLater(target: ConnectTarget): Promise<Connection> {
  if (target.existing !== undefined) return connect(target);
  const location = locationOf(target.url, target.root);
  const isThere = location.inMemory || existsSync(location.path);
  if (target.readOnly || isThere || !mayBeMade(location.path)) return connect(target);
  // An empty database in memory answers until there is one.
  let present = await connect({ ...target, readOnly: true });
  let onWait: (holder: string) => void = () => {};
  let made: Promise<Connection> | null = null;
  const make = async () => {
    const real = await connect(target);
    await real.enter(onWait);
    await present.close();
    present = real;
    return real;
  };
  const file = () => {
    made ??= make();
    return made;
  };
  return {
    enter(waiting) {
      onWait = waiting;
      return present.enter(waiting);
    },
    state: () => present.state(),
    log: () => present.log(),
    newestRun: () => present.newestRun(),
    all: async (...args) => (await file()).all(...args),
    wouldFind: async (...args) => (await file()).wouldFind?.(...args) ?? true,
    run: async (...args) => (await file()).run(...args),
    begin: async (options) => (await file()).begin(options),
    send: async (statement) => (await file()).send(statement),
    flush: () => present.flush(),
    commit: (heads) => present.commit(heads),
    rollback: () => present.rollback(),
    probe: async (statement) => (await file()).probe(statement),
    explain: (failure) => explain(failure, location.shown),
    drizzle: () => present.drizzle(),
    unanswered: () => present.unanswered(),
    quiet: () => present.quiet(),
    query,
    close: () => present.close(),
  };
}

/** False where a file is in the way of a folder: opening it says so, and had better say it first. */
function mayBeMade(path: string): boolean {
  let folder = dirname(path);
  while (!existsSync(folder) && folder !== dirname(folder)) folder = dirname(folder);
  return statSync(folder).isDirectory();
}
