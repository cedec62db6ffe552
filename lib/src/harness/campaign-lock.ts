import { lstatSync, rmSync } from "node:fs";
import { lockFile } from "../measure/lock-file.ts";
import { DataError, UsageError } from "../measure/study-error.ts";

const [busy, cannotOpen, noDatabase] = [5, 14, 26] as const;

/**
 * Locks a folder against a second campaign and returns how to unlock it. The kernel drops the lock with the
 * process, so that a killed campaign leaves none behind.
 *
 * @param replace makes a damaged lock anew; one that is held is never replaced.
 * @throws {UsageError} when another process holds the lock.
 * @throws {DataError} when what lies there is no lock.
 */
export function lockCampaign(path: string, replace = false): () => void {
  try {
    return lockFile(path);
  } catch (cause) {
    const code = cause instanceof Error && "errcode" in cause ? cause.errcode : null;
    if (code === busy) {
      throw new UsageError(
        `folder is in use by another campaign: ${path}; wait until it ends, or choose another with --out`,
        { cause },
      );
    }
    if (code !== cannotOpen && code !== noDatabase) throw cause;
    if (code === cannotOpen && lstatSync(path, { throwIfNoEntry: false })?.isFile()) {
      throw new DataError(
        `lock cannot be opened: ${path}; correct its permissions, and the limit of open files`,
        { cause },
      );
    }
    if (!replace) {
      throw new DataError(
        `lock is damaged: ${path}; delete it to go on, or discard the campaign with --restart`,
        { cause },
      );
    }
  }
  rmSync(path, { recursive: true, force: true });
  return lockFile(path);
}
