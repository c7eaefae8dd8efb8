/**
 * Loaded into a process before `mig` (NODE_OPTIONS --require): KILL_BEHIND=n is SIGKILL as soon as the nth statement that it
 * sends to the real database is done, in the middle of a message where it comes to that.
 */
const { createRequire } = require("node:module");
const { join } = require("node:path");

const required = createRequire(join(process.cwd(), "package.json"));
const point = Number(process.env.KILL_BEHIND);
let done = 0;

if (process.env.DATABASE_URL.startsWith("sqlite:")) onSqlite(required("better-sqlite3"));
else onPostgres(required("pg").Connection.prototype);

function die() {
  process.kill(process.pid, "SIGKILL");
}

function onSqlite(Database) {
  const counted = (call, isOurs) =>
    function (...values) {
      const result = call.apply(this, values);
      const database = this.database ?? this;
      if (database.memory || database.readonly || !isOurs(values[0])) return result;
      done += 1;
      if (done === point) die();
      return result;
    };
  const { exec, pragma } = Database.prototype;
  Database.prototype.exec = counted(exec, (sql) => sql !== "");
  Database.prototype.pragma = counted(pragma, (sql) => sql.includes("="));
  const Statement = Object.getPrototypeOf(new Database(":memory:").prepare("SELECT 1"));
  Statement.run = counted(Statement.run, () => true);
}

function onPostgres(wire) {
  const { query } = wire;
  wire.query = function (text) {
    const statements = text.split(/(?<=;)\n/).filter((it) => it !== "");
    const left = point - done;
    done += statements.length;
    if (left < 1 || left > statements.length) return query.call(this, text);
    this.once("readyForQuery", die);
    query.call(this, statements.slice(0, left).join("\n"));
  };
}
