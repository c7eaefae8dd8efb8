/** A disk so small that a test can fill it. Only root may mount one, only on Linux, and not in every container. */
import { execFileSync } from "node:child_process";
import { closeSync, mkdtempSync, openSync, rmdirSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface SmallDisk {
  readonly folder: string;
  /** Take all the space that is left. */
  fill(): void;
  /** Give it back. */
  empty(): void;
  unmount(): void;
}

export function mountSmallDisk(megabytes: number): SmallDisk {
  const folder = mkdtempSync(join(tmpdir(), "mig-disk-"));
  execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
  const filler = join(folder, "filler");
  return {
    folder,
    fill: () => fillUp(filler),
    empty: () => rmSync(filler),
    unmount() {
      execFileSync("umount", [folder]);
      rmdirSync(folder);
    },
  };
}

/** Whether this machine lets us mount one. */
export function canMount(): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    mountSmallDisk(1).unmount();
    return true;
  } catch {
    return false;
  }
}

/** Write to `file` until the disk takes no more. */
function fillUp(file: string): void {
  const page = Buffer.alloc(4096, 1);
  const descriptor = openSync(file, "w");
  try {
    while (writeSync(descriptor, page) > 0);
  } catch (failure) {
    if ((failure as NodeJS.ErrnoException).code !== "ENOSPC") throw failure;
  } finally {
    closeSync(descriptor);
  }
}
