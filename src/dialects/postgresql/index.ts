/** The PostgreSQL dialect, put together. */
import type { Dialect } from "../dialect.ts";
import { bookkeeping } from "./bookkeeping.ts";
import { compile } from "./compile.ts";
import { connect } from "./connect.ts";
import { scriptEnvelope } from "./envelope.ts";
import { locksNeeded } from "./locks-needed.ts";
import { refusesTransaction } from "./refusals.ts";
import { text } from "./spell.ts";
import { split } from "./split.ts";

export const postgresql: Dialect = {
  name: "postgresql",
  text,
  split,
  compile: async (recorded) => compile(recorded),
  refusesTransaction,
  goesWithoutTransaction: () => true,
  suspendsForeignKeys: () => false,
  locksNeeded,
  scriptEnvelope,
  bookkeeping,
  connect,
  scratch: () => null,
};
