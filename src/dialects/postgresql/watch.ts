/** Telling how far a statement is that takes long: its own session is silent until the end. */
import type { ConnectTarget } from "../dialect.ts";
import type { Row, Statement, StatementProgress } from "../statement.ts";
import type { Beside } from "./beside.ts";

/** Milliseconds until a statement counts as long, and between two looks at it. */
const firstLook = 2_000;
const nextLook = 1_000;

/** Called when statements are sent together; gives what ends it. */
export type Watch = (statements: readonly Statement[]) => () => void;

/** Watches the session whose process on the server is `pid()`. */
export function watcher(
  beside: Beside,
  pid: () => number | null,
  onProgress: ConnectTarget["onProgress"],
): Watch {
  let running: Sent | null = null;
  let timer: NodeJS.Timeout | null = null;
  const lookIn = (ms: number) => {
    // It is nobody's reason to stay.
    timer = setTimeout(look, ms).unref();
  };
  async function look() {
    timer = null;
    const it = running;
    if (it === null) return;
    const left = it.since + firstLook - performance.now();
    if (left > 0) return lookIn(left);
    const process = pid();
    const rows = process === null ? null : await beside.ask(progressSql(process));
    if (running === it) onProgress?.(progressOf(it.statements, rows?.[0]));
    if (running !== null && timer === null) lookIn(nextLook);
  }
  return (statements) => {
    const own = statements.filter(({ from }) => from !== null);
    if (onProgress === undefined || own.length === 0) return () => {};
    const it = { statements: own, since: performance.now() };
    running = it;
    // One timer for all of them: most are over long before it is.
    if (timer === null) lookIn(firstLook);
    return () => {
      if (running === it) running = null;
    };
  };
}

interface Sent {
  readonly statements: readonly Statement[];
  /** As `performance.now()` says it. */
  readonly since: number;
}

const longest = 60;

/** Of several the server says which one it is at when all are done, or one failed. */
function textOf([first, ...more]: readonly Statement[]): string {
  if (more.length > 0) return `${more.length + 1} statements`;
  const text = (first?.sql ?? "").replace(/\s+/g, " ").trim();
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

function progressOf(statements: readonly Statement[], row: Row | undefined): StatementProgress {
  const doing = typeof row?.phase === "string" ? row.phase : textOf(statements);
  const blocker = typeof row?.blocker === "string" ? `, waits for ${row.blocker}` : "";
  const fraction = typeof row?.fraction === "number" ? row.fraction : null;
  return { doing: `${doing}${blocker}`, fraction };
}

/** https://www.postgresql.org/docs/current/progress-reporting.html#CREATE-INDEX-PROGRESS-REPORTING */
function progressSql(pid: number): string {
  const share = (of: string) =>
    `least(1, it.${of}_done::float8 / nullif(it.${of}_total, 0)::float8)`;
  return `SELECT it.phase,
  CASE WHEN it.phase LIKE 'waiting%' THEN NULL WHEN it.phase LIKE '%scanning%' THEN ${share("blocks")}
    WHEN it.phase LIKE '%loading tuples%' THEN ${share("tuples")} END AS fraction,
  (SELECT concat('pid ', other.pid, ' (', concat_ws(', ', nullif(other.application_name, ''), other.state), ')')
    FROM pg_stat_activity AS other
    WHERE other.pid = it.current_locker_pid OR other.pid = ANY (pg_blocking_pids(own.pid)) LIMIT 1) AS blocker
FROM pg_stat_activity AS own LEFT JOIN pg_stat_progress_create_index AS it ON it.pid = own.pid
WHERE own.pid = ${pid}`;
}
