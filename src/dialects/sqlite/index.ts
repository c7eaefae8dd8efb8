/** The SQLite dialect: it only assembles. */
import type { Dialect } from "../dialect.ts";
import { backUp } from "./backup.ts";
import { besides } from "./besides.ts";
import { sqliteBookkeeping } from "./bookkeeping.ts";
import { check, compile, suspendsForeignKeys } from "./compile.ts";
import { concerns } from "./concerns.ts";
import { missingIn } from "./copy-from.ts";
import {
  goesWithoutTransaction,
  refusesTransaction,
  scriptAdvice,
  scriptEnvelope,
} from "./envelope.ts";
import { gather } from "./gather.ts";
import { killable } from "./killable.ts";
import { connectLater } from "./later.ts";
import { normalise } from "./normalise.ts";
import { reflect } from "./reflect.ts";
import { rules } from "./rules.ts";
import { scratch } from "./scratch.ts";
import { split } from "./split.ts";
import { throwAway } from "./throw-away.ts";
import { way } from "./way.ts";
import { text } from "./write.ts";

/** SQLite, through better-sqlite3. */
export const sqlite: Dialect = {
  name: "sqlite",
  text,
  split,
  compile,
  way,
  gather,
  missingIn,
  check,
  refusesTransaction,
  goesWithoutTransaction,
  suspendsForeignKeys,
  scriptEnvelope,
  scriptGuard: () => [],
  scriptAdvice,
  bookkeeping: sqliteBookkeeping,
  connect: connectLater,
  backUp,
  scratch,
  throwAway,
  killable,
  rules,
  reflect,
  besides,
  normalise,
  concerns,
};
