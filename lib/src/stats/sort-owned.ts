/** Values in ascending order, each with the number of the sample it came from. */
export interface OwnedValues {
  readonly sorted: Float64Array;
  readonly owner: Uint32Array;
}

/**
 * Sorts several samples together and keeps for each value which sample it came from; equal values keep their order.
 *
 * Radix sort over the bits of the numbers, 11 at a time from the lowest, in linear time. Bits that all values share cost
 * nothing, and whole numbers share most of their mantissa:
 *
 *     sign and exponent   52 bits of mantissa
 *     ├────┬─────────┬──┴──┬─────────┬─────────┬─────────┤
 *          22        11    0         22        11        0      first bit of each digit, in either half of the number
 *
 * @throws TypeError if a value is not a number (null, undefined and NaN are missing values, never zeros)
 */
export function sortOwned(samples: readonly ArrayLike<number>[]): OwnedValues {
  const count = samples.reduce((sum, { length }) => sum + length, 0);
  const values = new Float64Array(count);
  const owner = new Uint32Array(count);
  let filled = 0;
  for (const [number, sample] of samples.entries()) {
    for (let i = 0; i < sample.length; i++) {
      const value = sample[i];
      if (typeof value !== "number" || Number.isNaN(value)) {
        throw new TypeError(`observation ${i} must be a number; got ${value}: leave missing values out`);
      }
      owner[filled] = number;
      values[filled++] = value;
    }
  }
  const keys = new Uint32Array(values.buffer);
  makeComparable(keys);
  const sorted = sortKeys({ keys, owner });
  makeNumbers(sorted.keys);
  return { sorted: new Float64Array(sorted.keys.buffer), owner: sorted.owner };
}

const signBit = 0x80000000;

/** Unsigned keys in the order of the numbers: positive ones above all negative ones, and those the other way round. */
function makeComparable(keys: Uint32Array): void {
  for (let i = 0; i < keys.length; i += 2) {
    const high = keys[i + 1] as number;
    const isNegative = high >= signBit;
    keys[i + 1] = isNegative ? ~high : high ^ signBit;
    if (isNegative) keys[i] = ~(keys[i] as number);
  }
}

function makeNumbers(keys: Uint32Array): void {
  for (let i = 0; i < keys.length; i += 2) {
    const high = keys[i + 1] as number;
    const isNegative = high < signBit;
    keys[i + 1] = isNegative ? ~high : high ^ signBit;
    if (isNegative) keys[i] = ~(keys[i] as number);
  }
}

/** The half of the number, and the first bit in it, of each digit. */
const digits = [0, 1].flatMap((half) => [0, 11, 22].map((shift) => ({ half, shift })));
const radix = 2 ** 11;

interface Keyed {
  readonly keys: Uint32Array<ArrayBuffer>;
  readonly owner: Uint32Array<ArrayBuffer>;
}

function sortKeys({ keys, owner }: Keyed): Keyed {
  let from = { keys, owner };
  let to = { keys: new Uint32Array(keys.length), owner: new Uint32Array(owner.length) };
  for (const { half, shift } of digits) {
    const places = placesOf(from.keys, half, shift);
    if (places === null) continue;
    for (let i = 0; i < owner.length; i++) {
      const digit = ((from.keys[2 * i + half] as number) >>> shift) & (radix - 1);
      const place = places[digit] as number;
      places[digit] = place + 1;
      to.keys[2 * place] = from.keys[2 * i] as number;
      to.keys[2 * place + 1] = from.keys[2 * i + 1] as number;
      to.owner[place] = from.owner[i] as number;
    }
    [from, to] = [to, from];
  }
  return from;
}

/** Where values with each digit begin; null where all have the same one. */
function placesOf(keys: Uint32Array, half: number, shift: number): Uint32Array | null {
  const counts = new Uint32Array(radix);
  for (let i = half; i < keys.length; i += 2) {
    const digit = ((keys[i] as number) >>> shift) & (radix - 1);
    counts[digit] = (counts[digit] as number) + 1;
  }
  let before = 0;
  for (const [digit, count] of counts.entries()) {
    if (count * 2 === keys.length) return null;
    counts[digit] = before;
    before += count;
  }
  return counts;
}
