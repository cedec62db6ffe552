import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readText } from "../../measure/read-text.ts";

const prefix = "scheduling-safety-postgres-";

/** Makes a folder for one server, named after the process that keeps it, so that a later one can tell it was left. */
export function makeServerFolder(): string {
  return mkdtempSync(join(tmpdir(), `${prefix}${process.pid}-`));
}

/** Removes the folders of servers whose keeper was killed. */
export function sweepServerFolders(parent: string = tmpdir()): void {
  for (const name of readdirSync(parent)) {
    const pid = name.startsWith(prefix) ? Number(/^(\d+)-/.exec(name.slice(prefix.length))?.[1]) : Number.NaN;
    if (Number.isInteger(pid) && !isAlive(pid)) rmSync(join(parent, name), { recursive: true, force: true });
  }
}

function isAlive(pid: number): boolean {
  // One that has ended keeps its number until its parent looks, which not every container's first process does.
  if (readText(`/proc/${pid}/stat`)?.includes(") Z ")) return false;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}
