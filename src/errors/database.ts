import { list } from "./words.ts";

/** Failures of a server or a database file, and of running a revision on it. */
export const databaseErrors = {
  UNREACHABLE: (it: { url: string; why: string }) => ({
    message: `cannot connect to ${it.url}: ${it.why}`,
    help: "check that the server runs and takes connections, the host and the port",
  }),
  AUTHENTICATION_FAILED: (it: { url: string; why: string }) => ({
    message: `the server at ${it.url} refused the login: ${it.why}`,
    help: "check the user and the password",
  }),
  DATABASE_MISSING: (it: { url: string; why: string }) => ({
    message: `the database of ${it.url} does not exist: ${it.why}`,
    help: "create it first, for example with createdb",
  }),
  DATABASE_UNUSABLE: (it: { url: string; why: string }) => ({
    message: `${it.url} cannot be used: ${it.why}`,
    help: "check the path and that it is an SQLite database",
  }),
  READ_ONLY_DATABASE: (it: { url: string }) => ({
    message: `${it.url} is read-only`,
    help: "check who may write to the file and its folder, or that the server is no standby",
  }),
  BOOKKEEPING_FAILED: (it: { why: string }) => ({
    message: `mig's own tables cannot be used: ${it.why}`,
    help: "the user of the URL has to be allowed to create, read and write the version table and the log; `versionTable` of the config says where they are",
  }),
  POOLED_CONNECTION: (it: { url: string }) => ({
    message: `${it.url} is a pooled connection: its transactions share sessions of the server with others`,
    help: "give mig the server itself (its own port, a host without -pooler), or a pooler in session mode; locks and settings do not hold in transaction mode",
  }),
  INTERRUPTED: (it: { why: string }) => ({
    message: `interrupted: ${it.why}`,
    help: "run the command again to go on",
  }),
  LOCKED: (it: { waited: string; holder: string }) => ({
    message: `gave up after ${it.waited}: ${it.holder}`,
    help: "wait for it to end, or raise `lockTimeout` of the environment",
  }),
  REVISION_FAILED: (it: { revision: string; why: string; help: string }) => ({
    message: `revision ${it.revision} failed: ${it.why}`,
    help: it.help,
  }),
  CONNECTION_LOST: (it: { why: string; help: string }) => ({
    message: `the connection was lost: ${it.why}`,
    help: it.help,
  }),
  TRANSACTION_ENDED: (it: { how: "ended" | "rolled back" }) => ({
    message: `the revision's transaction was ${it.how} before its end, by the revision itself`,
    help:
      it.how === "ended"
        ? "mig begins and commits: leave out COMMIT and ROLLBACK, or say `transaction = false`; what ran before may have been committed, so look at the database first"
        : "a query of the revision failed and its error was caught: let it through, or put the query into a savepoint",
  }),
  DROP_CASCADES: (it: { table: string; children: readonly string[] }) => ({
    message: `foreign keys are on, and DROP TABLE "${it.table}" would delete or change rows of ${list(it.children, "and")}`,
    help: "use op.dropTable, or op.batchAlterTable in the place of a rebuild by hand",
  }),
  FOREIGN_KEYS_BROKEN: (
    it: { count: number; examples: readonly string[] } | { mismatch: string },
  ) =>
    "mismatch" in it
      ? {
          message: `a foreign key would refer to columns that are no key: ${it.mismatch}`,
          help: "refer to a primary key, or to columns with a unique constraint or index of their own",
        }
      : {
          message: `${it.count} row${it.count === 1 ? "" : "s"} would refer to nothing: ${it.examples.join(", ")}`,
          help: "correct these rows, or drop the foreign key, in the revision",
        },
  ROWS_CHANGED: (it: { table: string; before: number; after: number }) => ({
    message: `the rebuild of "${it.table}" would leave ${it.after} rows of ${it.before}`,
    help: "this is a defect of mig, and nothing was changed; please report it",
  }),
  VERSION_TABLE_LOST: (it: { how: "missing" | "empty"; last: string }) => ({
    message: `the version table is ${it.how}, and by the log revision ${it.last} is applied`,
    help: `say where the database is: \`mig stamp ${it.last}\` (with the other heads, if there were several), or \`mig stamp base\` where it was emptied as well`,
  }),
  HEADS_MOVED: (it: { expected: string; found: string }) => ({
    message: `the version table changed while this command ran: expected ${it.expected}, found ${it.found}`,
    help: "look with `mig current`, then run the command again",
  }),
  RESUME_IMPOSSIBLE: (it: { revision: string; done: number }) => ({
    message: `revision ${it.revision} ran half-way (${it.done} statement${it.done === 1 ? "" : "s"}), and these are no longer the statements of its file`,
    help: "put the file back as it was and run again; or finish by hand and `mig stamp` it",
  }),
  RESUME_UNCLEAR: (it: { revision: string; statement: number }) => ({
    message: `revision ${it.revision} was stopped while statement ${it.statement} ran, and whether it took effect cannot be told`,
    help: "look at the database, finish the revision by hand, and mark it as applied with `mig stamp`",
  }),
  HALF_APPLIED: (it: { revision: string }) => ({
    message: `revision ${it.revision} is half applied: its last run stopped between two statements`,
    help: `finish it with \`mig upgrade ${it.revision}\`, or undo by hand what it did and run \`mig repair --handled ${it.revision}\``,
  }),
  TOO_MANY_LOCKS: (it: { tables: number; limit: number }) => ({
    message: `this run would lock about ${it.tables} tables in one transaction; the server holds about ${it.limit}`,
    help: "run with --transaction each, split the revision, or raise max_locks_per_transaction",
  }),
} as const;
