/**
 * Loaded into a process before `mig` (NODE_OPTIONS --require), it lets the real driver fail at a chosen point:
 * FAULT_KILL=n is SIGKILL before the nth writing statement of the database file, FAULT_KILL_IN=word:ms is SIGKILL that
 * many milliseconds after a statement that begins with the word was begun, FAULT_PAGES=n lets the file grow by n pages
 * at most from the first transaction on, FAULT_KEYS keeps foreign keys on, as inside a transaction of somebody else.
 */
const { spawn } = require("node:child_process");
const { createRequire } = require("node:module");
const { join } = require("node:path");

const Database = createRequire(join(process.cwd(), "package.json"))("better-sqlite3");
const { FAULT_KILL, FAULT_KILL_IN, FAULT_PAGES, FAULT_KEYS } = process.env;
const { exec, pragma, prepare } = Database.prototype;
let statements = 0;

function before(database, sql) {
  if (database.memory || database.readonly) return;
  statements += 1;
  if (statements === Number(FAULT_KILL)) process.kill(process.pid, "SIGKILL");
  const [word, ms] = (FAULT_KILL_IN ?? "").split(":");
  if (word && sql.startsWith(word)) killIn(Number(ms));
  if (FAULT_PAGES && /^BEGIN/.test(sql)) limit(database, Number(FAULT_PAGES));
}

/** From outside: inside a statement nothing of this process runs. */
function killIn(ms) {
  spawn("sh", ["-c", `sleep ${ms / 1000}; kill -9 ${process.pid}`], { stdio: "ignore" }).unref();
}

function limit(database, more) {
  const pages = pragma.call(database, "page_count", { simple: true });
  pragma.call(database, `max_page_count = ${pages + more}`);
}

Database.prototype.exec = function (sql) {
  before(this, sql);
  return exec.call(this, sql);
};
function isDeaf(database, sql) {
  return FAULT_KEYS && !database.memory && /foreign_keys = OFF/.test(sql);
}

Database.prototype.prepare = function (sql) {
  return prepare.call(this, isDeaf(this, sql) ? "SELECT 1 WHERE 0" : sql);
};
Database.prototype.pragma = function (sql, options) {
  if (isDeaf(this, sql)) return [];
  if (sql.includes("=")) before(this, sql);
  return pragma.call(this, sql, options);
};
const Statement = Object.getPrototypeOf(new Database(":memory:").prepare("SELECT 1"));
const { run } = Statement;
Statement.run = function (...values) {
  before(this.database, this.source);
  return run.apply(this, values);
};
