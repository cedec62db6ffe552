import type { ExecutorName } from "../../src/executor/executors.ts";
import { publishedSweep } from "../../src/model/blocker-sweep.ts";
import { sharedQueue } from "../../src/model/shared-queue.ts";
import { simulateOverheads } from "../../src/model/simulate-overheads.ts";
import { clusteredProportion } from "../../src/stats/clustered-proportion.ts";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { precisionOf, precisionRules } from "../../src/stats/precision.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { schedulingDelay } from "../../src/studies/scheduling-delay/index.ts";
import { cells } from "../../src/summary/cells.ts";
import { hostFolders } from "../../src/tables/data-folder.ts";
import { gaussian } from "../../test/stats/designs.ts";
import { betaBinomial } from "./beta-binomial.ts";
import { type CoverageRow, Tally } from "./tally.ts";

type Random = () => number;

/** Delays (ms) of one run. */
export interface DelayDesign {
  readonly name: string;
  readonly draw: (random: Random) => Float64Array;
}

/** Failures of one run of 300 requests. */
export interface FailureDesign {
  readonly name: string;
  readonly rate: number;
  readonly draw: (random: Random) => number;
}

const samples = 500;
export const requests = 300;
const numbersOfRuns = [5, 7, 10, 20];

function logNormal(random: Random, median: number, spread: number): number {
  return median * Math.exp(spread * gaussian(random));
}

export const cliff: DelayDesign = {
  name: "cliff: half the delays even up to 40 ms, each run shifted by ± 2 ms",
  draw: (random) => {
    const shift = 2 * gaussian(random);
    return Float64Array.from({ length: samples }, () =>
      random() < 0.5 ? logNormal(random, 0.1, 0.4) : Math.max(0, 40 * random() + shift),
    );
  },
};

export const bursts: DelayDesign = {
  name: "stalls in bursts: 20 samples of 0.5 ms + Exp(1 ms), once in 1000 samples",
  draw: (random) => {
    let left = 0;
    return Float64Array.from({ length: samples }, () => {
      if (left === 0 && random() < 0.02 / 20) left = 20;
      if (left === 0) return logNormal(random, 0.07, 0.4);
      left--;
      return 0.5 - Math.log(1 - random());
    });
  },
};

export const kinds: DelayDesign = {
  name: "one run in 8 of another kind: 5 % of its delays at 50 ms, of the others' 1.2 % at 40 ms",
  draw: (random) => {
    const [share, height] = random() < 1 / 8 ? [0.05, 50] : [0.012, 40];
    return Float64Array.from({ length: samples }, () =>
      random() < share ? logNormal(random, height, 0.005) : logNormal(random, 0.1, 0.4),
    );
  },
};

/** Runs of the simulated queue with two blockers more than workers: delays gather at a few heights. */
function overfull(): DelayDesign {
  const sweep = { ...publishedSweep, blockers: 6, startWithinMs: 5 };
  const lagsMs = Array.from({ length: 40 }, (_, i) => -0.3 + i / 100);
  const runs = simulateOverheads(sweep, 4, () => sharedQueue, { lagsMs, replications: 400 });
  return {
    name: "simulated queue, 4 workers, 6 blockers",
    draw: (random) => runs[Math.floor(random() * runs.length)] as Float64Array,
  };
}

/** Whole runs of the reference hosts, drawn with replacement, where blockers are two more than workers. */
function ownRuns(): DelayDesign[] {
  const designs: readonly (readonly [ExecutorName, workers: number])[] = [
    ["run-queue", 2],
    ["run-queue", 4],
    ["piscina", 4],
  ];
  return hostFolders().flatMap((folder) => {
    const data = schedulingDelay.load(folder);
    return designs.flatMap(([executor, workers]) => {
      const where = { part: "base", source: "probe", executor, workers, blockers: workers + 2 } as const;
      const [cell] = cells(data, { value: "overheadNs", by: [], where });
      const runs = (cell?.byRun ?? []).map((ofRun) => Float64Array.from(ofRun, (ns) => ns / 1e6));
      if (runs.length === 0) return [];
      const host = data.manifest.host.cpuModel;
      return [
        {
          name: `${runs.length} own runs, ${executor}, ${workers} workers, ${workers + 2} blockers, ${host}`,
          draw: (random: Random) => runs[Math.floor(random() * runs.length)] as Float64Array,
        },
      ];
    });
  });
}

export const failureDesigns: readonly FailureDesign[] = [
  {
    name: "one run in 8 fails at 30 %, the others at 0.5 %",
    rate: 0.3 / 8 + (0.005 * 7) / 8,
    draw: (random) => betaBinomial(random, requests, random() < 1 / 8 ? 0.3 : 0.005, 0),
  },
  ...[
    [0.99, 0.1],
    [0.99, 0.02],
    [0.05, 0.1],
    [0.05, 0.02],
    [0.05, 0],
    [0.3, 0.1],
    [0.005, 0],
  ].map(([rate, correlation]) => ({
    name: `rate ${rate}, correlation ${correlation} within runs`,
    rate: rate as number,
    draw: (random: Random) => betaBinomial(random, requests, rate as number, correlation as number),
  })),
];

export function trueP99({ draw }: DelayDesign): number {
  const random = seededRandom(99);
  const delays = Float64Array.from(
    Array.from({ length: 2000 }, () => Array.from(draw(random))).flat(),
  ).sort();
  return delays[Math.ceil(0.99 * delays.length) - 1] as number;
}

/** Draws experiments of few runs on designs that look like measured ones: p99, and shares. */
export function fewRunsCoverage(experiments: number): CoverageRow[] {
  const ofDelays = [cliff, bursts, kinds, overfull(), ...ownRuns()].flatMap((design) => {
    const truth = trueP99(design);
    return numbersOfRuns.map((runs) => {
      const random = seededRandom(41);
      const tally = new Tally(truth, "relative");
      for (let experiment = 0; experiment < experiments; experiment++) {
        const drawn = Array.from({ length: runs }, () => design.draw(random));
        tally.add(quantileInterval(poolRuns(drawn), 0.99));
      }
      return tally.row(design.name, "p99", runs);
    });
  });
  const ofFailures = failureDesigns.flatMap((design) =>
    numbersOfRuns.map((runs) => {
      const random = seededRandom(42);
      const tally = new Tally(design.rate, "absolute");
      for (let experiment = 0; experiment < experiments; experiment++) {
        const failed = Array.from({ length: runs }, () => design.draw(random));
        tally.add(clusteredProportion(failed, new Array<number>(runs).fill(requests)));
      }
      return tally.row(design.name, "failure rate", runs);
    }),
  );
  return [...ofDelays, ...ofFailures];
}

/**
 * The cost of stopping: series that end as their rule says, at most 20 runs; the same series, all of their 20 runs; and
 * those alone that ended before the last run, since an average hides them.
 */
export function stoppingCoverage(experiments: number): CoverageRow[] {
  const most = 20;
  const delays = [cliff, bursts, kinds].map((design) => {
    const truth = trueP99(design);
    return {
      name: design.name,
      response: "p99",
      rule: precisionRules.p99,
      tally: () => new Tally(truth, "relative"),
      series: (random: Random) => {
        const runs = Array.from({ length: most }, () => design.draw(random));
        return (count: number) => quantileInterval(poolRuns(runs.slice(0, count)), 0.99);
      },
    };
  });
  const failures = failureDesigns.map((design) => ({
    name: design.name,
    response: "failure rate",
    rule: precisionRules.failureRate,
    tally: () => new Tally(design.rate, "absolute"),
    series: (random: Random) => {
      const failed = Array.from({ length: most }, () => design.draw(random));
      return (count: number) =>
        clusteredProportion(failed.slice(0, count), new Array<number>(count).fill(requests));
    },
  }));
  return [...delays, ...failures].flatMap(({ name, response, rule, tally, series }) => {
    const random = seededRandom(43);
    const [stopped, early, always] = [tally(), tally(), tally()];
    let [used, usedEarly, ended] = [0, 0, 0];
    for (let experiment = 0; experiment < experiments; experiment++) {
      const after = series(random);
      let runs: number = rule.minimum;
      while (runs < most && precisionOf(after(runs), rule) > rule.within) runs++;
      used += runs;
      stopped.add(after(runs));
      always.add(after(most));
      if (runs === most) continue;
      early.add(after(runs));
      usedEarly += runs;
      ended++;
    }
    const rows = [
      stopped.row(name, response, `stopped by the rule, from ${rule.minimum} to ${most}`, used / experiments),
      always.row(name, response, `always ${most}`),
    ];
    return ended === 0
      ? rows
      : [...rows, early.row(name, response, "those stopped early", usedEarly / ended)];
  });
}
