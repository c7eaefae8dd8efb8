/** What rows that exist have against operations, counted: for whoever reads a draft. */
import { displayName, type Schema } from "../model/schema.ts";
import { apply } from "../operations/apply.ts";
import type { Operation } from "../operations/operation.ts";
import { type Question, questionsAbout } from "./concerns/questions.ts";
import { createRows } from "./concerns/rows.ts";
import type { Spelling } from "./concerns/spelling.ts";
import type { Reader } from "./dialect.ts";

export interface Concern {
  readonly kind:
    | "rows lost"
    | "values lost"
    | "values changed"
    | "value gone"
    | "no value"
    | "nulls"
    | "unfit"
    | "perhaps unfit"
    | "duplicates"
    | "orphans"
    | "violations"
    | "rewrites"
    | "blocks writes"
    | "reads all";
  readonly table: string;
  /** The column, the constraint, the index or the value. */
  readonly what: string;
  readonly count: number;
}

/**
 * The concerns about each of `operations`, which start at `current`: about the rows as those before it will have left them.
 * What cannot be asked is no concern.
 */
export async function concernsOf(
  operations: readonly Operation[],
  current: Schema,
  reader: Reader,
  spelling: Spelling,
): Promise<readonly (readonly Concern[])[]> {
  const made = operations.flatMap((it) => (it.kind === "createTable" ? [it.table.name] : []));
  const rows = createRows(spelling, made);
  const concerns: (readonly Concern[])[] = [];
  let schema = current;
  for (const operation of operations) {
    concerns.push(await ask(questionsAbout(operation, { schema, rows, spelling }), reader));
    rows.after(operation, schema);
    schema = apply(schema, operation);
  }
  return concerns;
}

async function ask(questions: readonly Question[], reader: Reader): Promise<readonly Concern[]> {
  const concerns: Concern[] = [];
  for (const { kind, what, table, sql, unless } of questions) {
    if (unless !== undefined && !(await failsOnValue(unless, reader))) continue;
    const [row] = await reader.all(sql).catch(() => []);
    const count = Number(row?.n ?? 0);
    if (count > 0) concerns.push({ kind, what, count, table: displayName(table) });
  }
  return concerns;
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: class 22, data exceptions. */
async function failsOnValue(sql: string, reader: Reader): Promise<boolean> {
  try {
    await reader.all(sql);
    return false;
  } catch (failure) {
    return failure instanceof Error && "code" in failure && /^22/.test(String(failure.code));
  }
}
