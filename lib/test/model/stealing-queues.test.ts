import { describe, expect, test } from "vitest";
import { publishedSweep } from "../../src/model/blocker-sweep.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { simulateOverheads } from "../../src/model/simulate-overheads.ts";
import { type Discipline, Simulation, type Workload } from "../../src/model/simulation.ts";
import { type Stealing, stealingQueues } from "../../src/model/stealing-queues.ts";
import { quantile } from "../../src/stats/quantile.ts";
import { seededRandom } from "../../src/stats/random.ts";

/** One blocker on four workers that sleeps 25 ms between blocks of 50 ms, and is mostly woken alone. */
const rearming = {
  ...publishedSweep,
  phase: "aligned",
  sleeps: 50,
  blockers: 1,
  blocks: Number.POSITIVE_INFINITY,
  startWithinMs: 50,
  rearmMs: 25,
  timerTickMs: 1,
  countFromMs: 100,
} as const;

function p99(discipline: (random: () => number) => Discipline): number {
  const [overheads = []] = simulateOverheads(rearming, 4, discipline, { lagsMs: [], replications: 1 });
  return quantile(overheads, 0.99)?.estimate ?? Number.NaN;
}

const stealing = (timers: Stealing["timers"]) => (random: () => number) =>
  stealingQueues({ timers, lifoSlot: true, random });

describe("a blocker that re-arms with a sleep", () => {
  test("stalls everybody, one blocker on four workers, when a worker drives the timers", () => {
    expect(p99(stealing("worker"))).toBeGreaterThan(20);
  });

  test("stalls nobody when a thread of its own drives them, nor on a shared queue", () => {
    expect(p99(stealing("thread"))).toBeLessThan(2);
    expect(p99(() => sharedQueue)).toBeLessThan(2);
  });
});

test("a thief takes the older half of a queue, and leaves the younger one", () => {
  const started: number[] = [];
  // Eight tasks become due at once. Worker 0 runs task 0 and has seven left, when worker 1 comes and runs a long task 1.
  const workload: Workload = {
    tasks: 8,
    place: (task) => task,
    begin: (simulation) => {
      for (let task = 0; task < 8; task++) {
        simulation.holdMs[task] = task === 1 ? 100 : 1;
        simulation.sleepUntil(task, 1);
      }
    },
    ended: (task) => {
      started.push(task);
    },
  };
  const stealing = stealingQueues({ timers: "worker", lifoSlot: false, random: () => 0 });
  new Simulation(workload, 2, stealing).run();
  // Worker 0 runs what it was left before it steals back.
  expect(started).toEqual([0, 5, 6, 7, 2, 3, 4, 1]);
});

test("every task is polled as often as it asks, whoever steals it", () => {
  const random = seededRandom(3);
  const left = new Int32Array(500).fill(20);
  let simulation: Simulation | undefined;
  const workload: Workload = {
    tasks: left.length,
    place: (task) => task,
    begin: (started) => {
      simulation = started;
      for (const task of left.keys()) {
        started.holdMs[task] = random();
        started.submit(task);
      }
    },
    ended: (task) => {
      const more = (left[task] as number) - 1;
      left[task] = more;
      if (more <= 0) return;
      if (more % 2 === 0) simulation?.submit(task);
      else simulation?.sleepUntil(task, simulation.nowMs + random());
    },
  };
  for (const timers of ["worker", "thread"] as const) {
    left.fill(20);
    const discipline = stealingQueues({ timers, lifoSlot: true, random: seededRandom(4) });
    const { nowMs } = new Simulation(workload, 8, discipline).run();
    expect(left.every((polls) => polls === 0)).toBe(true);
    // 500 × 20 polls of half a millisecond on 8 workers: work-conserving but for moments.
    expect(nowMs).toBeLessThan((1.1 * 500 * 20 * 0.5) / 8);
  }
});
