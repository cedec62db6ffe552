import { lstatSync, rmSync } from "node:fs";
import { isHeld, lockFile } from "../measure/lock-file.ts";
import { DataError, UsageError } from "../measure/study-error.ts";

/** @see https://sqlite.org/rescode.html */
const [corrupt, noDatabase] = [11, 26] as const;

/** Who locks a folder, and what the user of its command can do about it. */
export interface Locker {
  readonly noun: string;
  /** What to do while another has the folder. */
  readonly whileBusy: string;
  /** Chooses another folder. */
  readonly option: string;
  /** Does away with a damaged lock, where the command can. */
  readonly discard?: string;
}

const campaign: Locker = {
  noun: "campaign",
  whileBusy: "wait until it ends",
  option: "--out",
  discard: "discard the campaign with --restart",
};

/**
 * Locks a folder against a second campaign, as {@link lockFolder} does.
 *
 * @param replace makes a damaged lock anew; one that is held is never replaced.
 */
export function lockCampaign(path: string, replace = false): () => void {
  try {
    return lockFolder(path, campaign);
  } catch (error) {
    if (!(replace && error instanceof DamagedLock)) throw error;
  }
  rmSync(path, { recursive: true, force: true });
  return lockFolder(path, campaign);
}

/**
 * Locks a folder and returns how to unlock it. The kernel drops the lock with the process, so that whoever is killed leaves
 * none behind.
 *
 * @param path of the lock within the folder
 * @throws {UsageError} when another process holds the lock.
 * @throws {DataError} when what lies there is no lock, or cannot be opened or locked.
 */
export function lockFolder(path: string, locker: Locker): () => void {
  if (isNoFile(path)) throw new DamagedLock(path, locker);
  try {
    return lockFile(path);
  } catch (cause) {
    throw explain(path, locker, cause);
  }
}

class DamagedLock extends DataError {
  constructor(path: string, { discard }: Locker, options?: ErrorOptions) {
    super(
      `lock is damaged: ${path}; delete it to go on${discard === undefined ? "" : `, or ${discard}`}`,
      options,
    );
  }
}

/** A link is none either: what it leads to may be a device, which any number of processes can lock at once. */
function isNoFile(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === false;
}

function explain(path: string, locker: Locker, cause: unknown): unknown {
  if (!(cause instanceof Error && ("errcode" in cause || "syscall" in cause))) return cause;
  const { noun, whileBusy, option } = locker;
  if (isHeld(cause)) {
    return new UsageError(
      `folder is in use by another ${noun}: ${path}; ${whileBusy}, or choose another with ${option}`,
      { cause },
    );
  }
  const code = "errcode" in cause ? Number(cause.errcode) & 0xff : null;
  if (code === corrupt || code === noDatabase) return new DamagedLock(path, locker, { cause });
  return new DataError(
    `lock cannot be opened (${cause.message}): ${path}; correct its permissions and the limit of open files, or choose with ${option} a disk that can lock files`,
    { cause },
  );
}
