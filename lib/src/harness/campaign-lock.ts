import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../measure/study-error.ts";

const busy = 5;

/**
 * Locks a folder against a second campaign and returns how to unlock it. The kernel drops the lock with the
 * process, so that a killed campaign leaves none behind; SQLite is here for its portable file locks alone.
 *
 * @throws {UsageError} when another process holds the lock.
 */
export function lockCampaign(path: string): () => void {
  const file = new DatabaseSync(path);
  try {
    file.exec("BEGIN EXCLUSIVE");
  } catch (cause) {
    file.close();
    if (cause instanceof Error && "errcode" in cause && cause.errcode === busy) {
      throw new UsageError(
        `folder is in use by another campaign: ${path}; wait until it ends, or choose another with --out`,
        { cause },
      );
    }
    throw cause;
  }
  return () => {
    if (file.isOpen) file.close();
  };
}
