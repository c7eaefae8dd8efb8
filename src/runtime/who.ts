import { readFileSync } from "node:fs";
import { hostname, userInfo } from "node:os";

/** Who runs this: "user@host (pid 123)". */
export function whoAmI(): string {
  return `${userName()}@${hostname()} (pid ${process.pid})`;
}

/** True when `who`, of whom something was heard at `then`, is a process of this machine that is still there. */
export function isAlive(who: string, then: Date): boolean {
  const match = /@(.+) \(pid (\d+)\)$/.exec(who);
  if (match === null || match[1] !== hostname()) return false;
  const pid = Number(match[2]);
  return pid !== process.pid && exists(pid) && (startOf(pid) ?? 0) <= then.getTime() + clockSlack;
}

/** What the clocks of the system and of this process may differ by, in milliseconds. */
const clockSlack = 2_000;

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    // EPERM: it is there and belongs to somebody else.
    return (failure as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * When a process began, in milliseconds since 1970; null where the system has no file that says so. In containers the
 * numbers of processes are soon used again. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
 */
function startOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name of the program may hold anything; what follows it does not. In hundredths of a second since the start.
    const ticks = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]);
    const [uptime] = readFileSync("/proc/uptime", "utf8").split(" ");
    const began = Date.now() - (Number(uptime) - ticks / 100) * 1_000;
    return Number.isFinite(began) ? began : null;
  } catch {
    return null;
  }
}

function userName(): string {
  try {
    return userInfo().username;
  } catch {
    // A container may run under a user id that has no name.
    return process.env.USER ?? "unknown";
  }
}
