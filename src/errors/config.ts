import { list, markingHelp } from "./words.ts";

/** Failures of the config, of environments, and of how a command was typed. */
export const configErrors = {
  WRONG_USAGE: (it: { message: string; help?: string }) => ({
    message: it.message,
    help: it.help ?? "`mig --help` lists the commands, `mig COMMAND --help` its options",
  }),
  CONFIG_MISSING: (it: { looked: string; folder: string }) => ({
    message: `there is no config: looked for ${it.looked} in ${it.folder}`,
    help: "`mig init` writes one here, or name another with -c",
  }),
  CONFIG_EXISTS: (it: { file: string }) => ({
    message: `${it.file} is there already`,
    help: "the project is set up: nothing was written; remove the config first to start anew",
  }),
  /** `path` is the member; null where it is about the whole. */
  CONFIG_INVALID: (it: { file: string; path: string | null; why: string }) => ({
    message: it.path === null ? `${it.file} ${it.why}` : `${it.file}: \`${it.path}\` ${it.why}`,
    help:
      it.path === null
        ? "write `export default defineConfig({ … })`"
        : "correct the config; nothing was done",
  }),
  UNKNOWN_ENVIRONMENT: (it: { name: string; known: readonly string[] }) => ({
    message: `there is no environment "${it.name}"`,
    help: it.known.length
      ? `the config has ${list(it.known, "and")}`
      : "the config has no `environments`",
  }),
  NO_URL: (it: { environment: string; isDefault: boolean }) => ({
    message: `environment "${it.environment}" has no database URL`,
    help: it.isDefault
      ? "set its `url` in the config (or the variable that it reads), DATABASE_URL, or DB_HOST and DB_NAME; or say --url"
      : "set its `url` in the config (or the variable that it reads), or say --url; DATABASE_URL stands in for the default environment only",
  }),
  URL_INVALID: (it: { url: string; why: string }) => ({
    message: `"${it.url}" is not a database URL: ${it.why}`,
    help: "write sqlite:path/to/file.db, sqlite::memory:, postgres://user@host:5432/database, pglite:path/to/folder",
  }),
  READ_ONLY_ENVIRONMENT: (it: { name: string }) => ({
    message: `environment "${it.name}" is read-only`,
    help: "choose another environment with -n, or change `readOnly` in the config",
  }),
  NOT_CONFIRMED: (it: { name: string; command: string }) => ({
    message: `environment "${it.name}" is protected, and ${it.command} was not confirmed`,
    help: "type the environment's name when asked, or say --yes where nobody can answer",
  }),
  PROTECTED_FROM_RESET: (it: { name: string }) => ({
    message: `environment "${it.name}" is protected, and reset never runs there`,
    help: "choose another environment with -n; what is meant for this one is `mig downgrade` or a new revision",
  }),
  BACKUP_FAILED: (it: { command: string; why: string }) => ({
    message: `the backup failed: ${it.why}`,
    help: `nothing was run; correct \`backup\` of the environment (${it.command})`,
  }),
  CALLBACK_FAILED: (it: { callback: string; why: string }) => ({
    message: `\`${it.callback}\` of the config threw: ${it.why}`,
    help: `correct \`${it.callback}\`, then run again`,
  }),
  CONNECTION_UNUSABLE: (it: { why: string }) => ({
    message: `the connection that was given cannot be used: ${it.why}`,
    help: "give a Database of better-sqlite3, a connected Client or a Pool of pg, a PGlite, or drizzle on one of them, on PostgreSQL with no transaction open; or a `url`",
  }),
  MIGRATOR_CLOSED: (_: object) => ({
    message: "this Migrator is closed",
    help: "make another one, and close it when everything is done",
  }),
  LISTENER_THREW: (it: { event: string; why: string }) => ({
    message: `a listener of "${it.event}" threw: ${it.why}`,
    help: "a listener cannot stop a run; what is to stop it belongs into the callbacks of the config",
  }),
  DRIVER_BROKEN: (it: { driver: string; why: string }) => ({
    message: `the package ${it.driver} is installed, and does not load: ${it.why}`,
    help: `npm rebuild ${it.driver} (a driver is built for one version of Node, by its install script)`,
  }),
  DRIVER_MISSING: (it: { driver: string; dialect: string }) => ({
    message: `${it.dialect} needs the package ${it.driver}, which is not installed`,
    help: `npm install ${it.driver}`,
  }),
  SCRATCH_UNUSABLE: (it: { url: string; why: string }) => ({
    message: `a database to try things on cannot be made at ${it.url}: ${it.why}`,
    help: "`scratch.postgresql` of the config names a server whose user may create databases; without it PGlite is used",
  }),
  SCRATCH_SKIP: (it: { revision: string }) => ({
    message: `\`scratch.skip\` of the config names "${it.revision}", and no file has that id`,
    help: "write the whole id, or take it out; `mig history` lists the revisions",
  }),
  SCRATCH_PREPARE_FAILED: (it: { dialect: string; why: string }) => ({
    message: `the SQL of \`scratch.prepare.${it.dialect}\` failed: ${it.why}`,
    help: "correct it in the config; no database of the project was touched",
  }),
  REPLAY_FAILED: (it: { dialect: string; revision: string; why: string }) => ({
    message: `the history does not run on an empty ${it.dialect} database: ${it.why}`,
    help: markingHelp(it.revision),
  }),
  PGLITE_MISSING: (_: object) => ({
    message:
      "PostgreSQL without a server needs the package @electric-sql/pglite, which is not installed",
    help: 'npm install --save-dev @electric-sql/pglite; or name a server to try things on: `scratch: { postgresql: "postgres://…" }` in the config; --dialect sqlite goes on without',
  }),
} as const;
