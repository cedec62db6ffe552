import type { Decoded, NumberArray } from "./decode-column.ts";

/**
 * A column of a table in memory as arquero takes it, which is read when it is first asked for. `decoded` gives all of it
 * without an object a value.
 */
export class SampleColumn {
  readonly length: number;
  #read: (() => Decoded) | null;
  #decoded: Decoded | null = null;

  constructor(length: number, read: () => Decoded) {
    this.length = length;
    this.#read = read;
  }

  get decoded(): Decoded {
    this.#decoded ??= this.#read?.() ?? null;
    this.#read = null;
    if (this.#decoded === null) throw new TypeError("column was not read");
    return this.#decoded;
  }

  at(row: number): number | string | boolean | null {
    return valueAt(this.#decoded ?? this.decoded, row);
  }

  *[Symbol.iterator](): Generator<number | string | boolean | null> {
    const { decoded, length } = this;
    for (let row = 0; row < length; row++) yield valueAt(decoded, row);
  }
}

function valueAt(decoded: Decoded, row: number): number | string | boolean | null {
  switch (decoded.kind) {
    case "coded":
      return decoded.words[decoded.codes[row] as number] ?? null;
    case "sparse": {
      const value = decoded.values[row] as number;
      return Number.isNaN(value) ? null : value;
    }
    default:
      return decoded.values[row] ?? null;
  }
}

/** Rows from one to before another. */
export type Span = readonly [from: number, to: number];

/** Keeps only some spans of rows, ascending, of a column that nobody else holds: they move to its front. */
export function keepSpans(decoded: Decoded, spans: readonly Span[]): Decoded {
  switch (decoded.kind) {
    case "coded":
      return { ...decoded, codes: moveSpans(decoded.codes, spans) };
    case "sparse":
      return { kind: "sparse", values: moveSpans(decoded.values, spans) };
    case "numbers":
      return { kind: "numbers", values: moveSpans(decoded.values, spans) };
    default:
      return { kind: "texts", values: spans.flatMap(([from, to]) => decoded.values.slice(from, to)) };
  }
}

/** Moves spans of rows, ascending, to the front of an array and cuts off the rest. */
export function moveSpans<T extends NumberArray>(values: T, spans: readonly Span[]): T {
  let kept = 0;
  for (const [from, to] of spans) {
    values.copyWithin(kept, from, to);
    kept += to - from;
  }
  return values.subarray(0, kept) as T;
}
