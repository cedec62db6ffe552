import { lstatSync, rmSync } from "node:fs";
import { lockFile } from "../measure/lock-file.ts";
import { DataError, UsageError } from "../measure/study-error.ts";

/** @see https://sqlite.org/rescode.html */
const [busy, corrupt, noDatabase] = [5, 11, 26] as const;

/**
 * Locks a folder against a second campaign and returns how to unlock it. The kernel drops the lock with the
 * process, so that a killed campaign leaves none behind.
 *
 * @param replace makes a damaged lock anew; one that is held is never replaced.
 * @throws {UsageError} when another process holds the lock.
 * @throws {DataError} when what lies there is no lock, or cannot be opened or locked.
 */
export function lockCampaign(path: string, replace = false): () => void {
  try {
    if (isNoFile(path)) throw new DamagedLock(path);
    return lockFile(path);
  } catch (cause) {
    const error = explain(path, cause);
    if (!(replace && error instanceof DamagedLock)) throw error;
  }
  rmSync(path, { recursive: true, force: true });
  return lockFile(path);
}

class DamagedLock extends DataError {
  constructor(path: string, options?: ErrorOptions) {
    super(`lock is damaged: ${path}; delete it to go on, or discard the campaign with --restart`, options);
  }
}

/** A link is none either: what it leads to may be a device, which any number of campaigns can lock at once. */
function isNoFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === false;
}

function explain(path: string, cause: unknown): unknown {
  if (!(cause instanceof Error && "errcode" in cause)) return cause;
  // The higher bits say more than is needed.
  const code = Number(cause.errcode) & 0xff;
  if (code === busy) {
    return new UsageError(
      `folder is in use by another campaign: ${path}; wait until it ends, or choose another with --out`,
      { cause },
    );
  }
  if (code === corrupt || code === noDatabase) return new DamagedLock(path, { cause });
  return new DataError(
    `lock cannot be opened (${cause.message}): ${path}; correct its permissions and the limit of open files, or choose with --out a disk that can lock files`,
    { cause },
  );
}
