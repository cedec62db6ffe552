import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { isHeld, lockFile } from "../measure/lock-file.ts";
import { makeFolder } from "../measure/make-folder.ts";
import { projectRoot } from "../measure/project-root.ts";
import { readText } from "../measure/read-text.ts";
import { DataError } from "../measure/study-error.ts";
import { writeAtomically } from "../tables/write-atomically.ts";

/** Where this clone's builds have their fixed places, and their lock. */
export const buildsFolder: string = join(projectRoot, ".cache");

/**
 * Does work on a folder's fixed places, such as an edition that is not finished, while nobody else does: who comes later waits
 * and is told for whom. The kernel drops the lock with the process, so that a killed build leaves none behind.
 *
 * @throws {DataError} when what lies there is no lock, or cannot be opened or locked.
 */
export async function buildAlone<T>(folder: string, work: () => Promise<T>): Promise<T> {
  makeFolder(folder);
  const holder = join(folder, "build.lock-holder");
  const unlock = await waitFor(join(folder, "build.lock"), holder);
  try {
    writeAtomically(holder, `process ${process.pid} (${process.argv.slice(2).join(" ")})\n`);
    return await work();
  } finally {
    rmSync(holder, { force: true });
    unlock();
  }
}

async function waitFor(lock: string, holder: string): Promise<() => void> {
  for (let tries = 1; ; tries++) {
    try {
      return lockFile(lock);
    } catch (cause) {
      if (!isHeld(cause)) throw unusable(lock, cause);
    }
    if (tries === 1) {
      process.stderr.write(`waiting for another build to end: ${readText(holder) ?? "it has just begun"}\n`);
    }
    await sleep(200);
  }
}

function unusable(lock: string, cause: unknown): DataError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new DataError(
    `lock of the build cannot be taken (${reason}): ${lock}; delete it, correct its permissions, or build on a disk that can lock files`,
    { cause },
  );
}
