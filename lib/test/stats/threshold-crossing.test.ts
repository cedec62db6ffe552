import { describe, expect, it, test } from "vitest";
import { publishedRequests } from "../../src/model/request-load.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { simulateFailures } from "../../src/model/simulate-failures.ts";
import { isotonicRates } from "../../src/stats/isotonic-rates.ts";
import { seededRandom } from "../../src/stats/random.ts";
import {
  type FailureLevel,
  type FoundCrossing,
  thresholdCrossing,
} from "../../src/stats/threshold-crossing.ts";

/** Runs of 400 requests that fail at exactly these rates. */
function levels(rates: Readonly<Record<number, number>>, runs = 10): FailureLevel[] {
  return Object.entries(rates).map(([at, rate]) => ({
    at: Number(at),
    failures: new Array<number>(runs).fill(Math.round(400 * rate)),
    requests: new Array<number>(runs).fill(400),
  }));
}

function found(of: readonly FailureLevel[], threshold = 0.05): FoundCrossing {
  const crossing = thresholdCrossing(of, threshold);
  if (crossing.interval === null) throw new Error(crossing.reason);
  return crossing;
}

describe("thresholdCrossing", () => {
  it("places the onset of the open loop between 6 and 7 clients, where the counts do, and nowhere closer", () => {
    const of120 = { requests: new Array<number>(6).fill(120) };
    const { interval, below, above } = found([
      { at: 5, failures: [0, 0, 0, 0, 0], requests: [100, 100, 100, 100, 100] },
      { at: 6, failures: [0, 4, 0, 0, 2, 0], ...of120 },
      { at: 7, failures: [99, 99, 97, 94, 96, 100], requests: new Array<number>(6).fill(140) },
      { at: 8, failures: [145, 143, 137, 142, 140], requests: new Array<number>(5).fill(160) },
    ]);
    expect([below, above]).toEqual([6, 7]);
    expect(interval.estimate).toBeGreaterThan(6.1);
    expect(interval.estimate).toBeLessThan(6.4);
    expect(interval.low).toBeLessThan(6.05);
    expect(interval.high).toBe(7);
  });

  it("admits the whole gap where nothing fails at one level and everything at the next, however many runs agree", () => {
    const { interval } = found(levels({ 100: 0, 200: 0, 500: 1 }, 50));
    expect(interval).toMatchObject({ low: 200, high: 500, runs: 150 });
  });

  it("takes a background of rare failures for none: it does not tell where the rise begins", () => {
    expect(found(levels({ 100: 0, 200: 0.004, 500: 0.99 }, 50)).interval).toMatchObject({ high: 500 });
  });

  it("is narrow where levels lie close on both sides, and narrower with more runs", () => {
    const rates = { 15: 0.01, 18: 0.035, 19: 0.045, 20: 0.06, 22: 0.11, 25: 0.27 };
    const few = found(levels(rates, 5)).interval;
    const many = found(levels(rates, 20)).interval;
    expect(few.low).toBeGreaterThan(15);
    expect(few.high).toBeLessThan(25);
    expect(many.high - many.low).toBeLessThan(few.high - few.low);
    expect(many.estimate).toBeCloseTo(19.3, 0);
  });

  it("rests on the order of the levels alone where three of them contradict a log-concave curve", () => {
    // On a log-concave curve from 4 % to 60 %, the middle level lies at 15 % or above.
    const { interval, form } = found(levels({ 2: 0, 10: 0.03, 20: 0.034, 30: 0.6 }, 20));
    expect(form).toBe("monotone");
    expect(interval).toMatchObject({ low: 20, high: 30 });
  });

  it("says why there is none: no level below, none above, or rates that rise and fall", () => {
    expect(thresholdCrossing(levels({ 1: 0.3, 2: 0.6 }), 0.05)).toEqual({
      interval: null,
      reason: "no level lies clearly below 5 %",
    });
    expect(thresholdCrossing(levels({ 1: 0, 2: 0.04 }), 0.05)).toMatchObject({
      reason: "no level lies clearly above 5 %",
    });
    expect(thresholdCrossing(levels({ 1: 0, 2: 0.3, 3: 0 }), 0.05)).toMatchObject({
      reason: "rates pass 5 % more than once",
    });
    expect(thresholdCrossing([], 0.05)).toMatchObject({ interval: null });
  });

  it("does not depend on the order of levels and leaves out a level with a single run", () => {
    const all = levels({ 15: 0.01, 18: 0.035, 20: 0.07, 25: 0.27 });
    const single = { at: 19, failures: [400], requests: [400] };
    expect(thresholdCrossing([single, ...all].reverse(), 0.05)).toEqual(thresholdCrossing(all, 0.05));
  });

  it("refuses impossible counts, levels and thresholds", () => {
    expect(() => thresholdCrossing([{ at: 0, failures: [], requests: [] }], 0.05)).toThrow(
      /load must be > 0/,
    );
    expect(() => thresholdCrossing([{ at: 1, failures: [3], requests: [2] }], 0.05)).toThrow(
      /failures must be/,
    );
    expect(() => thresholdCrossing(levels({ 1: 0 }), 1)).toThrow(/threshold must be/);
    expect(() => thresholdCrossing([...levels({ 1: 0, 2: 1 }), ...levels({ 2: 1 })], 0.05)).toThrow(
      /levels must differ/,
    );
  });

  it.each([
    { loop: "closed", clients: [15, 18, 20, 25], onset: [19, 19.3] },
    { loop: "open", clients: [5, 6, 7, 8], onset: [6.1, 6.3] },
  ] as const)(
    "holds the onset of simulated queues in 95 of 100 experiments or more, $loop loop",
    ({ loop, clients, onset }) => {
      const pools = clients.map((at) => {
        const design = { ...publishedRequests, clients: at, loop, timeoutsShareWorker: false, tickMs: null };
        const options = { lagsMs: [0.1, 0.2, 0.3], replications: 60 };
        return { at, shares: simulateFailures(design, 4, () => sharedQueue, options) };
      });
      const random = seededRandom(1);
      let inside = 0;
      for (let experiment = 0; experiment < 200; experiment++) {
        const drawn = pools.map(({ at, shares }) => ({
          at,
          failures: Array.from({ length: 7 }, () =>
            Math.round(20 * at * (shares[Math.floor(random() * shares.length)] as number)),
          ),
          requests: new Array<number>(7).fill(20 * at),
        }));
        const { interval } = found(drawn);
        if (interval.low <= onset[0] && onset[1] <= interval.high) inside++;
      }
      expect(inside / 200).toBeGreaterThanOrEqual(0.95);
    },
  );
});

test("isotonic rates pool neighbours that go down, weighted by their trials", () => {
  const rates = [
    { outcomes: 0, trials: 10 },
    { outcomes: 3, trials: 10 },
    { outcomes: 1, trials: 30 },
    { outcomes: 10, trials: 10 },
  ];
  expect(isotonicRates(rates)).toEqual([0, 0.1, 0.1, 1]);
  expect(isotonicRates([...rates].reverse())).toEqual(new Array(4).fill(14 / 60));
});
