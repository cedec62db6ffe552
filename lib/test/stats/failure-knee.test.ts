import { expect, test } from "vitest";
import { failureKnee } from "../../src/stats/failure-knee.ts";

test("the knee is where one request in twenty fails, the midpoint where half of them do", () => {
  // On the log-odds scale 5 % lies midway between 1 % and 21.52 %, and half midway between 21.52 % and 78.48 %.
  const rates: readonly (readonly [number, number])[] = [
    [10, 100],
    [20, 2152],
    [30, 7848],
  ];
  const requests = new Array<number>(10).fill(10_000);
  const levels = rates.map(([at, failed]) => ({
    at,
    requests,
    failures: new Array<number>(10).fill(failed),
  }));
  const { onset, midpoint } = failureKnee(levels);
  expect(onset.interval?.estimate).toBeCloseTo(15, 2);
  expect(midpoint.interval?.estimate).toBeCloseTo(25, 2);
});
