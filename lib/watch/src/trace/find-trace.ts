import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { basename, dirname, join, resolve } from "node:path";

/** Leaves word where this process's trace lies, for whoever has only its number. */
export function announceTrace(folder: string): void {
  try {
    mkdirSync(notes(), { recursive: true, mode: 0o700 });
    writeFileSync(join(notes(), String(process.pid)), resolve(folder));
  } catch {
    // Without the note, the trace is still found by its folder.
  }
}

/** The tables of one process's trace, the oldest first. */
export interface TraceFiles {
  readonly folder: string;
  readonly tables: readonly string[];
}

/**
 * Finds a trace by the number of its process, by its folder, by the folder that holds it (the latest one there), or by one
 * of its tables.
 *
 * @throws {Error} saying what is not there.
 */
export function findTrace(where: string): TraceFiles {
  const path = /^\d+$/.test(where) ? byProcess(where) : where;
  const stat = statSync(path, { throwIfNoEntry: false });
  if (stat === undefined) throw new Error(`trace is not there: ${path}; give its folder or a table in it`);
  if (stat.isFile()) return { folder: dirname(path), tables: [basename(path)] };
  const names = readdirSync(path);
  const tables = names.filter((name) => /^polls-\d+\.arrow$/.test(name)).sort();
  if (tables.length > 0) return { folder: path, tables };
  const within = names.filter((name) => /^\d+-/.test(name) && hasTable(join(path, name)));
  const latest = within.sort((a, b) => (a.replace(/^\d+-/, "") < b.replace(/^\d+-/, "") ? -1 : 1)).at(-1);
  if (latest === undefined)
    throw new Error(`folder holds no trace: ${path}; start the program with trace=${path}`);
  return findTrace(join(path, latest));
}

function hasTable(folder: string): boolean {
  return readdirSync(folder).some((name) => /^polls-\d+\.arrow$/.test(name));
}

function byProcess(pid: string): string {
  try {
    return readFileSync(join(notes(), pid), "utf8");
  } catch {
    throw new Error(`process writes no trace: ${pid}; start it with SCHEDULING_SAFETY_WATCH=trace=FOLDER`);
  }
}

function notes(): string {
  return join(tmpdir(), `scheduling-safety-watch-${userInfo().uid}`);
}
