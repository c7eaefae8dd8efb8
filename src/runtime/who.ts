import { hostname, userInfo } from "node:os";

/** Who runs this: "user@host (pid 123)". */
export function whoAmI(): string {
  return `${userName()}@${hostname()} (pid ${process.pid})`;
}

/** True when `who` names a process of this machine, other than this one, that is still there. */
export function isAlive(who: string): boolean {
  const match = /@(.+) \(pid (\d+)\)$/.exec(who);
  if (match === null || match[1] !== hostname()) return false;
  const pid = Number(match[2]);
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (failure) {
    // EPERM: it is there and belongs to somebody else.
    return (failure as NodeJS.ErrnoException).code === "EPERM";
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
