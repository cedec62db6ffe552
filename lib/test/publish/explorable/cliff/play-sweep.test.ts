import { expect, test } from "vitest";
import { publishedSweep } from "../../../../src/model/blocker-sweep.ts";
import { sharedQueue } from "../../../../src/model/shared-queue.ts";
import { simulateOverheads } from "../../../../src/model/simulate-overheads.ts";
import { cliffQuantiles } from "../../../../src/publish/explorable/cliff/cliff-quantiles.ts";
import { playSweep, type SweepDesign } from "../../../../src/publish/explorable/cliff/play-sweep.ts";
import { PoolReader } from "../../../../src/publish/explorable/pool/pool-frame.ts";
import { readingsOf } from "../../../../src/publish/explorable/pool/readings.ts";

const design: SweepDesign = { discipline: "shared queue", workers: 4, blockers: 4, seed: 7 };
const sorted = (values: Iterable<number>) => Array.from(values).sort((a, b) => a - b);

test.each([0, 3, 4, 6])(
  "a played run of %i blockers has the overheads that the model gives for its seed",
  (blockers) => {
    const run = playSweep({ ...design, blockers });
    const options = { lagsMs: [], replications: 1, firstSeed: design.seed };
    const [modelled = []] = simulateOverheads({ ...publishedSweep, blockers }, 4, () => sharedQueue, options);
    expect(sorted(new PoolReader(run).overheadsUntil(run.endMs))).toEqual(sorted(modelled));
  },
);

test("the same seed gives the same run, another seed another", () => {
  expect(playSweep(design)).toEqual(playSweep(design));
  expect(playSweep({ ...design, seed: 8 }).dueMs).not.toEqual(playSweep(design).dueMs);
});

test("a worker runs one poll at a time, and none before it is due", () => {
  const { worker, startedMs, endedMs, dueMs } = playSweep(design);
  const freeMs = [0, 0, 0, 0];
  for (const [poll, on] of worker.entries()) {
    const started = startedMs[poll] as number;
    expect(started).toBeGreaterThanOrEqual(Math.max(dueMs[poll] as number, freeMs[on] as number));
    freeMs[on] = endedMs[poll] as number;
  }
});

test("below saturation nobody is seen waiting; at saturation nearly everybody is", () => {
  const waiting = (blockers: number) => new PoolReader(playSweep({ ...design, blockers })).at(45);
  expect(waiting(3).waiting).toBe(0);
  const starved = waiting(4);
  expect(starved.waiting).toBe(publishedSweep.probes);
  expect(starved.workers.every(({ blocked }) => blocked)).toBe(true);
  expect(starved.longestMs).toBeGreaterThan(35);
});

test("tasks that live on a worker queue before that worker only", () => {
  const run = playSweep({ ...design, discipline: "event loops", blockers: 1 });
  const frame = new PoolReader(run).at(45);
  const waiting = frame.marks.slice(0, run.probes).filter(({ state }) => state === "waiting");
  expect(waiting).toHaveLength(Math.ceil(run.probes / 4));
  for (const { x } of waiting) expect(x).toBeLessThan(85);
});

test("readings before the first wake-up are missing, not zero", () => {
  const frame = new PoolReader(playSweep(design)).at(0);
  expect(readingsOf(frame, [], cliffQuantiles)).toMatchObject({
    quantiles: { p50: null, p99: null },
    texts: { p99: "–" },
  });
  expect(readingsOf(frame, [3, 1, 2], cliffQuantiles).quantiles).toEqual({ p50: 2, p99: 3 });
});
