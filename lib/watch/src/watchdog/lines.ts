import { appendFileSync, writeSync } from "node:fs";
import { printable } from "../printable.ts";

/** Lines a pool may have in a minute before they are only counted. */
const linesAMinute = 20;
const minuteNs = 60e9;
/** Of further pools the oldest are forgotten. */
const poolsAtMost = 1000;

/**
 * Writes lines without the main thread, which may be blocked: straight to standard error or a file. A line that cannot be
 * written is lost; the watched program never hears of it.
 */
export class Lines {
  readonly #write: (text: string) => void;
  readonly #said = new Map<string, { sinceNs: number; count: number; kept: number }>();

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  /** Says a line about a pool, unless the pool has had its share; how many were kept back is said with the next. */
  say(line: string, pool: string, nowNs: number): void {
    let said = this.#said.get(pool);
    if (said === undefined || nowNs - said.sinceNs >= minuteNs) {
      const kept = said?.kept ?? 0;
      said = { sinceNs: nowNs, count: 0, kept: 0 };
      this.#said.delete(pool);
      this.#said.set(pool, said);
      if (this.#said.size > poolsAtMost) this.#said.delete(this.#said.keys().next().value ?? "");
      if (kept > 0) this.#put(`${kept} more lines on \`${pool}\` in the minute before`);
    }
    if (said.count >= linesAMinute) said.kept++;
    else {
      said.count++;
      this.#put(line);
    }
  }

  #put(line: string): void {
    this.#write(`[watch] ${printable(line)}\n`);
  }
}

/** Gives the way to standard error, to nowhere, or to the end of a file. */
export function openLines(target: string): (text: string) => void {
  if (target === "off") return () => {};
  return (text) => {
    try {
      if (target === "stderr") writeSync(2, text);
      else appendFileSync(target, text);
    } catch {
      // A full pipe or disk must not end the watch, let alone the program.
    }
  };
}
