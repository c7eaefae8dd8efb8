/** The columns of the log, as they are asked for. */

const plain = [
  ...[
    "run",
    "batch",
    "direction",
    "revision",
    "message",
    "file",
    "checksum",
    "ms",
    "success",
    "error",
  ],
  ...[
    "statements_done",
    "statements_begun",
    "statements_hash",
    "who",
    "tool_version",
    "environment",
  ],
];

/** The columns of a LogRecord. The time is written by the server: a project may have changed how `pg` reads times. */
export function logColumns(log: string): string {
  const started = `to_char(${log}.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS started_at`;
  return [...plain.map((column) => `${log}.${column}`), started].join(", ");
}
