import type { Interval } from "../../src/stats/interval.ts";

type Bounds = Pick<Interval, "low" | "high" | "openLow" | "openHigh">;

/** One line of the coverage table: how often intervals of one kind held the truth, on one design with so many runs. */
export interface CoverageRow {
  readonly design: string;
  readonly response: string;
  /** How many runs, or by which rule they ended. */
  readonly runs: number | string;
  /** Of the experiments, how many ended in an interval; a share of those without bounds on one side. */
  readonly experiments: number;
  readonly intervals: number;
  readonly openShare: number;
  /** Shares of the intervals that held the truth, or lay wholly above or below it. */
  readonly coverage: number;
  readonly above: number;
  readonly below: number;
  /** Median of high / low for `relative` widths, of high − low for `absolute` ones; null where half of them are open. */
  readonly medianWidth: number | null;
  readonly width: "relative" | "absolute";
  /** Mean number of runs, where a rule ended them. */
  readonly meanRuns?: number;
}

/** Counts intervals beside the truth. An open bound reaches to infinity. */
export class Tally {
  #experiments = 0;
  #above = 0;
  #below = 0;
  #open = 0;
  readonly #widths: number[] = [];
  readonly #truth: number;
  readonly #width: CoverageRow["width"];

  constructor(truth: number, width: CoverageRow["width"]) {
    this.#truth = truth;
    this.#width = width;
  }

  add(interval: Bounds | null): void {
    this.#experiments++;
    if (interval === null) return;
    const low = interval.openLow ? Number.NEGATIVE_INFINITY : interval.low;
    const high = interval.openHigh ? Number.POSITIVE_INFINITY : interval.high;
    if (interval.openLow || interval.openHigh) this.#open++;
    if (low > this.#truth) this.#above++;
    if (high < this.#truth) this.#below++;
    const relative = interval.openLow ? Number.POSITIVE_INFINITY : high / low;
    this.#widths.push(this.#width === "relative" ? relative : high - low);
  }

  row(design: string, response: string, runs: number | string, meanRuns?: number): CoverageRow {
    const intervals = this.#widths.length;
    const share = (count: number) => rounded(count / intervals);
    const median = this.#widths.sort((a, b) => a - b)[Math.floor(intervals / 2)] ?? Number.POSITIVE_INFINITY;
    return {
      design,
      response,
      runs,
      experiments: this.#experiments,
      intervals,
      openShare: share(this.#open),
      coverage: share(intervals - this.#above - this.#below),
      above: share(this.#above),
      below: share(this.#below),
      medianWidth: Number.isFinite(median) ? rounded(median) : null,
      width: this.#width,
      ...(meanRuns !== undefined && { meanRuns: rounded(meanRuns) }),
    };
  }
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
