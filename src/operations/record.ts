/** Running a script of a revision, which records operations and touches no database. */
import { alterCalls, refusePromise } from "./calls/alter.ts";
import { enumCalls } from "./calls/enums.ts";
import { indexCalls } from "./calls/indexes.ts";
import { commentCalls, extensionCalls, namespaceCalls, sequenceCalls } from "./calls/objects.ts";
import type { Recorder } from "./calls/recorder.ts";
import { policyCalls, roleCalls } from "./calls/security.ts";
import { tableCalls } from "./calls/tables.ts";
import { viewCalls } from "./calls/views.ts";
import type { Op } from "./op.ts";
import type { Recorded } from "./operation.ts";
import { invalid } from "./resolve/names.ts";
import { type RecordContext, valuesFor } from "./resolve/values.ts";

export type { RecordContext } from "./resolve/values.ts";

export type Script = (op: Op) => unknown;

/** What a script recorded, and what it gave back: a promise there is the caller's to refuse. */
export interface Recording {
  readonly operations: readonly Recorded[];
  readonly returned: unknown;
}

/** The operations that `script` records. Scripts that are given the same context share their `op`. */
export function record(script: Script, context: RecordContext): Recording {
  const sheet = sheetFor(context);
  const { list: outer } = sheet;
  const operations: Recorded[] = [];
  sheet.list = operations;
  try {
    return { returned: script(sheet.op), operations };
  } finally {
    sheet.list = outer;
  }
}

/** Where the calls of `op` go. */
interface Sheet {
  readonly op: Op;
  /** Null while no script runs. */
  list: Recorded[] | null;
}

const sheets = new WeakMap<RecordContext, Sheet>();

/** It has a function for each kind of operation: made anew for every script, they would be most of what recording costs. */
function sheetFor(context: RecordContext): Sheet {
  const known = sheets.get(context);
  if (known) return known;
  const add: Recorder["add"] = (operation) => {
    if (sheet.list === null) refuseLate();
    sheet.list.push({ operation, site: new Error("recorded here") });
  };
  const op = createOp(context, { add, values: valuesFor(context) });
  // What one script changed of it would hold for the others, too.
  const sheet: Sheet = { op: Object.freeze(op), list: null };
  sheets.set(context, sheet);
  return sheet;
}

function createOp({ dialect, args }: RecordContext, recorder: Recorder): Op {
  const { add, values } = recorder;
  const op: Op = {
    dialect,
    args,
    ...tableCalls(recorder),
    ...alterCalls(recorder),
    ...indexCalls(recorder),
    ...enumCalls(recorder),
    ...namespaceCalls(recorder),
    ...extensionCalls(recorder),
    ...sequenceCalls(recorder),
    ...viewCalls(recorder),
    ...commentCalls(recorder),
    ...roleCalls(recorder),
    ...policyCalls(recorder),
    execute: (sql) => {
      const text = values.sql(sql, "op.execute");
      if (text !== null) add({ kind: "execute", sql: text });
    },
    run: (what, work) => add({ kind: "run", what, work }),
    on: (wanted, script) => {
      const returned: unknown = wanted === dialect ? script(op) : undefined;
      refusePromise(returned, "op.on");
    },
  };
  return op;
}

/** What is recorded after the script has returned was seen by no check, and would run at another place. */
function refuseLate(): never {
  const why = "it records, and upgrade() has returned; inside op.run use `db`";
  return invalid("op", why);
}
