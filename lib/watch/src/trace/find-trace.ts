import { readdirSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { readNote } from "./trace-note.ts";

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
  try {
    return readdirSync(folder).some((name) => /^polls-\d+\.arrow$/.test(name));
  } catch {
    // It is no folder, is closed to this user, or was removed meanwhile.
    return false;
  }
}

function byProcess(pid: string): string {
  const folder = readNote(Number(pid));
  if (folder !== null) return folder;
  throw new Error(
    `process writes no trace: ${pid}; start it with SCHEDULING_SAFETY_WATCH=trace=FOLDER; where it has ended, give that folder`,
  );
}
