/** From a revision to what it does: loading its file, and recording its script for one database. */
import type { Dialect } from "../dialects/dialect.ts";
import { error, fail, MigError } from "../errors.ts";
import type { Loader } from "../load/loader.ts";
import type { Recorded } from "../operations/operation.ts";
import { record, type Script } from "../operations/record.ts";
import type { RecordContext } from "../operations/resolve/values.ts";
import type { Revision } from "../revisions/revision.ts";
import { readText } from "../revisions/utf8.ts";
import { checksum } from "./checksum.ts";
import { locate } from "./location.ts";
import { openIn } from "./own-transactions.ts";
import { recordSql } from "./sql-script.ts";

/** What one step will do, known before anything runs. */
export interface RevisionScript {
  readonly operations: readonly Recorded[];
  readonly checksum: string;
}

export interface ScriptReader {
  readonly dialect: Dialect;
  readonly loader: Loader;
  readonly root: string;
  readonly args: Readonly<Record<string, string>>;
  /** Leave BEGIN and COMMIT out of .sql revisions that run in a transaction. */
  readonly stripTransactions?: boolean;
  /** What is in the files that were read already, by their paths: what runs is what was planned from. */
  readonly texts?: ReadonlyMap<string, string>;
}

export type Direction = "up" | "down";

/** Read and record the script of `revision`. Nothing is run; every mistake of the file is found here. */
export async function readScript(
  reader: ScriptReader,
  revision: Revision,
  direction: Direction,
): Promise<RevisionScript> {
  const text = textOf(reader, revision);
  if (revision.format === "sql") return sqlScript(reader, revision, direction, text);
  return checked(reader, revision, text, await recordModule(reader, revision, direction, text));
}

/** What was read as the history was needs no reading again, but where a byte may have become another character. */
function textOf({ texts }: ScriptReader, revision: Revision): string {
  const known = texts?.get(revision.path);
  return known === undefined || known.includes("\uFFFD") ? readText(revision) : known;
}

/** The script of a .sql revision whose text is `text`; it need not be written yet. */
export function sqlScript(
  reader: ScriptReader,
  revision: Revision,
  direction: Direction,
  text: string,
): RevisionScript {
  return checked(reader, revision, text, recordSql(reader, revision, direction, text));
}

function checked(
  reader: ScriptReader,
  revision: Revision,
  text: string,
  operations: readonly Recorded[],
): RevisionScript {
  if (revision.transaction) refuseWhatNeedsNoTransaction(reader, revision, operations);
  else refuseOpen(reader.root, revision, operations);
  checkOperations(reader, revision, operations);
  return { operations, checksum: checksum(text, revision.format) };
}

async function recordModule(
  reader: ScriptReader,
  revision: Revision,
  direction: Direction,
  text: string,
): Promise<readonly Recorded[]> {
  const { loader, root } = reader;
  const name = direction === "up" ? "upgrade" : "downgrade";
  const where = { revision: revision.id, location: revision.file };
  const script = findScript(await loader.import(revision.path, text), name);
  if (script === null)
    fail("NO_SCRIPT", { revision: revision.id, direction: name, format: "module" }, where);

  try {
    const { operations, returned } = record(script, contextOf(reader));
    if (isPromise(returned)) {
      // The promise may fail on its own; that failure would only repeat what is wrong.
      returned.then(undefined, () => {});
      fail("ASYNC_SCRIPT", { revision: revision.id, direction: name }, where);
    }
    return operations;
  } catch (failure) {
    const location = locate([failure instanceof Error ? failure : null], revision, root);
    if (failure instanceof MigError) throw failure.within({ revision: revision.id, location });
    const why = failure instanceof Error ? failure.message : String(failure);
    throw error(
      "SCRIPT_THREW",
      { revision: revision.id, direction: name, why },
      { revision: revision.id, location, cause: failure },
    );
  }
}

const contexts = new WeakMap<ScriptReader, RecordContext>();

function contextOf(reader: ScriptReader): RecordContext {
  const { dialect, args } = reader;
  const context = contexts.get(reader) ?? { dialect: dialect.name, text: dialect.text, args };
  contexts.set(reader, context);
  return context;
}

/** `upgrade` as a named export, or as a member of a CommonJS default export. */
function findScript(exports: Readonly<Record<string, unknown>>, name: string): Script | null {
  const fallback = exports.default as Readonly<Record<string, unknown>> | undefined;
  const script = exports[name] ?? fallback?.[name];
  return typeof script === "function" ? (script as Script) : null;
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}

/** Names, types and values are refused before anything runs, whichever revision of the run they are in. */
function checkOperations(
  { dialect, root }: ScriptReader,
  revision: Revision,
  operations: readonly Recorded[],
): void {
  for (const recorded of operations) {
    try {
      dialect.check(recorded);
    } catch (failure) {
      if (!(failure instanceof MigError)) throw failure;
      const location = locate([recorded.site], revision, root);
      throw failure.within({ revision: revision.id, location, state: "nothing was run" });
    }
  }
}

/** A revision is one transaction or none: what cannot be in one is found before anything runs. */
function refuseWhatNeedsNoTransaction(
  { dialect, root }: ScriptReader,
  revision: Revision,
  operations: readonly Recorded[],
): void {
  for (const { operation, site } of operations) {
    const what = dialect.refusesTransaction(operation);
    if (what === null) continue;
    const where = { revision: revision.id, location: locate([site], revision, root) };
    fail("NEEDS_NO_TRANSACTION", { what }, { ...where, state: "nothing was run" });
  }
}

/** What is undone at its end, or never ends, would take the log of what was done along. */
function refuseOpen(root: string, revision: Revision, operations: readonly Recorded[]): void {
  const open = openIn(operations);
  if (open === null) return;
  const where = { revision: revision.id, location: locate([open.site], revision, root) };
  fail("TRANSACTION_NOT_ENDED", {}, { ...where, state: "nothing was run" });
}
