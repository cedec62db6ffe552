import { type AlphaSpending, obrienFleming, pocock } from "../../src/stats/alpha-spending.ts";
import { clusteredProportion } from "../../src/stats/clustered-proportion.ts";
import type { Interval } from "../../src/stats/interval.ts";
import { meanInterval } from "../../src/stats/mean-interval.ts";
import { seededRandom } from "../../src/stats/random.ts";
import { sequentialBounds } from "../../src/stats/sequential-bounds.ts";
import { gaussian } from "../../test/stats/designs.ts";
import { betaBinomial } from "./beta-binomial.ts";

/** How often a claim is judged wrongly whose truth lies at its margin, when it is judged at each of several looks. */
export interface SequentialRow {
  readonly design: string;
  readonly bounds: string;
  readonly looks: readonly number[];
  /** Shares of experiments that end with "holds" and with "fails"; the truth is neither. */
  readonly holds: number;
  readonly fails: number;
  readonly meanRuns: number;
}

const spendings: Readonly<Record<string, AlphaSpending | null>> = {
  "O'Brien–Fleming": obrienFleming,
  Pocock: pocock,
  "none: 95 % at every look": null,
};

/** An experiment draws one number a run, and judges by the first runs at a level. */
const designs: readonly {
  readonly name: string;
  readonly margin: number;
  readonly draw: (random: () => number) => number;
  readonly judge: (runs: readonly number[], level: number) => Interval | null;
}[] = [
  { name: "mean of normal runs", margin: 0, draw: gaussian, judge: meanInterval },
  {
    name: "mean of log-normal runs, spread 0.5",
    margin: Math.exp(0.125),
    draw: (random) => Math.exp(0.5 * gaussian(random)),
    judge: meanInterval,
  },
  {
    name: "failure rate 0.05, correlation 0.02 within runs of 300",
    margin: 0.05,
    draw: (random) => betaBinomial(random, 300, 0.05, 0.02),
    judge: (runs, level) => clusteredProportion(runs, new Array<number>(runs.length).fill(300), level),
  },
];

/** Simulates verdicts at several looks, with the error rate of 5 % spent in different ways. */
export function sequentialErrors(experiments: number): SequentialRow[] {
  return [
    [5, 10, 20],
    [3, 5, 7, 10, 15, 20],
  ].flatMap((looks) =>
    designs.flatMap(({ name, margin, draw, judge }) =>
      Object.entries(spendings).map(([bounds, spending]) => {
        const most = looks.at(-1) as number;
        const plan =
          spending &&
          sequentialBounds(
            looks.map((runs) => runs / most),
            spending,
          );
        const random = seededRandom(44);
        const verdicts = { holds: 0, fails: 0 };
        let used = 0;
        for (let experiment = 0; experiment < experiments; experiment++) {
          const runs = Array.from({ length: most }, () => draw(random));
          const decided = looks.find((count, look) => {
            const interval = judge(runs.slice(0, count), plan?.[look]?.level ?? 0.95);
            if (interval === null || (interval.low < margin && margin < interval.high)) return false;
            verdicts[interval.low >= margin ? "holds" : "fails"]++;
            return true;
          });
          used += decided ?? most;
        }
        const { holds, fails } = verdicts;
        const share = (count: number) => Number((count / experiments).toPrecision(4));
        return {
          design: name,
          bounds,
          looks,
          holds: share(holds),
          fails: share(fails),
          meanRuns: share(used),
        };
      }),
    ),
  );
}
