import { shuffleInPlace } from "simple-statistics";

/**
 * Creates a deterministic source of uniform numbers in [0, 1): the same seed gives the same sequence on every machine.
 *
 * The generator is sfc32 ("small fast counter") of PractRand, seeded as there: 128 bits of state, a period of at
 * least 2³², 32-bit outputs. Not for secrets.
 *
 * @param seed an integer from 0 to 2⁵³ − 1
 * @throws RangeError if the seed is not such an integer
 * @see https://pracrand.sourceforge.net/RNG_engines.txt
 */
export function seededRandom(seed: number): () => number {
  if (!Number.isSafeInteger(seed) || seed < 0) {
    throw new RangeError(`seed must be an integer from 0 to 2^53 − 1; got ${seed}`);
  }
  let a = 0;
  let b = seed | 0;
  let c = Math.floor(seed / 2 ** 32) | 0;
  let counter = 1;
  const next = (): number => {
    const output = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + output) | 0;
    return (output >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

/**
 * Returns a new array with the items in random order, each order equally likely; the input stays as it is.
 *
 * @param items any array
 * @param random uniform numbers in [0, 1), such as {@link seededRandom}
 * @see https://en.wikipedia.org/wiki/Fisher%E2%80%93Yates_shuffle
 */
export function shuffle<T>(items: readonly T[], random: () => number): T[] {
  return shuffleInPlace([...items], random);
}
