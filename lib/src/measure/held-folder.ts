import { lstatSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockFile } from "./lock-file.ts";
import { makeFolder } from "./make-folder.ts";
import { isAlive } from "./owned-folder.ts";
import { UsageError } from "./study-error.ts";

/** A folder that lives no longer than its process. */
export interface HeldFolder {
  readonly path: string;
  /** Removes it, with what is in it; what cannot be removed now is left to a later command. */
  remove(): void;
}

/** The lock that tells whose process is alive; it is also how a folder is known to be ours. */
const lockName = ".held-by-scheduling-safety";
/** Until it is locked, the lock has another name: nobody sees one that is not held yet. */
const unlockedName = `${lockName}.aside`;
/** What mkdtemp makes of our prefix; the number is for people, as containers that share a folder count anew. */
const pattern = /^scheduling-safety-[a-z]+-(\d+)-[A-Za-z0-9]{6}$/;
/** A lock would go with the last that refers to it, though its process lives. */
const held = new Set<() => void>();

/**
 * Makes a folder that this process holds by a lock, so that a later process can tell that it was left behind: whoever is
 * killed cannot remove it.
 *
 * @param purpose one word of small letters
 * @throws {UsageError} when no folder can be made there.
 */
export function makeHeldFolder(purpose: string, parent: string = tmpdir()): HeldFolder {
  const path = makeWithin(parent, purpose);
  const unlock = hold(path);
  held.add(unlock);
  return {
    path,
    remove() {
      held.delete(unlock);
      unlock();
      removeQuietly(path);
    },
  };
}

/** Removes the folders whose holder was killed. Whatever else lies there, or cannot be removed, is left alone. */
export function sweepHeldFolders(parent: string = tmpdir()): void {
  for (const name of namesIn(parent)) {
    const path = join(parent, name);
    const [, owner] = pattern.exec(name) ?? [];
    if (owner === undefined || !isOwnFolder(path)) continue;
    if (isLocked(path) ? isLeft(path) : isStillborn(path, Number(owner))) removeQuietly(path);
  }
}

function makeWithin(parent: string, purpose: string): string {
  try {
    makeFolder(parent);
    return mkdtempSync(join(parent, `scheduling-safety-${purpose}-${process.pid}-`));
  } catch (cause) {
    const { code } = (cause instanceof UsageError ? cause.cause : cause) as NodeJS.ErrnoException;
    throw new UsageError(
      `temporary folder cannot be used (${code}): ${parent}; correct it, or set TMPDIR to another`,
      { cause },
    );
  }
}

/** Where files cannot be locked, nobody sweeps what holds anything. */
function hold(folder: string): () => void {
  const aside = join(folder, unlockedName);
  try {
    const unlock = lockFile(aside);
    renameSync(aside, join(folder, lockName));
    return unlock;
  } catch {
    return () => {};
  }
}

function isOwnFolder(folder: string): boolean {
  const kind = lstatSync(folder, { throwIfNoEntry: false });
  return kind?.isDirectory() === true && kind.uid === (process.getuid?.() ?? kind.uid);
}

/** Its holder was killed before it held it, and so has put nothing there. */
function isStillborn(folder: string, owner: number): boolean {
  try {
    return !isAlive(owner) && readdirSync(folder).every((name) => name === unlockedName);
  } catch {
    return false;
  }
}

function isLocked(folder: string): boolean {
  try {
    const lock = lstatSync(join(folder, lockName));
    return lock.isFile() && lock.size === 0;
  } catch {
    return false;
  }
}

function isLeft(folder: string): boolean {
  try {
    lockFile(join(folder, lockName))();
    return true;
  } catch {
    return false;
  }
}

function removeQuietly(path: string): void {
  try {
    rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 20 });
  } catch {}
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
