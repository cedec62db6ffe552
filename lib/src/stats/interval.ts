/** An estimate with its confidence interval, in the unit of the estimate. */
export interface Interval {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
  /** Set where a bound is only the end of the sample: so few runs do not exclude what lies beyond it. */
  readonly openLow?: true;
  readonly openHigh?: true;
  /** Nominal coverage, e.g. 0.95. */
  readonly level: number;
  /** Name of the method, as printed under a table. */
  readonly method: string;
  /** Independent units behind the interval: runs of each group added up; null where the method counts none. */
  readonly runs: number | null;
}
