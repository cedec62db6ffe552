import { describe, expect, test } from "vitest";
import { publishedSweep } from "../../src/model/blocker-sweep.ts";
import { disciplines } from "../../src/model/disciplines.ts";
import { delayQuantile, meanDelay } from "../../src/model/discrete-delays.ts";
import { eventLoopDelay } from "../../src/model/event-loop-delay.ts";
import { modelledExecutors } from "../../src/model/modelled-executors.ts";
import { outOfStepDelay } from "../../src/model/out-of-step-delay.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { sharedQueueDelay } from "../../src/model/shared-queue-delay.ts";
import { type SweepDesign, simulateOverheads } from "../../src/model/simulate-overheads.ts";
import type { Discipline } from "../../src/model/simulation.ts";
import { quantile } from "../../src/stats/quantile.ts";
import { blockingPatterns, sleepMs } from "../../src/studies/scheduling-delay/run.ts";

const once = { lagsMs: [], replications: 1 };

function overheads(design: SweepDesign, workers: number, discipline: Discipline): Float64Array {
  return simulateOverheads(design, workers, () => discipline, once)[0] as Float64Array;
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

const grid = modelledExecutors.flatMap((model) =>
  [2, 4, 7].flatMap((workers) =>
    Array.from({ length: workers + 3 }, (_, blockers) => ({ ...model, workers, blockers })),
  ),
);

describe("the original design", () => {
  test("the model's parameters are those of the experiment", () => {
    const { blockMs, blocks, sleeps, startMs } = blockingPatterns.original;
    expect(publishedSweep).toMatchObject({ blockMs, blocks, sleeps, sleepMs, startWithinMs: startMs[1] });
  });

  test.each(grid)(
    "$executor, $workers workers, $blockers blockers: simulator and closed form agree",
    ({ discipline, closedForm, workers, blockers }) => {
      const simulated = overheads(
        { ...publishedSweep, blockers },
        workers,
        disciplines[discipline](Math.random),
      );
      const predicted = closedForm({ ...publishedSweep, workers, blockers });
      expect(simulated).toHaveLength(500);
      expect(Math.abs(mean(simulated) - meanDelay(predicted))).toBeLessThan(0.5);
      const p99 = quantile(simulated, 0.99, { minTail: 1 })?.estimate ?? Number.NaN;
      expect(Math.abs(p99 - delayQuantile(predicted, 0.99))).toBeLessThan(0.5);
    },
  );

  test("the cliff of a shared queue is at blockers = workers, as high as block − sleep up to twice as many", () => {
    const p99 = (blockers: number) =>
      delayQuantile(sharedQueueDelay({ ...publishedSweep, workers: 4, blockers }), 0.99);
    expect([0, 1, 2, 3, 4, 5, 6, 7, 8].map(p99)).toEqual([0, 0, 0, 0, 40, 40, 40, 40, 90]);
  });

  test("the median of a shared queue is blind at the cliff and not two blockers later", () => {
    const p50 = (blockers: number) =>
      delayQuantile(sharedQueueDelay({ ...publishedSweep, workers: 4, blockers }), 0.5);
    expect([p50(4), p50(6)]).toEqual([0, 40]);
  });

  test("a sleep that outlasts a block has no closed form", () => {
    const design = { ...publishedSweep, workers: 4, blockers: 4, sleepMs: 60 };
    expect(() => sharedQueueDelay(design)).toThrow(/sleep must be shorter than a block of 50 ms; got 60 ms/);
  });
});

describe("pinned means", () => {
  test("grow in proportion to the blockers: 5.2, 10.3, 15.4 and 20.6 ms in the pilot, to 4 %", () => {
    // The pilot had 500 probes in step and counted their first sleep; it held its blocks a little longer than 50 ms.
    const pilot = { ...publishedSweep, probes: 500, phase: "aligned", workers: 4 } as const;
    const predicted = [1, 2, 3, 4].map((blockers) => meanDelay(eventLoopDelay({ ...pilot, blockers })));
    expect(predicted).toEqual([5, 10, 15, 20]);
    for (const [i, inPilot] of [5.2, 10.3, 15.4, 20.6].entries()) {
      expect(Math.abs(Number(predicted[i]) / inPilot - 1)).toBeLessThan(0.04);
    }
  });

  test("two blockers on one loop hold it twice as long at a stretch", () => {
    const design = { ...publishedSweep, workers: 4, blockers: 8 };
    expect(delayQuantile(eventLoopDelay(design), 0.99)).toBe(90);
  });
});

describe("blockers out of step", () => {
  const design = {
    ...publishedSweep,
    probes: 200,
    sleeps: 30,
    blocks: Number.POSITIVE_INFINITY,
    startWithinMs: 50,
    countFromMs: 150,
  };

  test.each([
    [64, 64],
    [64, 80],
    [1024, 1280],
  ])("%i workers, %i blockers: the median is near the closed form", (workers, blockers) => {
    // Started over so long that as many blocks begin as can end.
    const startWithinMs = (50 * blockers) / workers;
    const simulated = overheads({ ...design, blockers, startWithinMs }, workers, sharedQueue);
    const p50 = quantile(simulated, 0.5)?.estimate ?? Number.NaN;
    const predicted = outOfStepDelay({ workers, blockers, blockMs: 50 });
    expect(Math.abs(p50 - predicted)).toBeLessThan(Math.max(1, 0.2 * predicted));
  });

  test("with a worker free nobody waits", () => {
    const simulated = overheads({ ...design, blockers: 63 }, 64, sharedQueue);
    expect(Math.max(...simulated)).toBeLessThan(0.1);
    expect(outOfStepDelay({ workers: 64, blockers: 63, blockMs: 50 })).toBe(0);
  });
});

test("a late timer delays a wake-up by itself, an early one brings it forward", () => {
  const lag = (lagMs: number) =>
    simulateOverheads({ ...publishedSweep, blockers: 0 }, 4, () => sharedQueue, {
      lagsMs: [lagMs],
      replications: 1,
    })[0] as Float64Array;
  expect(mean(lag(0.5))).toBeCloseTo(0.5, 2);
  expect(mean(lag(-0.2))).toBeCloseTo(-0.2, 2);
});

test("in an open loop no delay moves the next wake-up", () => {
  const open = { ...publishedSweep, load: "open-loop", blockers: 4 } as const;
  // Due at any moment of 50 ms laps: waits are spread evenly up to a whole block.
  const simulated = overheads({ ...open, sleeps: 20, blocks: 5 }, 4, sharedQueue);
  expect(simulated).toHaveLength(1000);
  expect(Math.max(...simulated)).toBeGreaterThan(49);
  expect(Math.max(...simulated)).toBeLessThan(50.5);
});

test("16,384 workers and ten million events need no more memory than their tasks", () => {
  const before = process.memoryUsage();
  const design = { ...publishedSweep, probes: 50_000, sleeps: 98, blockers: 20_000, startWithinMs: 50 };
  const simulated = overheads({ ...design, blocks: Number.POSITIVE_INFINITY }, 16_384, sharedQueue);
  const after = process.memoryUsage();
  expect(simulated).toHaveLength(4_900_000);
  expect(after.heapUsed - before.heapUsed).toBeLessThan(64 * 2 ** 20);
  expect(after.arrayBuffers - before.arrayBuffers).toBeLessThan(128 * 2 ** 20);
});
