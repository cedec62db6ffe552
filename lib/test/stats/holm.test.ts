import { expect, test } from "vitest";
import { holm } from "../../src/stats/holm.ts";

test('agrees with p.adjust(p, "holm") of R', () => {
  expect(holm([0.01, 0.02, 0.03, 0.04])).toEqual([0.04, 0.06, 0.06, 0.06]);
  expect(holm([0.04, 0.001, 0.5, 0.01])).toEqual([0.08, 0.004, 0.5, 0.03]);
  expect(holm([0.6, 0.7])).toEqual([1, 1]);
  expect(() => holm([1.2])).toThrow(/p-value must be from 0 to 1; got 1.2/);
});
