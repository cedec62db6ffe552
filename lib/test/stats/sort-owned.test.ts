import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sortOwned } from "../../src/stats/sort-owned.ts";

const whole = fc.integer({ min: -(2 ** 40), max: 2 ** 40 });
const any = fc.double({ noNaN: true });

describe("sorting samples together", () => {
  test.each([
    ["whole numbers", whole],
    ["any numbers, both zeros and infinities among them", any],
  ])("orders %s as the runtime does, and each value keeps its sample", (_, value) => {
    fc.assert(
      fc.property(fc.array(fc.array(value), { maxLength: 6 }), (samples) => {
        const { sorted, owner } = sortOwned(samples);
        expect(sorted).toEqual(Float64Array.from(samples.flat()).sort());
        const back = samples.map((_, number) => sorted.filter((_, i) => owner[i] === number));
        expect(back).toEqual(samples.map((sample) => Float64Array.from(sample).sort()));
      }),
    );
  });

  test("keeps equal values in the order of their samples", () => {
    expect([...sortOwned([[5, 1], [5], [1, 5]]).owner]).toEqual([0, 2, 0, 1, 2]);
  });

  test("refuses a missing value rather than order it as zero", () => {
    expect(() => sortOwned([[1], [Number.NaN]])).toThrow(TypeError);
    expect(() => sortOwned([[null as unknown as number]])).toThrow(
      "observation 0 must be a number; got null",
    );
  });
});
