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

/** The operations that `script` records. */
export function record(script: Script, context: RecordContext): Recording {
  const operations: Recorded[] = [];
  let over = false;
  const add: Recorder["add"] = (operation) => {
    if (over) refuseLate();
    operations.push({ operation, site: new Error("recorded here") });
  };
  const returned = script(createOp(context, { add, values: valuesFor(context) }));
  over = true;
  return { returned, operations };
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
