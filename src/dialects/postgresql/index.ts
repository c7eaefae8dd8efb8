/** The PostgreSQL dialect, put together. */
import type { Dialect } from "../dialect.ts";
import { backUp } from "./backup.ts";
import { besides } from "./besides.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { compile } from "./compile.ts";
import { concerns } from "./concerns.ts";
import { connect } from "./connect.ts";
import { scriptAdvice, scriptEnvelope, scriptGuard } from "./envelope.ts";
import { killable } from "./killable.ts";
import { locksNeeded } from "./locks-needed.ts";
import { normalise } from "./normalise.ts";
import { reflect } from "./reflect/reflect.ts";
import { refusesTransaction } from "./refusals.ts";
import { rules } from "./rules.ts";
import { text } from "./spell.ts";
import { split } from "./split.ts";
import { throwAway } from "./throw-away.ts";

export const postgresql: Dialect = {
  name: "postgresql",
  text,
  split,
  compile: async (recorded) => compile(recorded),
  check: (recorded) => void compile(recorded),
  refusesTransaction,
  goesWithoutTransaction: () => true,
  suspendsForeignKeys: () => false,
  locksNeeded,
  scriptEnvelope,
  scriptGuard,
  scriptAdvice,
  bookkeeping,
  connect,
  backUp,
  scratch: () => null,
  throwAway,
  killable,
  rules,
  reflect,
  besides,
  normalise,
  concerns,
};
