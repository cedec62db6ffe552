import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readText } from "./read-text.ts";

const pattern = /^scheduling-safety-[a-z]+-(\d+)-/;

/**
 * Makes a folder that lives no longer than this process, and is named after it, so that a later process can tell that it
 * was left behind: whoever is killed cannot remove it.
 *
 * @param purpose one word of small letters
 */
export function makeOwnedFolder(purpose: string, parent: string = tmpdir()): string {
  mkdirSync(parent, { recursive: true });
  return mkdtempSync(join(parent, `scheduling-safety-${purpose}-${process.pid}-`));
}

/** Removes the folders whose owner was killed. Those of other users, which may be closed to this one, are left to them. */
export function sweepOwnedFolders(parent: string = tmpdir()): void {
  for (const name of namesIn(parent)) {
    const owner = Number(pattern.exec(name)?.[1] ?? Number.NaN);
    if (!Number.isInteger(owner) || isAlive(owner)) continue;
    try {
      rmSync(join(parent, name), { recursive: true, force: true });
    } catch (error) {
      if (!["EACCES", "EPERM"].includes(String((error as NodeJS.ErrnoException).code))) throw error;
    }
  }
}

/** Tells whether a process runs; one that has ended and waits for its parent to look does not. */
export function isAlive(pid: number): boolean {
  // Not every container's first process looks.
  if (readText(`/proc/${pid}/stat`)?.includes(") Z ")) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
