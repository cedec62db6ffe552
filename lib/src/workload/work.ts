import { scryptSync } from "node:crypto";
import { sharedLock } from "./shared-lock.ts";

/**
 * What a poll does while it holds its worker. A poll names its work and one number, so that it fits into
 * shared memory and into a message alike.
 */
const nothing = (): void => {};

const neverNotified = new Int32Array(new SharedArrayBuffer(4));

/** Holds the thread for `ms` milliseconds without using a core, as a synchronous read of a slow device does. */
const park = (ms: number): void => {
  if (!(ms >= 0 && ms < 60_000)) throw new RangeError(`park must last 0 to 60 000 ms; got ${ms}`);
  Atomics.wait(neverNotified, 0, 0, ms);
};

/** Parks, then fails: a blocking call that ends in an error. */
const parkThenThrow = (ms: number): void => {
  park(ms);
  throw new Error(`blocking call must not last; it took ${Math.round(ms)} ms`);
};

/** Takes the shared lock for the task with this ticket, or gives up; the thread stands still until then. */
const takeSharedLock = (ticket: number): void => {
  sharedLock.take(ticket);
};

/** Parks for `ms` milliseconds while it holds the shared lock: waiting, holding and freeing are one poll. */
const parkLocked = (ms: number): void => {
  if (!sharedLock.take(anyTicket)) return;
  park(ms);
  sharedLock.free();
};

const anyTicket = 1;

/** Holds the thread and its core for a fixed amount of work: keys derived from a password, at Node's default cost. */
const deriveKeys = (count: number): void => {
  for (let key = 0; key < count; key++) scryptSync("correct horse battery staple", "salt", 64);
};

const works = { nothing, park, parkThenThrow, takeSharedLock, parkLocked, deriveKeys } as const;

export type WorkName = keyof typeof works;

const names = Object.keys(works) as WorkName[];
const functions = Object.values(works);

/** Gives the number under which shared memory knows the work. */
export function workCode(name: WorkName): number {
  return names.indexOf(name);
}

/** Runs the work; throws what the work throws, and a RangeError for a code nobody declared. */
export function perform(code: number, argument: number): void {
  const work = functions[code];
  if (work === undefined) throw new RangeError(`work code must be below ${functions.length}; got ${code}`);
  work(argument);
}
