import { build, type Histogram } from "hdr-histogram-js";
import { nearestRank } from "../src/stats/nearest-rank.ts";

/** Quantiles of integers of both signs, to three digits, in memory that does not grow with their number. */
export class SignedHistogram {
  readonly #negative: Histogram = empty();
  readonly #positive: Histogram = empty();

  record(value: number): void {
    if (value < 0) this.#negative.recordValue(-value);
    else this.#positive.recordValue(value);
  }

  /** Adds what another one holds, as of another run. */
  merge(other: SignedHistogram): void {
    this.#negative.add(other.#negative);
    this.#positive.add(other.#positive);
  }

  /** Returns the nearest-rank quantile for a probability; NaN where nothing was recorded. */
  quantile(p: number): number {
    const below = this.#negative.totalCount;
    const above = this.#positive.totalCount;
    if (below + above === 0) return Number.NaN;
    const rank = nearestRank(below + above, p);
    return rank <= below
      ? -this.#negative.getValueAtPercentile((100 * (below - rank + 1)) / below)
      : this.#positive.getValueAtPercentile((100 * (rank - below)) / above);
  }
}

/** Counts as float64, exact beyond 2^32 of them; it resizes itself to the values it sees. */
function empty(): Histogram {
  return build({ numberOfSignificantValueDigits: 3, bitBucketSize: 64 });
}
