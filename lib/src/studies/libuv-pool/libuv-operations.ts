import { randomBytes } from "node:crypto";
import { lookup } from "node:dns/promises";
import { stat } from "node:fs/promises";
import { promisify } from "node:util";
import { loadForeignSleep } from "../../workload/foreign-sleep.ts";
import { lateName } from "./late-resolver.ts";

/** Short work of libuv's thread pool, as any program does it: what waits when the threads are held. */
export const libuvVictims = {
  "fs.stat": () => stat("."),
  "dns.lookup": () => lookup("localhost", { family: 4 }),
  "crypto.randomBytes": () => promisify(randomBytes)(16),
} as const satisfies Record<string, () => Promise<unknown>>;

/** Work that holds a thread of libuv's pool for `blockMs` while the thread does nothing. */
export const libuvBlockers = {
  /** Any native call that a package makes off the event loop. */
  "foreign-call": async (blockMs: number) => {
    const sleep = await loadForeignSleep();
    return () => sleep.async(blockMs);
  },
  /** A name server that answers after `blockMs`: slow I/O, of which libuv runs ⌈threads / 2⌉ at once. */
  "slow-lookup": async () => () => lookup(lateName, { family: 4 }),
} as const satisfies Record<string, (blockMs: number) => Promise<() => Promise<unknown>>>;

export type LibuvVictim = keyof typeof libuvVictims;
export type LibuvBlocker = keyof typeof libuvBlockers;
