/** The SQLite dialect: it only assembles. */
import type { Dialect } from "../dialect.ts";
import { sqliteBookkeeping } from "./bookkeeping.ts";
import { check, compile, suspendsForeignKeys } from "./compile.ts";
import {
  goesWithoutTransaction,
  refusesTransaction,
  scriptAdvice,
  scriptEnvelope,
} from "./envelope.ts";
import { connectLater } from "./later.ts";
import { scratch } from "./scratch.ts";
import { split } from "./split.ts";
import { text } from "./write.ts";

/** SQLite, through better-sqlite3. */
export const sqlite: Dialect = {
  name: "sqlite",
  text,
  split,
  compile,
  check,
  refusesTransaction,
  goesWithoutTransaction,
  suspendsForeignKeys,
  scriptEnvelope,
  scriptGuard: () => [],
  scriptAdvice,
  bookkeeping: sqliteBookkeeping,
  connect: connectLater,
  scratch,
};
