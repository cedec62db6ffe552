import { lstatSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { basename, join } from "node:path";
import { isAlive } from "./is-alive.ts";

/** How long a living process leaves the folder of its trace untouched, at most (ms). */
export const touchMs = 60_000;
/** From when on an untouched folder is that of a process that has ended (ms). */
const leftMs = 5 * touchMs;

const folderName = /^(\d+)-(\d{4}-\d\d-\d\dT\d{9}Z)$/;
const fileName = /^(polls-\d+\.arrow(\.part)?|incidents(-before)?\.ndjson)$/;

interface EndedTrace {
  readonly folder: string;
  readonly began: string;
  readonly files: readonly string[];
  readonly bytes: number;
}

/**
 * Removes traces of processes that have ended, the oldest first, until the rest take no more than there is room for, and
 * those that are empty. Whatever else lies there is left alone.
 *
 * A process has ended when none of its number runs here and nobody touched its folder for minutes. Its number alone does not
 * tell: containers that share a folder number their processes each for itself, and one that starts again starts with the
 * same.
 */
export function removeEndedTraces(within: string, ownFolder: string, roomBytes: number): void {
  const newestFirst = foldersIn(within)
    .filter((folder) => folder !== ownFolder)
    .map(endedTrace)
    .filter((trace) => trace !== null)
    .sort((a, b) => (a.began < b.began ? 1 : -1));
  let bytes = 0;
  for (const trace of newestFirst) {
    bytes += trace.bytes;
    if (trace.bytes === 0 || bytes > roomBytes) remove(trace);
  }
}

function foldersIn(within: string): string[] {
  try {
    return readdirSync(within).map((name) => join(within, name));
  } catch {
    // One may write where one may not look around.
    return [];
  }
}

function endedTrace(folder: string): EndedTrace | null {
  const [, pid, began] = folderName.exec(basename(folder)) ?? [];
  if (pid === undefined || began === undefined) return null;
  if (Number(pid) !== process.pid && isAlive(Number(pid))) return null;
  try {
    const found = lstatSync(folder);
    if (!found.isDirectory() || Date.now() - found.mtimeMs < leftMs) return null;
    const files = readdirSync(folder)
      .filter((name) => fileName.test(name))
      .map((name) => join(folder, name));
    const bytes = files.reduce((sum, file) => sum + lstatSync(file).size, 0);
    return { folder, began, files, bytes };
  } catch {
    // It is another user's, or another process removes it now.
    return null;
  }
}

function remove({ folder, files }: EndedTrace): void {
  try {
    for (const file of files) rmSync(file, { force: true });
    rmdirSync(folder);
  } catch {
    // What is closed to this user, or has somebody's files in it, stays.
  }
}
