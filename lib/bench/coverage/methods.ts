import { bootstrapRuns } from "../../src/stats/bootstrap-runs.ts";
import { clusteredProportion, shareAboveInterval } from "../../src/stats/clustered-proportion.ts";
import { effectDifference, effectRatio } from "../../src/stats/effect-ratio.ts";
import type { Interval } from "../../src/stats/interval.ts";
import { type PooledRuns, pooledQuantile, poolRuns } from "../../src/stats/pooled-runs.ts";
import { precisionOf, precisionRules } from "../../src/stats/precision.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { saturationPoint } from "../../src/stats/saturation-point.ts";
import { tailRatio } from "../../src/stats/tail-ratio.ts";
import { type Design, designs, drawRuns, trueQuantiles, trueSlowShare } from "../../test/stats/designs.ts";

/** Experiments of each design. */
const experiments = 1000;
const samples = 500;

/** Harder than the study's: runs of very different speed, of which a few carry the whole tail. */
const harder: readonly Design[] = [
  { name: "healthy, speed ± 15 %", slowShare: 0, shareSpread: 0, scaleSpread: 0.15 },
  { name: "bimodal, speed ± 30 %", slowShare: 0.1, shareSpread: 1, scaleSpread: 0.3 },
];

/** Runs that hardly differ, as those of a saturated pool do. */
const steady: readonly Design[] = [
  { name: "healthy, speed ± 3 %", slowShare: 0, shareSpread: 0, scaleSpread: 0.03 },
  { name: "saturated, speed ± 2 %", slowShare: 0.75, shareSpread: 0.2, scaleSpread: 0.02 },
];

type Tally = Record<string, { inside: number; total: number }>;

function count(tally: Tally, name: string, interval: Interval | null, truth: number): void {
  tally[name] ??= { inside: 0, total: 0 };
  tally[name].total++;
  if (interval === null) return;
  const isInside =
    (interval.openLow || interval.low <= truth) && (interval.openHigh || truth <= interval.high);
  if (isInside) tally[name].inside++;
}

function percentages(tally: Tally): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tally).map(([name, { inside, total }]) => [name, ((100 * inside) / total).toFixed(1)]),
  );
}

function closedIntervals(design: Design, runs: number): Tally {
  const quantile = trueQuantiles(design);
  const share = trueSlowShare(design);
  const random = seededRandom(20);
  const tally: Tally = {};
  for (let experiment = 0; experiment < experiments; experiment++) {
    const a = poolRuns(drawRuns(design, runs, samples, random));
    const b = poolRuns(drawRuns(design, runs, samples, random));
    count(tally, "p50", quantileInterval(a, 0.5), quantile(0.5));
    count(tally, "p99", quantileInterval(a, 0.99), quantile(0.99));
    count(tally, "p99 : p50", tailRatio(a), quantile(0.99) / quantile(0.5));
    count(tally, "ratio of p99", effectRatio(a, b, 0.99), 1);
    count(tally, "difference of p99", effectDifference(a, b, 0.99), 0);
    if (share > 0) count(tally, "share > 5 ms", shareAboveInterval(a, 5), share);
  }
  return tally;
}

function bootstrapIntervals(design: Design, runs: number): Tally {
  const quantile = trueQuantiles(design);
  const random = seededRandom(21);
  const tally: Tally = {};
  const interval = (pools: PooledRuns[], statistic: (of: (pool: PooledRuns) => Uint32Array) => number) =>
    bootstrapRuns(pools, statistic, { random, replicates: 500 });
  for (let experiment = 0; experiment < experiments / 2; experiment++) {
    const a = poolRuns(drawRuns(design, runs, samples, random));
    const b = poolRuns(drawRuns(design, runs, samples, random));
    const p99 = (pool: PooledRuns, of: (pool: PooledRuns) => Uint32Array) =>
      pooledQuantile(pool, 0.99, of(pool));
    count(
      tally,
      "p50",
      interval([a], (of) => pooledQuantile(a, 0.5, of(a))),
      quantile(0.5),
    );
    count(
      tally,
      "p99",
      interval([a], (of) => p99(a, of)),
      quantile(0.99),
    );
    count(
      tally,
      "p99 : p50",
      interval([a], (of) => p99(a, of) / pooledQuantile(a, 0.5, of(a))),
      quantile(0.99) / quantile(0.5),
    );
    count(
      tally,
      "ratio of p99",
      interval([a, b], (of) => p99(a, of) / p99(b, of)),
      1,
    );
    count(
      tally,
      "difference of p99",
      interval([a, b], (of) => p99(a, of) - p99(b, of)),
      0,
    );
  }
  return tally;
}

/** Runs are added until p99 is within ± 10 %, from a minimum on, at most 10: does stopping cost coverage? */
function stoppedIntervals(design: Design): Record<string, string> {
  const p99 = trueQuantiles(design)(0.99);
  const cap = 10;
  return Object.fromEntries(
    [cap, 8, precisionRules.p99.minimum, 6, 5].map((minimum) => {
      const random = seededRandom(22);
      const tally: Tally = {};
      let used = 0;
      for (let experiment = 0; experiment < experiments; experiment++) {
        const all = drawRuns(design, cap, samples, random);
        const reached = (runs: number) => quantileInterval(poolRuns(all.slice(0, runs)), 0.99);
        let runs = minimum;
        while (runs < cap && precisionOf(reached(runs), precisionRules.p99) > precisionRules.p99.within)
          runs++;
        used += runs / experiments;
        count(tally, "p99", reached(runs), p99);
      }
      return [`from ${minimum}`, `${percentages(tally)["p99"]} in ${used.toFixed(1)} runs`];
    }),
  );
}

/** The same for failure rates within ± 2 points of 200 requests a run, at most 20; and how often the estimate is. */
function stoppedFailureRates(slowShare: number, shareSpread: number): Record<string, string> {
  const design = { name: "", slowShare, shareSpread, scaleSpread: 0 };
  const truth = trueSlowShare(design);
  const { within, minimum: chosen } = precisionRules.failureRate;
  const cap = 20;
  return Object.fromEntries(
    [cap, 10, chosen, 3].map((minimum) => {
      const random = seededRandom(24);
      const tally: Tally = {};
      let used = 0;
      for (let experiment = 0; experiment < experiments; experiment++) {
        const failed = drawRuns(design, cap, 200, random).map(
          (run) => run.filter((delay) => delay > 5).length,
        );
        const reached = (runs: number) =>
          clusteredProportion(failed.slice(0, runs), new Array<number>(runs).fill(200));
        let runs = minimum;
        while (runs < cap && precisionOf(reached(runs), precisionRules.failureRate) > within) runs++;
        const rate = reached(runs);
        used += runs / experiments;
        count(tally, "rate", rate, truth);
        count(
          tally,
          "near",
          rate && { ...rate, low: rate.estimate - within, high: rate.estimate + within },
          truth,
        );
      }
      const { rate, near } = percentages(tally);
      return [`from ${minimum}`, `${rate} (± 2: ${near}) in ${used.toFixed(1)} runs`];
    }),
  );
}

/** Five levels, a cliff at the fourth that raises all delays by `rise`: 1 is null data. */
function cliffs(rise: number): Record<string, string> {
  const design = designs[2] as Design;
  const random = seededRandom(23);
  let found = 0;
  let inside = 0;
  const total = experiments / 2;
  for (let experiment = 0; experiment < total; experiment++) {
    const levels = [0, 1, 2, 3, 4].map((at) => ({
      at,
      runs: drawRuns(design, 10, 200, random).map((run) => run.map((delay) => delay * (at < 3 ? 1 : rise))),
    }));
    const point = saturationPoint(levels, { random, replicates: 200, permutations: 99 });
    if (point === null) continue;
    if (point.pValue <= 0.05) found++;
    if (point.location.low <= 3 && 3 <= point.location.high) inside++;
  }
  const percent = (hits: number) => ((100 * hits) / total).toFixed(1);
  return { "found at 5 %": percent(found), "location inside": rise === 1 ? "" : percent(inside) };
}

/** Prints how the methods of `stats` compare on simple designs, one table a question. */
export function printMethods(): void {
  const table = <T>(title: string, rows: Record<string, T>) => {
    console.log(`\n${title}`);
    console.table(rows);
  };

  for (const runs of [20, 10, 5, 3]) {
    table(
      `Closed intervals, ${runs} runs of ${samples} samples, % inside`,
      Object.fromEntries(
        [...designs, ...harder].map((design) => [design.name, percentages(closedIntervals(design, runs))]),
      ),
    );
  }
  table(
    `Bootstrap over runs, expanded percentile, 20 runs, % inside`,
    Object.fromEntries(
      [...designs, ...harder].map((design) => [design.name, percentages(bootstrapIntervals(design, 20))]),
    ),
  );
  table(
    "p99 stopped at ± 10 %, at most 10 runs, % inside",
    Object.fromEntries(
      [...designs, ...steady, ...harder].map((design) => [design.name, stoppedIntervals(design)]),
    ),
  );
  table(
    "Failure rates stopped at ± 2 points, at most 20 runs of 200 requests, % inside",
    Object.fromEntries(
      [0.001, 0.005, 0.02, 0.05, 0.3, 0.9].flatMap((share) =>
        [0.3, 1].map((spread) => [`${share}, log odds ± ${spread}`, stoppedFailureRates(share, spread)]),
      ),
    ),
  );
  table(
    "Cliffs of 10 runs of 200 samples a level, %",
    Object.fromEntries([1, 1.1, 1.2, 1.5, 3].map((rise) => [`rise ${rise}`, cliffs(rise)])),
  );
}
