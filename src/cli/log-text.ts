/** The log of runs, for `history --log`. */
import type { LogRow } from "../dialects/dialect.ts";
import { formatDuration } from "../errors/words.ts";
import { colours } from "./output.ts";

const words: Readonly<Record<LogRow["direction"], string>> = {
  up: "upgrade",
  down: "downgrade",
  stamp: "stamp",
  accept: "accept",
  handled: "handled",
  forget: "forget",
  backup: "backup",
};

/** `batch 3  upgrade    0002  Add invoices  (2026-01-23 14:30:52 UTC, 12 ms)`, who ran it, and what went wrong. */
export function logText(
  row: LogRow,
  { verbose = false, undoneAt }: { readonly verbose?: boolean; readonly undoneAt: string | null },
): string {
  const { batch, direction, revision, message, startedAt, ms, success, error } = row;
  const outcome = success === null ? "did not end" : success ? "" : "failed";
  const undone = undoneAt === null ? "" : `rolled back ${shownTime(undoneAt)}`;
  const facts = [shownTime(startedAt), ms === null ? "" : formatDuration(ms), outcome, undone];
  const told = `(${facts.filter(Boolean).join(", ")})`;
  const by = `by ${row.who}, mig ${row.toolVersion}, environment ${row.environment}`;
  return [
    `batch ${batch}  ${words[direction].padEnd(9)}  ${colours.yellow(revision)}  ${[message, colours.dim(told)].filter(Boolean).join("  ")}`,
    colours.dim(`    ${by}`),
    ...(verbose && row.checksum !== ""
      ? [colours.dim(`    ${row.file}, sha256 ${row.checksum}`)]
      : []),
    ...(error === null ? [] : [colours.red(`    ${error.replaceAll("\n", "\n    ")}`)]),
  ].join("\n");
}

/** A time of the log, to the second. */
export function shownTime(startedAt: string): string {
  return `${startedAt.slice(0, 19).replace("T", " ")} UTC`;
}

/** A row as `--json` gives it. */
export function logDocument(row: LogRow, rolledBackAt: string | null) {
  const { batch, direction, revision, message, file, checksum, startedAt, ms, success } = row;
  const { error, who, toolVersion, environment } = row;
  return {
    ...{ batch, direction, revision, message, file, checksum, startedAt, ms, success, error },
    ...{ who, toolVersion, environment, rolledBackAt },
  };
}
