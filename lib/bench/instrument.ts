/**
 * Prints what the instrument costs beside what others would use for the same job: the clock, one record, one
 * pass through the run queue. Ratios within one run; the host's speed cancels out.
 */
import { build } from "hdr-histogram-js";
import { Bench } from "tinybench";
import { PollLog } from "../src/executor/poll-log.ts";
import { RunQueue } from "../src/executor/run-queue.ts";
import { allocateRunQueue } from "../src/executor/run-queue-memory.ts";
import { startClock } from "../src/measure/clock.ts";

const now = startClock();
const log = new PollLog(1 << 24);
const histogram = build({ numberOfSignificantValueDigits: 3 });
const queue = new RunQueue(allocateRunQueue(1024, 1));
const array: number[] = [];
const times = { dueNs: 1, enqueuedNs: 2, startedNs: 3, endedNs: 4, worker: 0 };

await compare("one time stamp", {
  "clock across threads": () => now(),
  "performance.now, one thread": () => performance.now(),
});
await compare("one record", {
  "poll log, seven columns": () => log.add(1, 1, times),
  "HDR histogram, one number": () => histogram.recordValue(150_000),
});
await compare("one pass through a queue", {
  "run queue in shared memory": () => {
    queue.push(7);
    queue.pop();
  },
  "array, one thread": () => {
    array.push(7);
    array.shift();
  },
});

async function compare(title: string, candidates: Readonly<Record<string, () => unknown>>): Promise<void> {
  const bench = new Bench({ time: 300 });
  for (const [name, candidate] of Object.entries(candidates)) bench.add(name, candidate);
  const tasks = await bench.run();
  const medians = tasks.map(({ result }) => ("latency" in result ? result.latency.p50 * 1e6 : Number.NaN));
  const rows = tasks.map(({ name }, index) => ({
    [title]: name,
    "median ns": Math.round(medians[index] as number),
    "ratio to last": Number(((medians[index] as number) / (medians.at(-1) as number)).toFixed(2)),
  }));
  console.table(rows);
}
