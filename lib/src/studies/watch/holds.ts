import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { type ForeignSleep, loadForeignSleep } from "../../workload/foreign-sleep.ts";

/** What holds a worker, by name. */
export type HoldName = "parked" | "computing" | "foreign-call" | "wait-in-c" | "collecting";

/**
 * One task: what to hold the worker with, and for how long; without a hold it only stamps. `work` is a fixed amount of hashing,
 * as much as this worker did in so long when it was prepared, however long it takes now.
 */
export interface HoldTask {
  readonly hold: HoldName | "work" | null;
  readonly ms: number;
}

/** When a task began and ended by its own clock (ns, the process's). */
export type HoldStamps = readonly [startedNs: number, endedNs: number];

const cell = new Int32Array(new SharedArrayBuffer(4));
const bytes = Buffer.alloc(16 * 1024);
let foreignSleep: ForeignSleep | undefined;
let hashesPerMs = 0;

/** Holds the calling thread as the task says. */
export function holdThread({ hold, ms }: HoldTask): HoldStamps {
  const startedNs = Number(process.hrtime.bigint());
  if (hold !== null) holds[hold](ms);
  return [startedNs, Number(process.hrtime.bigint())];
}

/** Loads what the calling thread needs for its holds. */
export async function prepareHolds(): Promise<void> {
  foreignSleep ??= await loadForeignSleep();
  if (hashesPerMs === 0) hashesPerMs = 1e6 / fastestHashNs();
}

const holds: Readonly<Record<NonNullable<HoldTask["hold"]>, (ms: number) => void>> = {
  parked: (ms) => Atomics.wait(cell, 0, 0, ms),
  computing: (ms) => until(ms, hash),
  "foreign-call": (ms) => foreignSleep?.(ms),
  "wait-in-c": (ms) => spawnSync("sleep", [String(ms / 1000)]),
  collecting: (ms) => until(ms, () => Array.from({ length: 10_000 }, (_, index) => ({ index }))),
  work: (ms) => {
    for (let left = Math.round(ms * hashesPerMs); left > 0; left--) hash();
  },
};

function hash(): void {
  createHash("sha256").update(bytes).digest();
}

/** The fastest of many is the one that nobody interrupted. */
function fastestHashNs(): number {
  let fastestNs = Number.POSITIVE_INFINITY;
  for (let n = 0; n < 200; n++) {
    const beganNs = process.hrtime.bigint();
    hash();
    fastestNs = Math.min(fastestNs, Number(process.hrtime.bigint() - beganNs));
  }
  return fastestNs;
}

function until(ms: number, work: () => unknown): void {
  const endNs = process.hrtime.bigint() + BigInt(Math.round(ms * 1e6));
  while (process.hrtime.bigint() < endNs) work();
}
