import { describe, expect, it } from "vitest";
import { normalQuantile } from "../../src/stats/normal-quantile.ts";
import { studentTQuantile } from "../../src/stats/student-t.ts";

describe("normalQuantile", () => {
  it("agrees with published percentage points", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, 12);
    expect(normalQuantile(0.25)).toBeCloseTo(-0.6744897501960817, 12);
    expect(normalQuantile(1e-10)).toBeCloseTo(-6.361340902404056, 11);
    expect(normalQuantile(0.5)).toBe(0);
  });
});

describe("studentTQuantile", () => {
  it.each([
    [1, 12.7062],
    [2, 4.30265],
    [3, 3.18245],
    [4, 2.77645],
    [19, 2.09302],
    [30, 2.04227],
    [120, 1.97993],
  ])("has the tabled 97.5 %% point for %i degrees of freedom", (degrees, tabled) => {
    expect(studentTQuantile(0.975, degrees)).toBeCloseTo(tabled, 4);
    expect(studentTQuantile(0.025, degrees)).toBeCloseTo(-tabled, 4);
  });

  it("interpolates fractional degrees from above, at most 3 % too far out", () => {
    // scipy.stats.t.ppf(.975, [1.5, 2.5, 7.7])
    for (const [degrees, exact] of [
      [1.5, 6.016663],
      [2.5, 3.574655],
      [7.7, 2.321737],
    ] as const) {
      const ratio = studentTQuantile(0.975, degrees) / exact;
      expect(ratio).toBeGreaterThanOrEqual(1);
      expect(ratio).toBeLessThan(1.03);
    }
  });
});
