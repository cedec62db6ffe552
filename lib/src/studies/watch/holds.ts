import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { type ForeignSleep, loadForeignSleep } from "../../workload/foreign-sleep.ts";

/** What holds a worker, by name. */
export type HoldName = "parked" | "computing" | "foreign-call" | "wait-in-c" | "collecting";

/** One task: what to hold the worker with, and for how long; 0 ms is a task that only stamps. */
export interface HoldTask {
  readonly hold: HoldName | "hash" | null;
  readonly ms: number;
}

/** When a task began and ended by its own clock (ns, the process's). */
export type HoldStamps = readonly [startedNs: number, endedNs: number];

const cell = new Int32Array(new SharedArrayBuffer(4));
const bytes = Buffer.alloc(64 * 1024);
let foreignSleep: ForeignSleep | undefined;

/** Holds the calling thread as the task says. */
export function holdThread({ hold, ms }: HoldTask): HoldStamps {
  const startedNs = Number(process.hrtime.bigint());
  if (hold !== null) holds[hold](ms);
  return [startedNs, Number(process.hrtime.bigint())];
}

/** Loads what the calling thread needs for its holds. */
export async function prepareHolds(): Promise<void> {
  foreignSleep ??= await loadForeignSleep();
}

const holds: Readonly<Record<NonNullable<HoldTask["hold"]>, (ms: number) => void>> = {
  parked: (ms) => Atomics.wait(cell, 0, 0, ms),
  computing: (ms) => until(ms, () => createHash("sha256").update(bytes).digest()),
  "foreign-call": (ms) => foreignSleep?.(ms),
  "wait-in-c": (ms) => spawnSync("sleep", [String(ms / 1000)]),
  collecting: (ms) => until(ms, () => Array.from({ length: 10_000 }, (_, index) => ({ index }))),
  hash: () => createHash("sha256").update(bytes).digest(),
};

function until(ms: number, work: () => unknown): void {
  const endNs = process.hrtime.bigint() + BigInt(Math.round(ms * 1e6));
  while (process.hrtime.bigint() < endNs) work();
}
