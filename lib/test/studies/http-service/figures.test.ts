import { type ColumnTable, from } from "arquero";
import { expect, test } from "vitest";
import {
  httpServiceBurst,
  httpServiceFailures,
  treatmentStyle,
} from "../../../src/studies/http-service/figures.ts";
import { testFigures } from "../../drawing/snapshot.ts";

const treatments = ["as-is", "offloaded", "abort-queued", "skip-expired"];

/** Small made-up summaries with the shapes of real ones; nothing here was measured. */
const rates: ColumnTable = from(
  treatments.flatMap((treatment, t) =>
    [8, 15, 30, 50].map((connections) => {
      const share = Math.min(1, connections / 50) / (t + 1);
      return {
        treatment,
        load: "closed-loop",
        connections,
        plainFailureShare: share,
        plainFailureLowShare: share * 0.9,
        plainFailureHighShare: Math.min(1, share * 1.1),
        blockingFailureShare: Math.sqrt(share),
        blockingFailureLowShare: null,
        blockingFailureHighShare: null,
      };
    }),
  ),
);

const overTime: ColumnTable = from(
  ["as-is", "abort-queued"].flatMap((treatment, t) =>
    [0, 2].flatMap((retries) =>
      Array.from({ length: 20 }, (_, step) => {
        const bursting = step >= 4 && step < 8;
        const lost = t === 0 && step >= 4 && (retries > 0 || step < 14);
        return {
          treatment,
          retries,
          seconds: (step + 0.5) / 4,
          offered: bursting ? 480 : 160,
          goodput: lost ? 0 : bursting ? 230 : 160,
          goodputLow: lost ? 0 : 150,
          goodputHigh: lost ? 4 : 240,
        };
      }),
    ),
  ),
);

testFigures({
  "http-service-failures": () => httpServiceFailures(rates),
  "http-service-burst": () => httpServiceBurst(overTime),
});

test("treatments look different, and an unknown one is refused", () => {
  expect(new Set(treatments.map((name) => treatmentStyle(name).color)).size).toBe(treatments.length);
  expect(() => treatmentStyle("prayer")).toThrow("treatment must be one of as-is");
});
