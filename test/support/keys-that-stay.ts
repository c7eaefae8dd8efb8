/** Foreign keys that nobody can switch off, as inside a transaction of somebody else: the pragma does nothing, and says nothing. */
import Database from "better-sqlite3";

const off = /^\s*(?:PRAGMA\s+)?foreign_keys\s*=\s*OFF/i;

/** From now on no connection of this test file switches foreign keys off, but for those in memory. */
export function keepForeignKeysOn(): void {
  const { pragma, prepare } = Database.prototype;
  Database.prototype.pragma = function (source, options) {
    return off.test(source) && !this.memory ? [] : pragma.call(this, source, options);
  };
  // A pragma does its work when it is prepared.
  const deaf: Database.Database["prepare"] = function (this: Database.Database, source) {
    const heard = off.test(source) && !this.memory ? "SELECT 1 WHERE 0" : source;
    return prepare.call(this, heard) as never;
  };
  Database.prototype.prepare = deaf;
}
