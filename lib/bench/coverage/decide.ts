import { clusteredProportion } from "../../src/stats/clustered-proportion.ts";
import { ratio } from "../../src/stats/contrast.ts";
import { meanInterval } from "../../src/stats/mean-interval.ts";
import { poolRuns } from "../../src/stats/pooled-runs.ts";
import { quantileInterval } from "../../src/stats/quantile-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { mostSequentialRuns, sequentialLooks } from "../../src/stats/sequential-looks.ts";
import { gaussian } from "../../test/stats/designs.ts";
import { bursts, cliff, failureDesigns, kinds, requests, trueP99 } from "./few-runs.ts";

type Random = () => number;
type Bounds = {
  readonly low: number;
  readonly high: number;
  readonly openLow?: true;
  readonly openHigh?: true;
};

/** How often a sequential campaign judges a claim wrongly whose truth lies at its margin. */
export interface DecideRow {
  readonly design: string;
  readonly response: string;
  readonly experiments: number;
  /** Runs at the looks. */
  readonly looks: readonly number[];
  /** Shares of the experiments that end with "holds" and with "fails" for a margin from below; the truth is neither. */
  readonly holds: number;
  readonly fails: number;
  readonly meanRuns: number;
}

interface DecideDesign {
  readonly name: string;
  readonly response: string;
  readonly margin: number;
  /** Draws all runs an experiment may need, and gives the interval that the first of them have at a level. */
  readonly draw: (random: Random) => (runs: number, level: number) => Bounds | null;
}

function repeated<T>(draw: () => T): T[] {
  return Array.from({ length: mostSequentialRuns }, draw);
}

const delays = [cliff, bursts, kinds];

const designs: readonly DecideDesign[] = [
  {
    name: "normal runs",
    response: "mean",
    margin: 0,
    draw: (random) => {
      const means = repeated(() => gaussian(random));
      return (runs, level) => meanInterval(means.slice(0, runs), level);
    },
  },
  ...delays.map((design) => ({
    name: design.name,
    response: "p99",
    margin: trueP99(design),
    draw: (random: Random) => {
      const all = repeated(() => design.draw(random));
      return (runs: number, level: number) => quantileInterval(poolRuns(all.slice(0, runs)), 0.99, { level });
    },
  })),
  ...delays.slice(0, 2).map((design) => ({
    name: design.name,
    response: "factor of two p99",
    margin: 1,
    draw: (random: Random) => {
      const [a, b] = [0, 1].map(() => repeated(() => design.draw(random))) as [
        Float64Array[],
        Float64Array[],
      ];
      return (runs: number, level: number) => {
        const [of, to] = [a, b].map((all) => quantileInterval(poolRuns(all.slice(0, runs)), 0.99, { level }));
        return (of && to && ratio(of, to)) ?? null;
      };
    },
  })),
  ...failureDesigns.map((design) => ({
    name: design.name,
    response: "failure rate",
    margin: design.rate,
    draw: (random: Random) => {
      const failed = repeated(() => design.draw(random));
      return (runs: number, level: number) =>
        clusteredProportion(failed.slice(0, runs), new Array<number>(runs).fill(requests), level);
    },
  })),
];

/** Simulates the verdicts of `decide` on designs that look like the data, at the study's looks and levels. */
export function decideErrors(experiments: number): DecideRow[] {
  return designs.map(({ name, response, margin, draw }) => {
    const random = seededRandom(45);
    const verdicts = { holds: 0, fails: 0 };
    let used = 0;
    for (let experiment = 0; experiment < experiments; experiment++) {
      const after = draw(random);
      let runs = mostSequentialRuns;
      for (const look of sequentialLooks()) {
        const interval = after(look.runs, look.level);
        if (interval === null) continue;
        const isAbove = !interval.openLow && interval.low >= margin;
        if (!isAbove && (interval.openHigh || interval.high >= margin)) continue;
        verdicts[isAbove ? "holds" : "fails"]++;
        runs = look.runs;
        break;
      }
      used += runs;
    }
    const share = (count: number) => Number((count / experiments).toPrecision(4));
    return {
      design: name,
      response,
      experiments,
      looks: sequentialLooks().map(({ runs }) => runs),
      holds: share(verdicts.holds),
      fails: share(verdicts.fails),
      meanRuns: share(used),
    };
  });
}
