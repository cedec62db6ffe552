import { existsSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { makeFolder } from "../measure/make-folder.ts";

/**
 * Puts a finished folder in the place of another, all of it at once: whenever the process is killed, the place holds what
 * was there before, nothing, or what is there now, and never a part. What is aside after a kill, the next call puts right.
 *
 *     place ──rename──▶ aside        (nothing in the place)
 *     finished ──rename──▶ place     strangers ──rename──▶ place        aside removed
 *
 * @param aside a path on the same disk that belongs to this place alone
 * @param isStranger tells which entries of the place are no part of what is replaced, and stay
 */
export function replaceFolder(
  finished: string,
  place: string,
  aside: string,
  isStranger: (entry: string) => boolean = () => false,
): void {
  makeFolder(dirname(place));
  makeFolder(dirname(aside));
  settle(place, aside, isStranger);
  if (existsSync(place)) renameSync(place, aside);
  renameSync(finished, place);
  settle(place, aside, isStranger);
}

function settle(place: string, aside: string, isStranger: (entry: string) => boolean): void {
  if (!existsSync(aside)) return;
  if (!existsSync(place)) {
    renameSync(aside, place);
    return;
  }
  const entries = statSync(aside).isDirectory() ? readdirSync(aside) : []; // a file in the place is no folder to keep
  for (const entry of entries.filter(isStranger)) {
    if (!existsSync(join(place, entry))) renameSync(join(aside, entry), join(place, entry));
  }
  rmSync(aside, { recursive: true });
}
