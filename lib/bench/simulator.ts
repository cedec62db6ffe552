/**
 * Prints how many events a second the simulator plays on one core, and the memory of its largest run: a pool of
 * 16,384 workers and ten million events.
 */
import { BlockerSweepWorkload, publishedSweep } from "../src/model/blocker-sweep.ts";
import { eventLoops } from "../src/model/event-loops.ts";
import { PoissonArrivalsWorkload } from "../src/model/poisson-arrivals.ts";
import { sharedQueue } from "../src/model/shared-queue.ts";
import { type Discipline, Simulation, type Workload } from "../src/model/simulation.ts";
import { stealingQueues } from "../src/model/stealing-queues.ts";
import { seededRandom } from "../src/stats/random.ts";

const random = seededRandom(1);
const endless = { blocks: Number.POSITIVE_INFINITY, startWithinMs: 50, lagMs: () => 0, random } as const;
const arrivals = { arrivals: 2_000_000, warmUp: 0, meanBetweenMs: 1 / 3.2, meanServiceMs: 1, places: 10_000 };

function sweep(probes: number, sleeps: number, blockers: number): Workload {
  return new BlockerSweepWorkload({ ...publishedSweep, ...endless, probes, sleeps, blockers });
}

measure(
  "M/M/4",
  4,
  new PoissonArrivalsWorkload({ ...arrivals, service: "exponential", random }),
  sharedQueue,
);
measure("shared queue, 4 workers", 4, sweep(200, 10_000, 3), sharedQueue);
measure("event loops, 4 workers", 4, sweep(200, 10_000, 3), eventLoops);
const stealing = stealingQueues({ timers: "worker", lifoSlot: true, random });
measure("stealing, 4 workers", 4, sweep(200, 10_000, 3), stealing);
measure("shared queue, 16,384 workers", 16_384, sweep(50_000, 98, 20_000), sharedQueue);

function measure(name: string, workers: number, workload: Workload, discipline: Discipline): void {
  const started = performance.now();
  const { events } = new Simulation(workload, workers, discipline).run();
  const seconds = (performance.now() - started) / 1000;
  const megabytes = Math.round(process.memoryUsage().rss / 2 ** 20);
  console.log(
    `${name.padEnd(30)} ${(events / 1e6).toFixed(1)} M events, ${(events / 1e6 / seconds).toFixed(1)} M/s, process ${megabytes} MiB`,
  );
}
