import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, type Stats, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isAlive } from "./is-alive.ts";

/**
 * Leaves word where this process's trace lies, for whoever has only its number, and removes what processes that have ended
 * left.
 *
 * @returns why there is no note, where others could have a hand in it
 */
export function leaveNote(trace: string): string | null {
  const folder = notesFolder();
  try {
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found === undefined) mkdirSync(folder, { mode: 0o700 });
    else if (isShared(found)) return refusal(folder);
    sweep(folder);
    const note = join(folder, String(process.pid));
    rmSync(note, { force: true });
    writeFileSync(note, resolve(trace), { flag: "wx", mode: 0o600 });
  } catch {
    // Without the note, the trace is still found by its folder.
  }
  return null;
}

/** Removes the note of this process, where it is about this trace. */
export function removeNote(trace: string): void {
  try {
    if (readNote(process.pid) === resolve(trace)) rmSync(join(notesFolder(), String(process.pid)));
  } catch {
    // It is swept with those of processes that were killed.
  }
}

/**
 * Reads where a process's trace lies; null where it left no word.
 *
 * @throws {Error} when others could have a hand in what stands there.
 */
export function readNote(pid: number): string | null {
  const folder = notesFolder();
  const found = lstatSync(folder, { throwIfNoEntry: false });
  if (found === undefined) return null;
  if (isShared(found)) throw new Error(refusal(folder));
  try {
    return readFileSync(join(folder, String(pid)), "utf8");
  } catch {
    return null;
  }
}

/** Anybody can foresee its name, and where all share one folder for what is temporary, be there first. */
function notesFolder(): string {
  return join(tmpdir(), `scheduling-safety-watch-${process.getuid?.() ?? "own"}`);
}

/** Whether somebody else could put something there, as a link through which we would write. */
function isShared(found: Stats): boolean {
  const user = process.getuid?.();
  if (user === undefined) return false;
  return !found.isDirectory() || found.uid !== user || (found.mode & 0o022) !== 0;
}

function refusal(folder: string): string {
  return `folder of notes is not this user's alone: ${folder}; have it removed, and until then name a trace by its folder`;
}

function sweep(folder: string): void {
  for (const name of readdirSync(folder)) {
    if (/^\d+$/.test(name) && !isAlive(Number(name))) rmSync(join(folder, name), { force: true });
  }
}
