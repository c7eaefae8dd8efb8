/**
 * A disk that a test can fill for a server of PostgreSQL. Where this user may mount one, it is a small one, and really full.
 * Elsewhere the kernel has no space for the file of one table, which is /dev/full.
 */
import { execFileSync } from "node:child_process";
import {
  closeSync,
  mkdtempSync,
  openSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  symlinkSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Disk {
  readonly folder: string;
  /** Leave no space for the file of a table, by its path in the server's folder; on a small disk for nothing else either. */
  fill(table: string): void;
  /** Give it back. */
  empty(table: string): void;
  remove(): void;
}

export function makeDisk(megabytes: number): Disk {
  const folder = mkdtempSync(join(tmpdir(), "mig-disk-"));
  return mount(folder, megabytes) ? smallDisk(folder) : refusingDisk(folder);
}

/** Whether a disk is a small one here, with no space for the server's own log either. */
export function isSmall(): boolean {
  const disk = mkdtempSync(join(tmpdir(), "mig-disk-"));
  const mounted = mount(disk, 1);
  if (mounted) execFileSync("umount", [disk]);
  rmdirSync(disk);
  return mounted;
}

/** Only root may, only on Linux, and not in every container. */
function mount(folder: string, megabytes: number): boolean {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return false;
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", `size=${megabytes}m`, "tmpfs", folder]);
    return true;
  } catch {
    return false;
  }
}

function smallDisk(folder: string): Disk {
  const filler = join(folder, "filler");
  return {
    folder,
    fill: () => fillUp(filler),
    empty: () => rmSync(filler),
    remove() {
      execFileSync("umount", [folder]);
      rmdirSync(folder);
    },
  };
}

function refusingDisk(folder: string): Disk {
  // The server's folder is all that is in it.
  const inServer = (path: string) => join(folder, readdirSync(folder)[0] ?? "", path);
  return {
    folder,
    fill(table) {
      renameSync(inServer(table), inServer(`${table}.aside`));
      symlinkSync("/dev/full", inServer(table));
    },
    empty(table) {
      renameSync(inServer(`${table}.aside`), inServer(table));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
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
