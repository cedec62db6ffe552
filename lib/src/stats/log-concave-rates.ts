/** A rate at one level of load, with its bounds. */
export interface BoundedRate {
  readonly at: number;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

/** A rate of so small a part of the threshold is background: it tells nothing of where the rise begins. */
const background = 0.1;

/**
 * Computes the upper bound of a rate between two levels, if 1 − F is log-concave: it lies above the chord of its logarithms.
 *
 * The bounds of the two levels are independent and combine as in {@link difference} (MOVER).
 *
 * @param share where between the levels, from 0 to 1
 */
export function highestBetween(a: BoundedRate, b: BoundedRate, share: number, threshold: number): number {
  return 1 - lowestBetween(complement(a), complement(b), share, 1 - threshold);
}

/** Computes the lower bound of a rate between two levels, if F is log-concave: it lies above the chord of its logarithms. */
export function lowestBetween(a: BoundedRate, b: BoundedRate, share: number, threshold: number): number {
  const chord = chordOf(a, b, share, threshold);
  return chord === null ? 0 : Math.exp(chord.estimate - chord.below);
}

/** Tells whether a level lies, beyond its bounds, where neighbours forbid a log-concave F or 1 − F. */
export function contradictsLogConcavity(rates: readonly BoundedRate[], threshold: number): boolean {
  return rates.some((one, i) => {
    const [before, after] = [rates[i - 1], rates[i + 1]];
    if (before === undefined || after === undefined) return false;
    return (
      liesUnder(before, one, after, threshold) ||
      liesUnder(complement(before), complement(one), complement(after), 1 - threshold)
    );
  });
}

function liesUnder(before: BoundedRate, one: BoundedRate, after: BoundedRate, threshold: number): boolean {
  const chord = chordOf(before, after, (one.at - before.at) / (after.at - before.at), threshold);
  if (chord === null) return false;
  if (one.estimate === 0) return chord.estimate - chord.below > Math.log(one.high);
  const under = chord.estimate - Math.log(one.estimate);
  return under > Math.hypot(chord.below, Math.log(one.high / one.estimate));
}

/** The logarithm on the chord, and how far its lower bound lies below it; null where a level is background. */
function chordOf(a: BoundedRate, b: BoundedRate, share: number, threshold: number) {
  if (Math.min(a.low, b.low) < background * threshold) return null;
  const below = (rate: BoundedRate) => Math.log(rate.estimate / rate.low);
  return {
    estimate: (1 - share) * Math.log(a.estimate) + share * Math.log(b.estimate),
    below: Math.hypot((1 - share) * below(a), share * below(b)),
  };
}

function complement({ at, estimate, low, high }: BoundedRate): BoundedRate {
  return { at, estimate: 1 - estimate, low: 1 - high, high: 1 - low };
}
