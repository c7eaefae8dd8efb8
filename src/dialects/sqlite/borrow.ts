/** A connection that somebody else made: used as it is, and given back as it was. */
import { fail } from "../../errors.ts";
import type { ConnectTarget } from "../dialect.ts";
import type { Engine } from "./driver.ts";
import { known } from "./errors.ts";
import type { Opened } from "./open.ts";
import { hasOpenQuery } from "./transaction.ts";
import { locationOf } from "./url.ts";

/** What a run may leave changed, in the order in which it is put back. */
const kept = [
  "busy_timeout",
  "foreign_keys",
  "legacy_alter_table",
  "journal_mode",
  "journal_size_limit",
] as const;

/** Use `engine` for `target`. Throws CONNECTION_UNUSABLE. */
export function borrow(engine: Engine, target: ConnectTarget): Opened {
  if (!engine.open) fail("CONNECTION_UNUSABLE", { why: "it is closed" });
  if (hasOpenQuery(engine))
    fail("CONNECTION_UNUSABLE", { why: "rows of a query on it are left to be read" });
  const location = locationOf(target.url, target.root);
  try {
    const numbers = usingNumbers(engine);
    const before = kept.map((name) => [name, engine.pragma(name, { simple: true })] as const);
    return {
      engine,
      location,
      giveBack() {
        for (const [name, value] of before) {
          if (engine.pragma(name, { simple: true }) !== value) engine.pragma(`${name} = ${value}`);
        }
        numbers.putBack();
      },
    };
  } catch (cause) {
    throw known(cause, location.shown) ?? cause;
  }
}

/** Integers come as numbers meanwhile, whatever the connection is set to: that cannot be asked, only seen. */
function usingNumbers(engine: Engine): { putBack(): void } {
  const wasBig = typeof engine.prepare("SELECT 1").pluck().get() === "bigint";
  if (wasBig) engine.defaultSafeIntegers(false);
  return { putBack: () => void (wasBig && engine.defaultSafeIntegers(true)) };
}
