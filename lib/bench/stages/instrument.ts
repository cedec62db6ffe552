import { RunQueue } from "../../src/executor/run-queue.ts";
import { allocateRunQueue } from "../../src/executor/run-queue-memory.ts";
import { startClock } from "../../src/measure/clock.ts";
import type { BenchRow } from "../../src/tables/bench-results.ts";
import { fastestNs } from "../time-calls.ts";

/** What a time stamp costs, and a pass through a queue: ours, which threads share, and what one thread would use. */
export async function instrument(calls = 1_000_000): Promise<BenchRow[]> {
  const now = startClock();
  const queue = new RunQueue(allocateRunQueue(1024, 1));
  const array: number[] = [];
  const passThrough = () => {
    queue.push(7);
    return queue.pop();
  };
  const shiftThrough = () => {
    array.push(7);
    return array.shift();
  };
  const candidates: readonly [stage: string, candidate: string, ours: boolean, call: () => unknown][] = [
    ["time-stamp", "clock across threads", true, () => now()],
    ["time-stamp", "performance.now", false, () => performance.now()],
    ["queue-pass", "run queue in shared memory", true, passThrough],
    ["queue-pass", "array", false, shiftThrough],
  ];
  const rows: BenchRow[] = [];
  for (const [stage, candidate, ours, call] of candidates) {
    const ns = await fastestNs(() => {
      for (let i = 0; i < calls; i++) call();
    });
    const about = { stage, candidate, ours, size: calls, sizeUnit: "calls" };
    rows.push({ ...about, cost: ns / calls, costUnit: "ns a call", memoryMiB: null });
  }
  return rows;
}
